from django import forms

from channel_inventory.choices import ClaimReason

NOTE_LENGTH = 300
CODES = [("", "as found")] + [(code, f"{code} {label}") for code, label in ClaimReason.choices]


class ApproveForm(forms.Form):
    note = forms.CharField(
        max_length=NOTE_LENGTH, required=False, help_text="Needed where a finding speaks against a line"
    )


class DenyForm(forms.Form):
    code = forms.ChoiceField(choices=CODES, required=False, label="Reason", help_text="X12 901")
    note = forms.CharField(max_length=NOTE_LENGTH, required=False)


class PendForm(forms.Form):
    note = forms.CharField(max_length=NOTE_LENGTH, label="What has to be looked at")
