from functools import cached_property
from typing import Any

from exchange.actions.check_batch import check_batch
from exchange.actions.save_column_map import BadColumnMap, save_column_map
from exchange.actions.stage_batch import restage_batch
from exchange.batches.preview import samples_of
from exchange.choices import BatchState
from exchange.forms import PREFIX, ColumnMapForm
from exchange.kinds import kind_named
from exchange.models import ImportBatch
from exchange.parsing.guesses import guess_headings
from exchange.views.access import FilesView, decision_right
from ui.views import FormPage


class RowsTaken(Exception):
    """Rows were taken with the present mapping; another one would read the rest differently."""


class MapColumns(FilesView, FormPage):
    """Say once what a sender's headings mean; remembered for the next file of this kind and sender."""

    heading = "Map columns"
    form_class = ColumnMapForm
    submit_label = "Remember and read again"
    refusals = (BadColumnMap, RowsTaken)

    def required_right(self) -> str | None:
        return decision_right(self)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"kind": kind_named(self.batch().kind), "samples": self.samples}

    @cached_property
    def samples(self) -> dict[str, list[str]]:
        return samples_of(self.batch())

    def get_initial(self) -> dict[str, Any]:
        """What was found; of a file that misses columns, what its headings may mean."""
        batch = self.batch()
        mapping = batch.mapping
        found = mapping.get("found") or guess_headings(kind_named(batch.kind), list(self.samples))
        known = {**mapping.get("headings", {}), **found}
        formats = {name: mapping.get(name, "") for name in ("date_format", "decimal_comma")}
        return {**{PREFIX + name: heading for name, heading in known.items()}, **formats}

    def get_cancel_url(self) -> str:
        return self.url("exchange:batch_detail", self.kwargs["pk"])

    def execute(self, form: ColumnMapForm) -> str:
        batch: ImportBatch = self.batch()
        if batch.accepted_count or batch.state in (BatchState.ACCEPTED, BatchState.DISCARDED):
            raise RowsTaken("Rows of this file were taken already: upload it again to read it differently.")
        chosen = {
            "headings": form.headings(),
            "date_format": form.cleaned_data["date_format"],
            "decimal_comma": form.cleaned_data["decimal_comma"],
        }
        save_column_map(kind=batch.kind, party_id=batch.party_id, **chosen)
        kept = {"partner_code": batch.mapping.get("partner_code", "")}
        rows = restage_batch(batch=batch, mapping={**chosen, **kept})
        if batch.state != BatchState.FAILED:
            check_batch(batch_id=batch.pk, fresh=rows, by=self.member, at=self.now())
        return self.get_cancel_url()
