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
from pricing.views.assignments import AssignmentList, EditAssignment
from pricing.views.price_lists import (
    AssignPriceList,
    ChangeListPrice,
    CreatePriceList,
    EditPriceList,
    PriceListDetail,
    PriceListList,
    SetListPrice,
)
from pricing.views.question import AskPrice
from pricing.views.rates import CreateFxRate, EditFxRate, FxRateList

__all__ = [
    "AgreementDetail",
    "AgreementList",
    "ApproveAgreement",
    "AskPrice",
    "AssignPriceList",
    "AssignmentList",
    "ChangeListPrice",
    "CloseAgreement",
    "CreateAgreement",
    "CreateFxRate",
    "CreatePriceList",
    "EditAgreement",
    "EditAssignment",
    "EditFxRate",
    "EditPriceList",
    "FxRateList",
    "PriceListDetail",
    "PriceListList",
    "ReturnAgreement",
    "ReviseAgreement",
    "SetListPrice",
    "SubmitAgreement",
]
