from django.urls import path

from orders.views import notes
from orders.views.bulk import MoveRequests, SetCommits
from orders.views.compare import CompareVersions
from orders.views.credit import CreditInvoice
from orders.views.detail import OrderDetail
from orders.views.documents import (
    AcknowledgementPdf,
    AcknowledgementPreview,
    AcknowledgeOrder,
    InvoicePdf,
    InvoicePreview,
)
from orders.views.entry.drafts import DiscardDraft, DraftList, DraftPage
from orders.views.entry.enter import EnterOrder
from orders.views.entry.lookups import LookUp
from orders.views.entry.sheet import AnswerSheet
from orders.views.holds import ReleaseHold
from orders.views.ledger import OrderLedgerRows
from orders.views.lists import OrderList, ScheduleList
from orders.views.mails import MailAcknowledgement, MailAgain, MailInvoice, MailList
from orders.views.source import SourceFile
from orders.views.verbs import blanket, lines, orders, schedules
from orders.views.worklists import HoldList, PastDue, ReleasesDue, RequestsMoved, WithoutCommit

app_name = "orders"

ORDER = "orders/<int:pk>/"
LINE = ORDER + "lines/<int:line>/"
ACKNOWLEDGEMENT = ORDER + "acknowledgements/<int:revision>/"
SCHEDULE = ORDER + "schedules/<int:schedule>/"

urlpatterns = [
    path("orders/", OrderList.as_view(), name="order_list"),
    path("orders/new/", EnterOrder.as_view(), name="order_enter"),
    path("orders/new/sheet/", AnswerSheet.as_view(), name="order_sheet"),
    path("orders/new/look-up/", LookUp.as_view(), name="order_look_up"),
    path("orders/drafts/", DraftList.as_view(), name="draft_list"),
    path("orders/drafts/<int:pk>/", DraftPage.as_view(), name="draft"),
    path("orders/drafts/<int:pk>/discard/", DiscardDraft.as_view(), name="draft_discard"),
    path("orders/mails/", MailList.as_view(), name="mail_list"),
    path("orders/mails/<int:pk>/again/", MailAgain.as_view(), name="mail_again"),
    path("orders/holds/", HoldList.as_view(), name="hold_list"),
    path("orders/schedules/", ScheduleList.as_view(), name="schedule_list"),
    path("orders/schedules/commits/", SetCommits.as_view(), name="bulk_commits"),
    path("orders/schedules/requests/", MoveRequests.as_view(), name="bulk_requests"),
    path("orders/work/", WithoutCommit.as_view(), name="work_uncommitted"),
    path("orders/work/past-due/", PastDue.as_view(), name="work_past_due"),
    path("orders/work/moved/", RequestsMoved.as_view(), name="work_moved"),
    path("orders/work/releases/", ReleasesDue.as_view(), name="work_releases"),
    path(ORDER, OrderDetail.as_view(), name="order_detail"),
    path(ORDER + "book/", orders.BookOrder.as_view(), name="order_book"),
    path(ORDER + "check/", orders.RecheckOrder.as_view(), name="order_recheck"),
    path(ORDER + "sell-to/", orders.TransferOrder.as_view(), name="order_transfer"),
    path(ORDER + "call-off/", blanket.ReleaseFromBlanket.as_view(), name="blanket_release"),
    path(ORDER + "validity/", blanket.SetValidity.as_view(), name="blanket_validity"),
    path(LINE + "change/", lines.ChangeEnteredLine.as_view(), name="line_change"),
    path(LINE + "price/", lines.ChangePrice.as_view(), name="line_price"),
    path(LINE + "end-buyer/", lines.TransferLine.as_view(), name="line_transfer"),
    path(LINE + "cancel/", lines.CancelLine.as_view(), name="line_cancel"),
    path(SCHEDULE + "commit/", schedules.SetCommit.as_view(), name="schedule_commit"),
    path(SCHEDULE + "request/", schedules.MoveRequest.as_view(), name="schedule_request"),
    path(SCHEDULE + "quantity/", schedules.ChangeQuantity.as_view(), name="schedule_quantity"),
    path(SCHEDULE + "split/", schedules.SplitSchedule.as_view(), name="schedule_split"),
    path(SCHEDULE + "cancel/", schedules.CancelSchedule.as_view(), name="schedule_cancel"),
    path(ORDER + "ledger/", OrderLedgerRows.as_view(), name="order_ledger"),
    path(ORDER + "compare/", CompareVersions.as_view(), name="order_compare"),
    path(ORDER + "source/", SourceFile.as_view(), name="order_source"),
    path(ORDER + "notes/add/", notes.AddNote.as_view(), name="note_add"),
    path(ORDER + "notes/<int:note>/correct/", notes.CorrectNote.as_view(), name="note_correct"),
    path(ORDER + "files/add/", notes.AttachFile.as_view(), name="attachment_add"),
    path(ORDER + "files/<int:attachment>/", notes.DownloadAttachment.as_view(), name="attachment_download"),
    path(ORDER + "files/<int:attachment>/remove/", notes.RemoveAttachment.as_view(), name="attachment_remove"),
    path(ORDER + "holds/<int:hold>/release/", ReleaseHold.as_view(), name="hold_release"),
    path(ORDER + "acknowledge/", AcknowledgeOrder.as_view(), name="order_acknowledge"),
    path(ACKNOWLEDGEMENT, AcknowledgementPreview.as_view(), name="acknowledgement_preview"),
    path(ACKNOWLEDGEMENT + "pdf/", AcknowledgementPdf.as_view(), name="acknowledgement_pdf"),
    path(ACKNOWLEDGEMENT + "mail/", MailAcknowledgement.as_view(), name="acknowledgement_mail"),
    path(ORDER + "invoices/<int:invoice>/mail/", MailInvoice.as_view(), name="invoice_mail"),
    path(ORDER + "invoices/<int:invoice>/", InvoicePreview.as_view(), name="invoice_preview"),
    path(ORDER + "invoices/<int:invoice>/pdf/", InvoicePdf.as_view(), name="invoice_pdf"),
    path(ORDER + "invoices/<int:invoice>/credit/", CreditInvoice.as_view(), name="invoice_credit"),
]
