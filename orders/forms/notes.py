"""Notes and attachments of an order."""

from django import forms

from orders.attachments import MAX_BYTES, MAX_FILES, TAKEN
from orders.forms.verbs import Layout

SHARED = "Visible to the partner"


class NoteForm(forms.Form):
    layout: Layout = (("Note", ("text", "line_no", "is_shared")),)
    text = forms.CharField(label="Note", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    line_no = forms.IntegerField(
        label="Line", min_value=1, max_value=2**31 - 1, required=False, help_text="Empty: the whole order."
    )
    is_shared = forms.BooleanField(label=SHARED, required=False)


class CorrectionForm(forms.Form):
    text = forms.CharField(label="What it should say", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AttachForm(forms.Form):
    layout: Layout = (("File", ("file", "about", "is_shared")),)
    file = forms.FileField(
        label="File",
        max_length=200,
        allow_empty_file=True,
        help_text=f"{TAKEN}, up to {MAX_BYTES // 2**20} MB; {MAX_FILES} files at most.",
    )
    about = forms.CharField(label="What it is", max_length=200, required=False)
    is_shared = forms.BooleanField(label=SHARED, required=False)


class TakeOffForm(forms.Form):
    reason = forms.CharField(label="Why?", max_length=300)
