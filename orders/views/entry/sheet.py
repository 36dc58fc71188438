"""The sheet's one request: keep the draft, answer with what has become of every line. Sent at every pause in typing."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from orders.actions.save_draft import DraftGone, DraftStale, save_draft
from orders.entry.draft import NotADraft, check_content, differences, is_empty
from orders.forms.entry import MOST_ROWS, HeaderForm, LineForm
from orders.forms.live import LiveSheet, form_data
from orders.models import OrderDraft
from orders.views.entry.answer import answer_of, duplicate_of
from ui.views.access import PermittedView

CONFLICT, GONE = 409, 410
# what a body that no page sends can raise: numbers without an end and brackets without one are in it
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError, NotADraft)
HEADER_FIELDS, ROW_FIELDS = set(HeaderForm.base_fields), set(LineForm.base_fields)


class AnswerSheet(PermittedView):
    """`{"draft", "version", "page", "content"}` in; out the draft's new version and the answers of all rows.

    409 with both values where another page has saved a later version, 410 when the draft is no more.
    """

    permission = "orders.enter"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            asked = json.loads(request.body)
            page, version = UUID(str(asked["page"])), int(asked["version"])
            draft_id = int(asked["draft"]) if asked["draft"] else None
            content = check_content(
                asked["content"], header_fields=HEADER_FIELDS, row_fields=ROW_FIELDS, most_rows=MOST_ROWS
            )
        except UNREADABLE as refused:
            return HttpResponseBadRequest(str(refused))
        try:
            saved = self.saved(draft_id, version, page, content)
        except DraftStale as stale:
            return self.conflict(stale.draft, content)
        except DraftGone as gone:
            return self.gone(gone)
        return JsonResponse({**saved, **self.answer(content)})

    def saved(self, draft_id: int | None, version: int, page: UUID, content: dict[str, Any]) -> dict[str, Any]:
        """Nothing is kept before something is typed."""
        if draft_id is None and is_empty(content):
            return {"draft": None}
        draft = save_draft(
            draft_id=draft_id, version=version, page=page, content=content, by=self.member, at=self.now()
        )
        return {
            "draft": draft.pk,
            "version": draft.version,
            "savedAt": f"{draft.saved_at.astimezone(self.tenant.zone):%H:%M:%S}",
            "url": self.url("orders:draft", draft.pk),
            "discardUrl": self.url("orders:draft_discard", draft.pk),
        }

    def answer(self, content: dict[str, Any]) -> dict[str, Any]:
        at = self.now()
        sheet = LiveSheet(form_data(content), tenant=self.tenant, today=self.tenant.today(at))
        preview = sheet.look(by=self.member, at=at)
        answer = answer_of(sheet, preview, member=self.member)
        return {**answer, "duplicate": duplicate_of(preview, self.tenant.slug)}

    def conflict(self, draft: OrderDraft, content: dict[str, Any]) -> HttpResponse:
        return JsonResponse({"conflict": conflict_of(draft, content, self.tenant.zone)}, status=CONFLICT)

    def gone(self, gone: DraftGone) -> HttpResponse:
        url = self.url("orders:order_detail", gone.order.pk) if gone.order else ""
        return JsonResponse(
            {"message": str(gone), "order": gone.order.number if gone.order else "", "url": url}, status=GONE
        )


def conflict_of(draft: OrderDraft, content: dict[str, Any], zone: Any) -> dict[str, Any]:
    """Yours beside theirs, field by field."""
    who = draft.saved_by.user.name or draft.saved_by.user.email
    return {
        "version": draft.version,
        "theirs": f"{who}, {draft.saved_at.astimezone(zone):%H:%M:%S}",
        "rows": [
            {"place": place, "label": place_label(place), "yours": mine, "theirs": theirs}
            for place, mine, theirs in differences(content, draft.content)
        ],
    }


def place_label(place: str) -> str:
    number, _, name = place.rpartition(" ")
    if not number:
        return str(HeaderForm.base_fields[name].label)
    return f"Row {number} {str(LineForm.base_fields[name].label).lower()}"
