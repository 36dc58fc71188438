from django import forms


class Quantity(forms.IntegerField):
    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.NumberInput(attrs={"class": "num", "inputmode": "numeric"}))
        super().__init__(min_value=0, max_value=10**15, **kwargs)


def why() -> forms.CharField:
    """Of a verb that needs no reason, but keeps the one that is given."""
    return forms.CharField(label="Reason", max_length=300, required=False, help_text="Optional; stands in the story.")


def reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=300)
