from django.db import models

from parties.choices import LocationPurpose
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Location(TenantModel):
    """A place of a party: where goods go to or leave from."""

    party = TenantKey("parties.Party", related_name="locations")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=LocationPurpose)
    address1 = models.CharField(max_length=200)
    address2 = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100)
    region = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    gln = models.CharField(max_length=13, blank=True, help_text="GS1 global location number")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "party", "code"], name="location_code_once")]
        indexes = [models.Index(fields=["tenant", "purpose", "party"], name="location_by_purpose")]

    def __str__(self) -> str:
        return self.name
