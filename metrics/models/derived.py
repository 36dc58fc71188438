from django.db import models

from tenancy.models import BulkModel


class DerivedModel(BulkModel):
    """A row computed from ledger rows of the same tenant, at their grain: sell-to × end buyer × product × currency.

    The keys are copies of the ledger's, which its own foreign keys guard, so they carry no constraint of their own:
    checking four keys on each of millions of rows would take most of a rebuild. Nor is there an id: key and day name
    a row, and every further index is paid for on each of them. `end_buyer_id` is 0 where the ledger names none, so
    that a plain index holds every key once.
    """

    sell_to_id = models.BigIntegerField()
    end_buyer_id = models.BigIntegerField(help_text="0: none named")
    product_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        abstract = True
