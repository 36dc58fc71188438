from django.urls import URLPattern, path

from channel_inventory.views import certification, certify, partner_terms, pos, reports, stock
from channel_inventory.views.claim import ClaimPage, IssueCredit, RevalueClaim
from channel_inventory.views.claim_decisions import ApproveLines, DenyLines, PendLines
from channel_inventory.views.claims import ClaimList, CreditList
from channel_inventory.views.credits import CreditDetail, CreditPdf, CreditPreview

app_name = "channel_inventory"

urlpatterns: list[URLPattern] = [
    path("reports/", reports.ReportList.as_view(), name="report_list"),
    path("pos/", pos.PosList.as_view(), name="pos_list"),
    path("pos/<int:pk>/", pos.PosDetail.as_view(), name="pos_detail"),
    *stock.urlpatterns,
    *partner_terms.urlpatterns,
    path("certification/", certification.TextList.as_view(), name="text_list"),
    path("certification/work/", certification.WorkQueue.as_view(), name="text_work"),
    path("certification/<int:pk>/", certify.TextDetail.as_view(), name="text_detail"),
    path("certification/<int:pk>/decide/", certify.CertifyText.as_view(), name="certify_text"),
    path("certification/<int:pk>/new-party/", certify.CertifyNewBuyer.as_view(), name="certify_new_buyer"),
    path("certification/<int:pk>/open-again/", certify.ReopenText.as_view(), name="reopen_text"),
    path("claims/", ClaimList.as_view(), name="claim_list"),
    path("claims/approve/", ApproveLines.as_view(), name="claim_approve"),
    path("claims/deny/", DenyLines.as_view(), name="claim_deny"),
    path("claims/pend/", PendLines.as_view(), name="claim_pend"),
    path("claims/<int:pk>/", ClaimPage.as_view(), name="claim_detail"),
    path("claims/<int:pk>/credit/", IssueCredit.as_view(), name="claim_credit"),
    path("claims/<int:pk>/revalue/", RevalueClaim.as_view(), name="claim_revalue"),
    path("credits/", CreditList.as_view(), name="credit_list"),
    path("credits/<int:pk>/", CreditDetail.as_view(), name="credit_detail"),
    path("credits/<int:pk>/paper/", CreditPreview.as_view(), name="credit_preview"),
    path("credits/<int:pk>/pdf/", CreditPdf.as_view(), name="credit_pdf"),
]
