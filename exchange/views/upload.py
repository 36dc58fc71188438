from typing import Any

from exchange.actions.check_batch import check_batch
from exchange.actions.receive_file import FileTooLarge, receive_file
from exchange.actions.stage_batch import stage_batch
from exchange.choices import BatchState
from exchange.forms import UploadForm
from exchange.handlers import CHECK
from exchange.models import ImportBatch
from exchange.views.access import FilesView
from jobs.actions.request_job import request_job
from ui.views import FormPage

# what is checked while the person waits; larger files, and those of partners, are checked by a job
CHECKED_AT_ONCE = 256 * 1024


class Upload(FilesView, FormPage):
    heading = "Upload a file"
    form_class = UploadForm
    template_name = "exchange/upload.html"
    submit_label = "Upload and check"
    refusals = (FileTooLarge,)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"kinds": self.open_kinds(), "names_partner": not self.member.is_outsider}

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", "")}

    def get_cancel_url(self) -> str:
        return self.url("exchange:batch_list")

    def get_context(self, form: Any) -> dict[str, Any]:
        """The kind that was chosen stands first."""
        chosen = self.request.GET.get("kind", "")
        return {"kinds": sorted(self.open_kinds(), key=lambda kind: kind.name != chosen)}

    def execute(self, form: UploadForm) -> str:
        given, at, is_outsider = form.cleaned_data, self.now(), self.member.is_outsider
        file = given["file"]
        batch = receive_file(
            kind=given["kind"],
            name=file.name,
            content=file.read(),
            party_id=self.member.party_id if is_outsider else form.partner_id,
            by=self.member,
            at=at,
            partner_code=given.get("partner", ""),
        )
        if is_outsider or file.size > CHECKED_AT_ONCE:
            self.ask_for_check(batch, at)
        else:
            rows = stage_batch(batch=batch)
            if batch.state != BatchState.FAILED:
                check_batch(batch_id=batch.pk, fresh=rows, by=self.member, at=at)
        return self.url("exchange:batch_detail", batch.pk)

    def ask_for_check(self, batch: ImportBatch, at: Any) -> None:
        payload = {"batch_id": batch.pk}
        request_job(kind=CHECK, unique_key=f"{batch.pk}:{self.click}", payload=payload, by=self.member, at=at)
