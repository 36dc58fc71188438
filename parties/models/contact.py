from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Contact(TenantModel):
    """A person at a party."""

    party = TenantKey("parties.Party", related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=60, blank=True, help_text="What to ask this person about")

    class Meta:
        indexes = [models.Index(fields=["tenant", "party"], name="contact_of_party")]

    def __str__(self) -> str:
        return self.name
