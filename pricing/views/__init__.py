from pricing.views.agreements import (
    AgreementDetail,
    AgreementList,
    ApproveAgreement,
    CloseAgreement,
    CreateAgreement,
    EditAgreement,
    ReturnAgreement,
    ReviseAgreement,
    SubmitAgreement,
)
from pricing.views.price_lists import AssignPriceList, CreatePriceList, PriceListDetail, PriceListList, SetListPrice
from pricing.views.question import AskPrice
from pricing.views.rates import CreateFxRate, FxRateList

__all__ = [
    "AgreementDetail",
    "AgreementList",
    "ApproveAgreement",
    "AskPrice",
    "AssignPriceList",
    "CloseAgreement",
    "CreateAgreement",
    "CreateFxRate",
    "CreatePriceList",
    "EditAgreement",
    "FxRateList",
    "PriceListDetail",
    "PriceListList",
    "ReturnAgreement",
    "ReviseAgreement",
    "SetListPrice",
    "SubmitAgreement",
]
