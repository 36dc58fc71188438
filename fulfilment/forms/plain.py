from django import forms

from fulfilment.forms.fields import Day, reason


class CancelForm(forms.Form):
    reason = reason("Why is the request cancelled?")


class UndoForm(forms.Form):
    reason = reason("Why is the shipment undone?")


class ClearForm(forms.Form):
    reason = reason("How was the mismatch settled?")


class DeliveryForm(forms.Form):
    delivered = Day(label="Delivered on", help_text="With a re-shipper: the day it was handed over.")


class BillForm(forms.Form):
    """Nothing to fill in: the invoice bills what left the backlog, on the day title passed."""
