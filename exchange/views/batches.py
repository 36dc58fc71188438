from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from exchange.actions.check_batch import BatchClosed, check_batch
from exchange.actions.discard_batch import AlreadyTaken, discard_batch
from exchange.batches.found import found_of
from exchange.batches.preview import found_columns, preview_page
from exchange.choices import BatchState, RowState
from exchange.filters import BatchFilter
from exchange.handlers import ACCEPT, CHECK
from exchange.kinds import kind_named
from exchange.models import ImportBatch
from exchange.parsing.cells import in_words
from exchange.tables import TONES, BatchTable
from exchange.views.access import FilesView, decision_right
from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from tenancy.scope import as_house
from ui.views import ConfirmPost, DetailPage, EmptyAction, ListPage

REFRESH_SECONDS = 3
OPEN = (BatchState.READY, BatchState.WAITING, BatchState.QUARANTINED)
FILE_KEYS = ((("F9",), "accept the good rows"), (("M",), "columns of the file"))


class BatchList(FilesView, ListPage):
    model = ImportBatch
    heading = "Files in"
    table_class = BatchTable
    filterset_class = BatchFilter
    template_name = "exchange/list.html"
    empty_title = "No files yet"
    empty_text = "Upload parties, products, prices, orders: each kind has a template."

    def get_queryset(self) -> QuerySet[ImportBatch]:
        return self.batches()

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("Upload a file", self.url("exchange:upload"))]


class BatchDetail(FilesView, DetailPage):
    model = ImportBatch
    template_name = "exchange/detail.html"

    def get_queryset(self) -> QuerySet[ImportBatch]:
        return self.batches().select_related("error_file", "file", "uploaded_by__user")

    def get_context(self, found: ImportBatch) -> dict[str, Any]:
        job = latest_job(found)
        is_busy = job is not None and job.is_unfinished
        is_open = not is_busy and found.state in OPEN
        told, state = found_of(found, self.now()), self.wanted_state(found)
        shown = preview_page(found, state=state, after=self.after())
        return {
            "kind": kind_named(found.kind),
            "page_keys": FILE_KEYS if BatchState(found.state) in OPEN else (),
            "tone": TONES.get(BatchState(found.state), ""),
            "job": job,
            "refresh": REFRESH_SECONDS if is_busy else None,
            "found": told,
            "good_count": told.good,
            "findings": told.findings,
            "foreseen": told.foreseen,
            "columns": shown.columns,
            "found_columns": found_columns(found),
            "date_format": in_words(found.mapping.get("date_format", "")) or "ISO",
            "rows": shown.rows,
            "following": shown.following,
            "state": state,
            "may_withdraw": is_open and self.member.is_outsider and not found.accepted_count,
            "may_decide": is_open and not self.member.is_outsider,
            "may_map": found.state not in (BatchState.ACCEPTED, BatchState.DISCARDED) and found.accepted_count == 0,
            "is_unread": found.state in (BatchState.RECEIVED, BatchState.STAGED),
            "misses_columns": found.mapping.get("problem") == "missing_columns",
            "unknown_count": told.unknown_rows,
            "is_all_bad": found.state == BatchState.READY and found.rejected_count == found.row_count,
            "click": uuid4(),
        }

    def wanted_state(self, found: ImportBatch) -> str:
        asked = self.request.GET.get("show")
        if asked == "all":
            return ""
        if asked in RowState.values:
            return asked
        if found.rejected_count:
            return RowState.BAD
        return RowState.WARNING if found.warning_count else ""

    def after(self) -> int:
        text = self.request.GET.get("after", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def latest_job(batch: ImportBatch) -> JobRequest | None:
    jobs = JobRequest.objects.filter(kind__in=(CHECK, ACCEPT), payload__batch_id=batch.pk)
    return jobs.order_by("-id").first()


class DecideBatch(FilesView, ConfirmPost):
    """What only our own people decide about a file."""

    def required_right(self) -> str | None:
        return decision_right(self)

    def get_cancel_url(self) -> str:
        return self.url("exchange:batch_detail", self.kwargs["pk"])


class AcceptBatch(DecideBatch):
    heading = "Accept the file"
    question = "Good rows are written. Rejected rows stay behind with their reasons and in an error file."
    submit_label = "Accept"
    success_message = "The good rows are being written."

    def execute(self, form: Any) -> str:
        batch = self.batch()
        request_job(
            kind=ACCEPT,
            unique_key=f"{batch.pk}:{self.click}",
            payload={"batch_id": batch.pk, "accept_warnings": self.request.POST.get("accept_warnings") == "yes"},
            by=self.member,
            at=self.now(),
        )
        return self.get_cancel_url()


class CheckBatch(DecideBatch):
    heading = "Check again"
    question = "Rows that were not taken are judged anew against what is known now."
    submit_label = "Check again"
    refusals = (BatchClosed,)

    def execute(self, form: Any) -> str:
        check_batch(batch_id=self.batch().pk, by=self.member, at=self.now())
        return self.get_cancel_url()


class DiscardBatch(DecideBatch):
    """A partner does so with its own, too: who only wants to see what a report would do takes it back."""

    heading = "Discard the file"
    question = "Nothing is taken from it. The file itself is kept."
    submit_label = "Discard"
    is_destructive = True
    refusals = (AlreadyTaken,)

    def required_right(self) -> str | None:
        if not self.member.is_outsider:
            return super().required_right()
        if self.member.may("partner.files"):
            self.batch()
        return "partner.files"

    def execute(self, form: Any) -> str:
        batch = self.batch()
        with as_house():
            discard_batch(batch_id=batch.pk)
        return self.url("exchange:batch_list")
