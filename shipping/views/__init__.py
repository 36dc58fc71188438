from shipping.views.accounts import (
    AccountDetail,
    CarrierDetail,
    CarrierList,
    CreateAccount,
    CreateCarrier,
    EditAccount,
    EditCarrier,
    FreightAccountList,
)
from shipping.views.rules import CreateRule, EditRule, RuleDetail, RuleList
from shipping.views.terms import CreateTerms, EditTerms, TermsDetail, TermsList
from shipping.views.trying import TryTerms

__all__ = [
    "AccountDetail",
    "CarrierDetail",
    "CarrierList",
    "CreateAccount",
    "CreateCarrier",
    "CreateRule",
    "CreateTerms",
    "EditAccount",
    "EditCarrier",
    "EditRule",
    "EditTerms",
    "FreightAccountList",
    "RuleDetail",
    "RuleList",
    "TermsDetail",
    "TermsList",
    "TryTerms",
]
