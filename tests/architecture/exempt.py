"""What the rules of the tables do not cover, each with its reason."""

TABLES_WITHOUT_TENANT = {
    "tenancy_tenant": "the tenant itself; its own policies compare the id",
    "tenancy_user": "a person may belong to several tenants, and signs in before any is known",
    "tenancy_user_groups": "of Django, not used",
    "tenancy_user_user_permissions": "of Django, not used",
    "auth_group": "of Django, not used",
    "auth_group_permissions": "of Django, not used",
    "auth_permission": "of Django, the same for everybody",
    "django_content_type": "of Django, the same for everybody",
    "django_migrations": "of Django, the same for everybody",
    "django_session": "belongs to a person or to nobody",
    "account_emailaddress": "of allauth, belongs to a person",
    "account_emailconfirmation": "of allauth, belongs to a person",
    "mfa_authenticator": "of allauth, belongs to a person",
}

DERIVED = "a figure made from the ledger, whose keys were checked; dropped and rebuilt as a whole"

IDS_WITHOUT_KEY = {
    "metrics_backlogposition.sell_to_id": DERIVED,
    "metrics_backlogposition.end_buyer_id": DERIVED,
    "metrics_backlogposition.product_id": DERIVED,
    "metrics_dailyflow.sell_to_id": DERIVED,
    "metrics_dailyflow.end_buyer_id": DERIVED,
    "metrics_dailyflow.product_id": DERIVED,
    "metrics_deliveryoutcome.schedule_id": DERIVED,
    "metrics_deliveryoutcome.order_id": DERIVED,
    "metrics_deliveryoutcome.line_id": DERIVED,
    "metrics_deliveryoutcome.end_buyer_id": DERIVED,
    "metrics_deliveryoutcome.product_id": DERIVED,
    "metrics_deliveryoutcome.site_id": DERIVED,
    "tenancy_auditentry.row_id": "a row of any table, perhaps deleted since",
    "tenancy_auditentry.about_id": "a row of any table, perhaps deleted since",
    "tenancy_auditentry.member_id": "append-only, written by triggers while tables are filled in any order",
    "tenancy_click.member_id": "short-lived and only compared with the member of the request",
    "tenancy_member.user_id": "people are outside of the tenants; the key to tenancy_user is Django's",
}

TABLES_WITHOUT_ID = {
    "metrics_backlogposition": "named by its key and first day, the tenant first; nobody's foreign key",
    "metrics_deliveryoutcome": "named by its schedule, the tenant first; nobody's foreign key",
    "metrics_dailyflow": "named by its key and day, the tenant first; nobody's foreign key",
}

UNIQUE_ACROSS_TENANTS = {
    "jobs_generatedfile.storage_name": "a name on disk, random",
    "tenancy_invitation.secret_hash": "found by the secret alone, before a tenant is known",
}

# the trigger refuses whoever asks, and the application role may only read and insert
LEDGERS = {
    "channel_inventory_layerconsumption",
    "channel_inventory_liabilityledger",
    "channel_inventory_stockledger",
    "orders_invoiceline",
    "orders_orderledger",
    "orders_ordernote",
    "tenancy_auditentry",
}
WRITTEN_BY_TRIGGER_ALONE = {"tenancy_auditentry"}

# beside reading; everything else that an outsider sets off is done as the house
WRITTEN_BY_OUTSIDERS = {
    "exchange_importbatch": {"insert"},  # a partner's upload
    "jobs_generatedfile": {"insert"},  # the uploaded file, and what a job of theirs makes
    "jobs_jobrequest": {"insert", "update"},  # asked for, run and asked for again
    "tenancy_auditentry": {"insert", "update", "delete"},  # the application role holds none of these rights
    "tenancy_click": {"insert", "update"},  # keys of their forms
    "tenancy_member": {"insert", "update", "delete"},  # a trigger lets their own preferences through and no more
    "ui_savedview": {"insert", "update", "delete"},  # their own views of lists
}
