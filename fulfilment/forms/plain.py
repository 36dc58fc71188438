from django import forms

from fulfilment.forms.fields import reason, why
from ui.fields import DayField


class CancelForm(forms.Form):
    reason = reason("Why is the request cancelled?")


class UndoForm(forms.Form):
    reason = reason("Why is the shipment undone?")


class ClearForm(forms.Form):
    reason = reason("How was the mismatch settled?")


class DeliveryForm(forms.Form):
    delivered = DayField(label="Delivered on", help_text="With a re-shipper: the day it was handed over.")


class BillForm(forms.Form):
    """Nothing has to be filled in: the invoice bills what left the backlog, on the day title passed."""

    reason = why()
