from datetime import datetime
from typing import Any

from jobs.files import store_file
from jobs.handle import GiveUp
from jobs.models import GeneratedFile
from jobs.progress import Progress
from metrics.actions.request_report import from_payload
from metrics.catalogue import CONTENT_TYPES, FAILURES, REFUSALS, UnknownReport, report_called
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id


def make_report_file(*, payload: dict[str, Any], at: datetime, job_id: int, progress: Progress) -> GeneratedFile:
    """Render the report a job asks for and keep it. Raises GiveUp where trying again cannot help."""
    asked, ending = from_payload(payload["asked"]), payload["ending"]
    tenant = Tenant.objects.get(pk=current_tenant_id())
    try:
        entry = report_called(payload["name"])
        progress(0, 2, "Reading the ledger and drawing")
        content = entry.form(ending)(tenant, asked, at)
    except (UnknownReport, *REFUSALS, *FAILURES) as error:
        raise GiveUp(str(error)) from error
    progress(1, 2, "Storing")
    return store_file(
        content,
        kind=entry.name,
        name=f"{entry.title} {tenant.slug} {asked.as_of}.{ending}",
        content_type=CONTENT_TYPES[ending],
        right=entry.right,
        job_id=job_id,
    )
