"""Who may open what. A new address needs a line here, or the tests fail.

    "orders:order_detail": page(INSIDE, pk=lambda world: world.order.pk),

means: these roles get 200, the other roles 403, strangers and other tenants 404, the anonymous the login page, and the
`pk` of another tenant's order (or of another party's, for an outsider) 404. `get=405` says that the address only takes
POST, `but={Role.DOCK: 404}` that a role may, but this sample is not for it. Samples live in `world.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tenancy.choices import Role
from tests.architecture.world import World

Build = Callable[[World], Any]

SALES, MANAGER, FINANCE, DOCK, ADMIN, PARTNER = (
    Role.SALES_OPS, Role.MANAGER, Role.FINANCE, Role.DOCK, Role.ADMIN, Role.PARTNER,
)  # fmt: skip
INSIDE = frozenset({SALES, MANAGER, FINANCE, ADMIN})
EVERYBODY = frozenset(Role)
MASTERS = frozenset({SALES, ADMIN})
SENDERS = frozenset({MANAGER, FINANCE, ADMIN})
FILES = frozenset({SALES, FINANCE, ADMIN, PARTNER})
POST_ONLY = 405
# which kind of file is asked for stands in the query
NO_KIND = 404
NOBODYS = 404


@dataclass(frozen=True)
class Page:
    """An address below `/<tenant>/`."""

    roles: frozenset[Role]
    get: int = 200
    but: dict[Role, int] = field(default_factory=dict)
    kwargs: dict[str, Build] = field(default_factory=dict)


@dataclass(frozen=True)
class Open:
    """An address of the program itself: what the anonymous get, and what somebody signed in gets."""

    anonymous: int
    signed_in: int
    kwargs: dict[str, str] = field(default_factory=dict)


def page(roles: Any, get: int = 200, but: dict[Role, int] | None = None, **kwargs: Build) -> Page:
    return Page(frozenset({roles} if isinstance(roles, Role) else roles), get, but or {}, kwargs)


CHANGERS = frozenset({SALES, MANAGER, ADMIN})
ORDER: dict[str, Build] = {"pk": lambda world: world.order.pk}
LINE: dict[str, Build] = {**ORDER, "line": lambda world: world.line.pk}
SCHEDULE: dict[str, Build] = {**ORDER, "schedule": lambda world: world.schedule.pk}
ACKNOWLEDGEMENT: dict[str, Build] = {**ORDER, "revision": lambda world: world.acknowledgement.revision}
INVOICE: dict[str, Build] = {**ORDER, "invoice": lambda world: world.invoice.pk}
AGREEMENT: dict[str, Build] = {"pk": lambda world: world.agreement.pk}
CONTACT: dict[str, Build] = {"party": lambda world: world.party.pk, "pk": lambda world: world.contact.pk}
PRICE: dict[str, Build] = {"pk": lambda world: world.price_list.pk, "item": lambda world: world.list_price.pk}

PAGES: dict[str, Page] = {
    # jobs
    "jobs:job_list": page(EVERYBODY),
    "jobs:job_detail": page(EVERYBODY, pk=lambda world: world.job.pk),
    "jobs:job_retry": page(EVERYBODY, POST_ONLY, pk=lambda world: world.job.pk),
    "jobs:download": page(EVERYBODY, pk=lambda world: world.file.pk),
    # after the sale
    "channel_inventory:stock_list": page(INSIDE),
    "channel_inventory:stock_detail": page(INSIDE, pk=lambda world: world.stock_position.pk),
    "channel_inventory:stock_rows": page(INSIDE),
    "channel_inventory:layer_list": page(INSIDE),
    # figures
    "metrics:bookings": page(INSIDE),
    "metrics:ledger_rows": page(INSIDE),
    "metrics:liability": page(INSIDE),
    "metrics:liability_rows": page(INSIDE),
    "metrics:liability_request": page(INSIDE, POST_ONLY),
    "metrics:search": page(EVERYBODY),
    "metrics:waiting": page(EVERYBODY),
    "metrics:backlog": page(INSIDE),
    "metrics:unbilled": page(INSIDE),
    "metrics:run_list": page(INSIDE),
    "metrics:report_request": page(INSIDE, POST_ONLY),
    "metrics:delivery": page(INSIDE),
    "metrics:delivery_rows": page(INSIDE),
    "metrics:delivery_request": page(INSIDE, POST_ONLY),
    "metrics:subscription_list": page(SENDERS),
    "metrics:subscription_create": page(SENDERS),
    "metrics:subscription_edit": page(SENDERS, pk=lambda world: world.subscription.pk),
    "metrics:subscription_stop": page(SENDERS, pk=lambda world: world.subscription.pk),
    "metrics:subscription_resume": page(SENDERS, pk=lambda world: world.subscription.pk),
    "metrics:delivery_list": page(SENDERS),
    "metrics:delivery_again": page(SENDERS, pk=lambda world: world.delivery.pk),
    # parties
    "parties:party_list": page(INSIDE),
    "parties:party_create": page(MASTERS),
    "parties:party_detail": page(INSIDE, pk=lambda world: world.party.pk),
    "parties:party_edit": page(MASTERS, pk=lambda world: world.party.pk),
    "parties:party_merge": page(MASTERS, pk=lambda world: world.party.pk),
    "parties:alias_add": page(MASTERS, pk=lambda world: world.party.pk),
    "parties:location_list": page(INSIDE),
    "parties:location_add": page(MASTERS, party=lambda world: world.party.pk),
    "parties:location_detail": page(
        INSIDE, party=lambda world: world.location.party_id, pk=lambda world: world.location.pk
    ),
    "parties:contact_list": page(INSIDE),
    "parties:contact_add": page(MASTERS, party=lambda world: world.party.pk),
    "parties:contact_edit": page(MASTERS, **CONTACT),
    "parties:contact_remove": page(MASTERS, **CONTACT),
    "parties:alias_list": page(INSIDE),
    "parties:alias_create": page(MASTERS),
    "parties:alias_forget": page(MASTERS, pk=lambda world: world.alias.pk),
    "parties:location_edit": page(
        MASTERS, party=lambda world: world.location.party_id, pk=lambda world: world.location.pk
    ),
    # dock
    "fulfilment:order_release": page(MASTERS, pk=lambda world: world.released.order_id),
    "fulfilment:order_deliveries": page(INSIDE, pk=lambda world: world.released.order_id),
    "fulfilment:ship_request_list": page(INSIDE),
    "fulfilment:ship_request_detail": page(INSIDE, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_preview": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_mail": page(
        MASTERS, pk=lambda world: world.released.order_id, ship_request=lambda world: world.released.pk
    ),
    "fulfilment:ship_request_packet": page(MASTERS, 302, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_csv": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_x12": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_revise": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_cancel": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:ship_request_confirm": page(MASTERS, pk=lambda world: world.released.pk),
    "fulfilment:shipment_list": page(INSIDE),
    "fulfilment:shipment_detail": page(INSIDE, pk=lambda world: world.shipped.pk),
    "fulfilment:shipment_delivery": page(MASTERS, pk=lambda world: world.shipped.pk),
    "fulfilment:shipment_bill": page({FINANCE, ADMIN}, pk=lambda world: world.shipped.pk),
    "fulfilment:shipment_undo": page(MASTERS, pk=lambda world: world.shipped.pk),
    "fulfilment:exception_list": page(INSIDE),
    "fulfilment:exception_clear": page(MASTERS, pk=lambda world: world.mismatch.pk),
    "channel_inventory:partner_terms_list": page(INSIDE),
    "channel_inventory:partner_terms_create": page(MASTERS),
    "channel_inventory:partner_terms_detail": page(INSIDE, pk=lambda world: world.partner_terms.pk),
    "channel_inventory:partner_terms_edit": page(MASTERS, pk=lambda world: world.partner_terms.pk),
    "channel_inventory:text_list": page(INSIDE),
    "channel_inventory:text_work": page(CHANGERS, 302),
    "channel_inventory:text_detail": page(INSIDE, pk=lambda world: world.pos_line.reported_end_buyer_id),
    "channel_inventory:certify_text": page(CHANGERS, 302, pk=lambda world: world.pos_line.reported_end_buyer_id),
    "channel_inventory:certify_new_buyer": page(MASTERS, 302, pk=lambda world: world.pos_line.reported_end_buyer_id),
    "channel_inventory:reopen_text": page(CHANGERS, pk=lambda world: world.pos_line.reported_end_buyer_id),
    "channel_inventory:claim_list": page(INSIDE | {PARTNER}),
    "channel_inventory:claim_detail": page(INSIDE | {PARTNER}, pk=lambda world: world.claim.pk),
    "channel_inventory:claim_approve": page(SENDERS, POST_ONLY),
    "channel_inventory:claim_deny": page(SENDERS, POST_ONLY),
    "channel_inventory:claim_pend": page(SENDERS, POST_ONLY),
    "channel_inventory:claim_credit": page({FINANCE, ADMIN}, pk=lambda world: world.claim.pk),
    "channel_inventory:claim_revalue": page(SENDERS, pk=lambda world: world.claim.pk),
    "channel_inventory:credit_list": page(INSIDE | {PARTNER}),
    "channel_inventory:credit_detail": page(INSIDE | {PARTNER}, pk=lambda world: world.claim_credit.pk),
    "channel_inventory:credit_preview": page(INSIDE | {PARTNER}, pk=lambda world: world.claim_credit.pk),
    "channel_inventory:credit_pdf": page(INSIDE | {PARTNER}, 302, pk=lambda world: world.claim_credit.pk),
    "fulfilment:dock_queue": page(DOCK),
    "fulfilment:dock_confirm": page(DOCK, pk=lambda world: world.released.pk),
    # catalog
    "catalog:product_list": page(INSIDE),
    "catalog:product_create": page(MASTERS),
    "catalog:product_detail": page(INSIDE, pk=lambda world: world.product.pk),
    "catalog:product_edit": page(MASTERS, pk=lambda world: world.product.pk),
    "catalog:part_number_add": page(MASTERS, pk=lambda world: world.product.pk),
    "catalog:part_number_list": page(INSIDE),
    "catalog:part_number_create": page(MASTERS),
    "catalog:part_number_remove": page(MASTERS, pk=lambda world: world.part_number.pk),
    "catalog:family_list": page(INSIDE),
    "catalog:family_create": page(MASTERS),
    "catalog:family_detail": page(INSIDE, pk=lambda world: world.product.family_id),
    "catalog:family_edit": page(MASTERS, pk=lambda world: world.product.family_id),
    "catalog:unit_list": page(INSIDE),
    "catalog:unit_create": page(MASTERS),
    "catalog:unit_edit": page(MASTERS, pk=lambda world: world.unit.pk),
    "catalog:unit_remove": page(MASTERS, pk=lambda world: world.unit.pk),
    # pricing
    "pricing:price_list_list": page(INSIDE),
    "pricing:price_list_create": page(MASTERS),
    "pricing:price_list_detail": page(INSIDE, pk=lambda world: world.price_list.pk),
    "pricing:list_price_set": page(MASTERS, pk=lambda world: world.price_list.pk),
    "pricing:price_list_assign": page(MASTERS, pk=lambda world: world.price_list.pk),
    "pricing:price_list_edit": page(MASTERS, pk=lambda world: world.price_list.pk),
    "pricing:list_price_change": page(MASTERS, **PRICE),
    "pricing:assignment_list": page(INSIDE),
    "pricing:assignment_edit": page(MASTERS, pk=lambda world: world.assignment.pk),
    "pricing:rate_edit": page(MASTERS, pk=lambda world: world.rate.pk),
    "pricing:price_ask": page(INSIDE),
    "pricing:agreement_list": page(INSIDE),
    "pricing:agreement_create": page(MASTERS),
    "pricing:agreement_detail": page(INSIDE, **AGREEMENT),
    "pricing:agreement_edit": page(MASTERS, **AGREEMENT),
    "pricing:agreement_revise": page(MASTERS, **AGREEMENT),
    "pricing:agreement_submit": page(MASTERS, **AGREEMENT),
    "pricing:agreement_approve": page({MANAGER, FINANCE, ADMIN}, **AGREEMENT),
    "pricing:agreement_return": page({MANAGER, FINANCE, ADMIN}, **AGREEMENT),
    "pricing:agreement_close": page(MASTERS, **AGREEMENT),
    "pricing:rate_list": page(INSIDE),
    "pricing:rate_create": page(MASTERS),
    # orders
    "orders:order_list": page(INSIDE | {PARTNER}),
    "orders:order_enter": page({SALES, ADMIN}),
    "orders:order_sheet": page({SALES, ADMIN}, POST_ONLY),
    "orders:order_look_up": page({SALES, ADMIN}),
    "orders:draft_list": page({SALES, ADMIN}),
    "orders:draft": page({SALES, ADMIN}, pk=lambda world: world.draft.pk),
    "orders:draft_discard": page({SALES, ADMIN}, pk=lambda world: world.draft.pk),
    "orders:hold_list": page(INSIDE),
    "orders:schedule_list": page(INSIDE),
    "orders:bulk_commits": page(CHANGERS, POST_ONLY),
    "orders:bulk_requests": page(CHANGERS, POST_ONLY),
    "orders:work_uncommitted": page(INSIDE),
    "orders:work_past_due": page(INSIDE),
    "orders:work_moved": page(INSIDE),
    "orders:work_releases": page(INSIDE),
    "orders:order_detail": page(INSIDE | {PARTNER}, **ORDER),
    "orders:order_book": page({SALES, ADMIN}, **ORDER),
    "orders:order_recheck": page(CHANGERS, **ORDER),
    "orders:order_transfer": page(CHANGERS, **ORDER),
    "orders:blanket_release": page({SALES, ADMIN}, **ORDER),
    "orders:blanket_validity": page(CHANGERS, **ORDER),
    "orders:line_change": page(CHANGERS, **LINE),
    "orders:line_price": page(CHANGERS, **LINE),
    "orders:line_transfer": page(CHANGERS, **LINE),
    "orders:line_cancel": page(CHANGERS, **LINE),
    "orders:schedule_commit": page(CHANGERS, **SCHEDULE),
    "orders:schedule_request": page(CHANGERS, **SCHEDULE),
    "orders:schedule_quantity": page(CHANGERS, **SCHEDULE),
    "orders:schedule_split": page(CHANGERS, **SCHEDULE),
    "orders:schedule_cancel": page(CHANGERS, **SCHEDULE),
    "orders:order_acknowledge": page(CHANGERS, **ORDER),
    "orders:acknowledgement_preview": page(INSIDE | {PARTNER}, **ACKNOWLEDGEMENT),
    "orders:acknowledgement_pdf": page(INSIDE | {PARTNER}, 302, **ACKNOWLEDGEMENT),
    "orders:invoice_preview": page(INSIDE | {PARTNER}, **INVOICE),
    "orders:invoice_pdf": page(INSIDE | {PARTNER}, 302, **INVOICE),
    "orders:acknowledgement_mail": page(INSIDE, **ACKNOWLEDGEMENT),
    "orders:invoice_mail": page(INSIDE, **INVOICE),
    "orders:mail_list": page(INSIDE),
    "orders:mail_again": page(INSIDE, pk=lambda world: world.paper_mail.pk),
    # the sample is on a hold that the order desk and managers may release
    "orders:hold_release": page({SALES, MANAGER, ADMIN}, **ORDER, hold=lambda world: world.hold.pk),
    "orders:order_ledger": page(INSIDE, **ORDER),
    "orders:order_compare": page(INSIDE, **ORDER),
    "orders:order_source": page(INSIDE, pk=lambda world: world.filed_order.pk),
    "orders:note_add": page(INSIDE, **ORDER),
    "orders:note_correct": page(INSIDE, **ORDER, note=lambda world: world.note.pk),
    "orders:attachment_add": page(INSIDE, **ORDER),
    "orders:attachment_download": page(INSIDE | {PARTNER}, **ORDER, attachment=lambda world: world.attachment.pk),
    "orders:attachment_remove": page(CHANGERS, **ORDER, attachment=lambda world: world.attachment.pk),
    "orders:invoice_credit": page({FINANCE, ADMIN}, **ORDER, invoice=lambda world: world.invoice.pk),
    # shipping
    "shipping:terms_list": page(INSIDE),
    "shipping:terms_create": page(MASTERS),
    "shipping:terms_detail": page(INSIDE, pk=lambda world: world.shipping_rule.terms_id),
    "shipping:terms_edit": page(MASTERS, pk=lambda world: world.shipping_rule.terms_id),
    "shipping:rule_list": page(INSIDE),
    "shipping:rule_create": page(MASTERS),
    "shipping:rule_detail": page(INSIDE, pk=lambda world: world.shipping_rule.pk),
    "shipping:rule_edit": page(MASTERS, pk=lambda world: world.shipping_rule.pk),
    "shipping:try_terms": page(INSIDE),
    "shipping:account_list": page(INSIDE),
    "shipping:account_create": page(MASTERS),
    "shipping:account_detail": page(INSIDE, pk=lambda world: world.account.pk),
    "shipping:carrier_detail": page(INSIDE, pk=lambda world: world.account.carrier_id),
    "shipping:account_edit": page(MASTERS, pk=lambda world: world.account.pk),
    "shipping:carrier_list": page(INSIDE),
    "shipping:carrier_create": page(MASTERS),
    "shipping:carrier_edit": page(MASTERS, pk=lambda world: world.account.carrier_id),
    # files in
    "exchange:trading_partner_list": page(FILES - {PARTNER}),
    "exchange:trading_partner_add": page(MASTERS),
    "exchange:trading_partner_detail": page(FILES - {PARTNER}, pk=lambda world: world.trading_partner.pk),
    "exchange:trading_partner_edit": page(MASTERS, pk=lambda world: world.trading_partner.pk),
    "exchange:batch_list": page(FILES),
    "exchange:upload": page(FILES),
    "exchange:template": page(FILES, NO_KIND),
    "exchange:export": page(FILES - {PARTNER}, NO_KIND),
    "exchange:batch_detail": page(FILES, but={PARTNER: 404}, pk=lambda world: world.batch.pk),
    "exchange:batch_accept": page(MASTERS, pk=lambda world: world.batch.pk),
    "exchange:batch_check": page(MASTERS, pk=lambda world: world.batch.pk),
    "exchange:batch_columns": page(MASTERS, pk=lambda world: world.batch.pk),
    "exchange:batch_discard": page(MASTERS | {PARTNER}, but={PARTNER: 404}, pk=lambda world: world.batch.pk),
    "exchange:batch_errors": page(FILES, but={PARTNER: 404}, pk=lambda world: world.batch.pk),
    "exchange:batch_missing": page(MASTERS, pk=lambda world: world.batch.pk),
    # after the sale
    "channel_inventory:report_list": page(FILES),
    "channel_inventory:pos_list": page(INSIDE),
    "channel_inventory:pos_detail": page(INSIDE, pk=lambda world: world.pos_line.pk),
    # how somebody likes a list
    "saved:view_list": page(EVERYBODY),
    "saved:view_save": page(EVERYBODY),
    # nobody's but its owner's, who is another colleague
    "saved:view_change": page(EVERYBODY, NOBODYS, pk=lambda world: world.saved_view.pk),
    "saved:view_delete": page(EVERYBODY, NOBODYS, pk=lambda world: world.saved_view.pk),
    # people
    "people:tenant_home": page(EVERYBODY, 302),
    "people:preferences": page(EVERYBODY),
    "people:tenant_settings": page(ADMIN),
    "people:member_list": page(ADMIN),
    "people:member_change": page(ADMIN, pk=lambda world: world.colleague.pk),
    "people:member_deactivate": page(ADMIN, pk=lambda world: world.colleague.pk),
    "people:member_reactivate": page(ADMIN, pk=lambda world: world.colleague.pk),
    "people:invitation_list": page(ADMIN),
    "people:invite": page(ADMIN),
    "people:invitation_withdraw": page(ADMIN, pk=lambda world: world.invitation.pk),
    "people:audit_list": page({MANAGER, FINANCE, ADMIN}),
    "people:roles": page(ADMIN),
    "people:history": page(INSIDE, kind=lambda world: "party", pk=lambda world: world.party.pk),
}

LOGIN = 302

OUTSIDE: dict[str, Open] = {
    "healthz": Open(200, 200),
    "readyz": Open(200, 200),
    "ui:theme": Open(POST_ONLY, POST_ONLY),
    "home": Open(LOGIN, 200),
    "invitation": Open(410, 410, {"secret": "1-nothing"}),
    "unsent": Open(LOGIN, 302),
    "unsubscribe": Open(404, 404, {"token": "nothing"}),
    "account_login": Open(200, 302),
    "account_logout": Open(302, 200),
    "account_inactive": Open(200, 200),
    "account_signup": Open(200, 302),
    "account_reauthenticate": Open(LOGIN, 200),
    "account_email": Open(404, 404),
    "account_email_verification_sent": Open(200, 200),
    "account_change_password": Open(LOGIN, 200),
    "account_set_password": Open(LOGIN, 302),
    "account_reset_password": Open(200, 200),
    "account_confirm_login_code": Open(302, 302),
    "account_confirm_email": Open(200, 200, {"key": "x"}),
    "account_reset_password_from_key_done": Open(200, 200),
    "account_reset_password_from_key": Open(200, 200, {"uidb36": "1", "key": "x-y"}),
    "account_reset_password_done": Open(200, 200),
    "mfa_index": Open(LOGIN, 200),
    "mfa_authenticate": Open(302, 302),
    "mfa_reauthenticate": Open(LOGIN, 302),
    "mfa_activate_totp": Open(LOGIN, 302),
    "mfa_deactivate_totp": Open(LOGIN, 404),
    "mfa_view_recovery_codes": Open(LOGIN, 404),
    "mfa_generate_recovery_codes": Open(LOGIN, 302),
    "mfa_download_recovery_codes": Open(LOGIN, 404),
}
