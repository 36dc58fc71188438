"""The form of a purchase order: a header and rows of lines. Both keep everything that was typed."""

from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.forms.utils import ErrorDict

from orders.choices import OrderType
from orders.fields import DayField, PartsField, PriceField, QuantityField

FIRST_ROWS = 5
MORE_ROWS = 5
MOST_ROWS = 200
SELL_TOS, END_BUYERS, SHIP_TOS, SHIP_FROMS, PARTS = "sell-tos", "end-buyers", "ship-tos", "ship-froms", "parts"


def listed(name: str, **attrs: str) -> forms.TextInput:
    """An input with the browser's own suggestions; what is typed need not be among them."""
    return forms.TextInput(attrs={"list": name, "autocomplete": "off", **attrs})


class QuietForm(forms.Form):
    """May be shown again as it was typed, before anybody asked whether it is right."""

    is_quiet = False

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_quiet else super().errors


class HeaderForm(QuietForm):
    """The first field has the focus on a fresh page only: later the errors or the figures are what matters."""

    sell_to = forms.CharField(label="Sell-to", max_length=200, widget=listed(SELL_TOS))
    customer_po = forms.CharField(label="Customer PO", max_length=60)
    order_date = DayField(label="PO date", widget=forms.DateInput(format="%d %b %Y"))
    order_type = forms.ChoiceField(label="Order type", choices=OrderType.choices, initial=OrderType.STANDARD)
    currency = forms.CharField(label="Currency", max_length=3, required=False, help_text="Empty: that of the sell-to.")
    bill_to = forms.CharField(
        label="Bill-to", max_length=200, required=False, widget=listed(SELL_TOS), help_text="Empty: the sell-to."
    )
    default_end_buyer = forms.CharField(
        label="New lines: end buyer", max_length=200, required=False, widget=listed(END_BUYERS)
    )
    default_ship_to = forms.CharField(
        label="New lines: ship-to", max_length=200, required=False, widget=listed(SHIP_TOS)
    )
    default_request_date = DayField(label="New lines: request date", required=False)
    default_ship_from = forms.CharField(
        label="All lines: ship from", max_length=200, required=False, widget=listed(SHIP_FROMS)
    )
    accept_duplicate = forms.BooleanField(label="Enter it all the same, on hold", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["sell_to"].widget.attrs["autofocus"] = True

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].strip().upper()


class LineForm(QuietForm):
    line_no = forms.IntegerField(min_value=1, max_value=99_999, required=False, label="Line no.")
    part = forms.CharField(max_length=80, required=False, label="Part", widget=listed(PARTS))
    quantity = QuantityField(required=False, label="Quantity")
    end_buyer = forms.CharField(max_length=200, required=False, label="End buyer", widget=listed(END_BUYERS))
    ship_to = forms.CharField(max_length=240, required=False, label="Ship-to", widget=listed(SHIP_TOS))
    request_date = DayField(required=False, label="Request date")
    parts = PartsField(required=False, label="Several dates", help_text="400@2027-01-14 600@2027-02-11")
    customer_price = PriceField(required=False, label="PO price")
    override_price = PriceField(required=False, label="Manual price")
    override_reason = forms.CharField(max_length=200, required=False, label="Reason of the manual price")
    cited_agreement = forms.CharField(max_length=40, required=False, label="Agreement the customer cites")
    project = forms.CharField(max_length=60, required=False, label="Project")

    # the columns of the page, in the order in which rows of a spreadsheet are pasted
    MAIN = ("part", "quantity", "end_buyer", "ship_to", "request_date", "customer_price")
    # the fields of the second row, folded away until one is used
    MORE = ("parts", "override_price", "override_reason", "cited_agreement", "project")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["line_no"].widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "num"})

    @property
    def has_more(self) -> bool:
        return any(self[name].value() for name in self.MORE) or any(name in self.errors for name in self.MORE)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.errors if name in self.fields]


# rows left empty are skipped; there are as many as the page says
LineFormSet = formset_factory(LineForm, extra=FIRST_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


def with_more_rows(data: Any, prefix: str) -> Any:
    """The same POST with five rows more."""
    more = data.copy()
    key = f"{prefix}-TOTAL_FORMS"
    count = int(more[key]) if more.get(key, "").isdigit() else FIRST_ROWS
    more[key] = str(min(count + MORE_ROWS, MOST_ROWS))
    return more
