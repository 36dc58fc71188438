"""The link that ends a subscription without a login: signed, and good for that one subscription alone."""

from dataclasses import dataclass

from django.core import signing

from metrics.models import ReportSubscription

SALT = "metrics.unsubscribe"


class BadLink(ValueError):
    """Nobody gave this link."""


@dataclass(frozen=True)
class Leaving:
    tenant_id: int
    subscription_id: int


def token_of(subscription: ReportSubscription) -> str:
    return signing.dumps([subscription.tenant_id, subscription.pk], salt=SALT)


def read_token(token: str) -> Leaving:
    try:
        tenant_id, subscription_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink("This link is not one of ours.") from error
    return Leaving(tenant_id, subscription_id)
