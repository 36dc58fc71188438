from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from exchange.actions.save_column_map import DATE_FORMATS
from exchange.kinds import ImportKind
from exchange.limits import LIMITS
from exchange.parsing.cells import in_words
from exchange.partners import UnknownPartner, partner_named
from exchange.unit_maps import BadUnits, read_units
from values.currencies import MINOR_UNITS

PREFIX = "column-"
SHOWN_CHARACTERS = 60


class UploadForm(forms.Form):
    field_order = ("kind", "file", "partner")

    file = forms.FileField(
        help_text="CSV (comma, semicolon or tab; UTF-8 or Windows-1252), XLSX, or X12 for orders and reports of "
        f"partners; at most {LIMITS.file_bytes // 2**20} MB.",
    )
    partner = forms.CharField(
        required=False,
        max_length=200,
        label="Partner",
        help_text="Code or name of the party whose file it is: its remembered headings and formats are used.",
    )

    def __init__(self, *args: Any, kinds: Sequence[ImportKind], names_partner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.name, kind.title) for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(label="What is in it", choices=choices)
        if not names_partner:
            del self.fields["partner"]
        self.order_fields(self.field_order)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.file_bytes:
            raise forms.ValidationError(f"The file is larger than {LIMITS.file_bytes // 2**20} MB: split it.")
        return file

    def clean_partner(self) -> str:
        code = self.cleaned_data["partner"].strip()
        self.partner_id = None
        if code:
            try:
                self.partner_id = partner_named(code)
            except UnknownPartner as error:
                raise forms.ValidationError(str(error)) from error
        return code


class ColumnMapForm(forms.Form):
    """One choice for each of our columns among the file's headings."""

    date_format = forms.ChoiceField(
        required=False,
        choices=[(value, f"{example} ({in_words(value) or 'ISO'})") for value, example in DATE_FORMATS.items()],
        label="Dates are written like",
    )
    decimal_comma = forms.BooleanField(required=False, label="Decimals take a comma")

    def __init__(self, *args: Any, kind: ImportKind, samples: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "not in the file"), *((heading, shown(heading, some)) for heading, some in samples.items())]
        for column in kind.columns:
            self.fields[PREFIX + column.name] = forms.ChoiceField(
                required=column.is_required and column.name != kind.partner_column,
                choices=choices,
                label=column.name,
                help_text=column.help,
            )
        self.layout = (
            ("Columns", tuple(PREFIX + column.name for column in kind.columns)),
            ("Formats", ("date_format", "decimal_comma")),
        )

    def headings(self) -> dict[str, str]:
        found = {name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if PREFIX in name}
        return {name: value for name, value in found.items() if value}


def shown(heading: str, samples: Sequence[str]) -> str:
    """The heading with what stands under it, as far as that is short."""
    if not samples:
        return f"{heading} (empty)"
    return f"{heading}: {', '.join(samples)}"[:SHOWN_CHARACTERS]


class TradingPartnerForm(forms.Form):
    layout = (
        ("Who", ("name", "party")),
        ("EDI identity", ("qualifier", "identity", "application")),
        ("How it writes", ("currency", "unit_map", "test_allowed")),
    )

    name = forms.CharField(max_length=120)
    party = forms.CharField(
        max_length=40, required=False, help_text="Code of the sell-to, where its orders do not name the buyer"
    )
    qualifier = forms.CharField(max_length=2, help_text="ISA05")
    identity = forms.CharField(max_length=15, help_text="ISA06")
    application = forms.CharField(max_length=15, required=False, help_text="GS02 where it matters; empty: any")
    currency = forms.CharField(max_length=3, required=False, help_text="Where its orders name none")
    unit_map = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Its units",
        help_text="One a line, its code = ours: PC = EA",
    )
    test_allowed = forms.BooleanField(required=False, label="Take interchanges marked as a test for real")

    def clean_party(self) -> int | None:
        code = self.cleaned_data["party"].strip()
        try:
            return partner_named(code) if code else None
        except UnknownPartner as error:
            raise forms.ValidationError(str(error)) from error

    def clean_currency(self) -> str:
        code = self.cleaned_data["currency"].upper()
        if code and code not in MINOR_UNITS:
            raise forms.ValidationError(f"“{code}” is no ISO currency code of three letters.")
        return code

    def clean_unit_map(self) -> dict[str, str]:
        try:
            return read_units(self.cleaned_data["unit_map"].splitlines())
        except BadUnits as error:
            raise forms.ValidationError(str(error)) from error
