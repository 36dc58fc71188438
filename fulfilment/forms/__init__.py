from fulfilment.forms.confirm import ConfirmForm
from fulfilment.forms.plain import BillForm, CancelForm, ClearForm, DeliveryForm, UndoForm
from fulfilment.forms.release import ReleaseForm, ReviseForm

__all__ = [
    "BillForm",
    "CancelForm",
    "ClearForm",
    "ConfirmForm",
    "DeliveryForm",
    "ReleaseForm",
    "ReviseForm",
    "UndoForm",
]
