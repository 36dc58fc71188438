from exchange.models import TradingPartner
from tenancy.models import Member


class IdentityTaken(ValueError):
    field = "identity"


def save_trading_partner(
    *,
    name: str,
    qualifier: str,
    identity: str,
    application: str,
    party_id: int | None,
    currency: str,
    test_allowed: bool,
    unit_map: dict[str, str],
    by: Member | None,
    partner_id: int | None = None,
) -> TradingPartner:
    """Say who is behind an EDI identity, or change what was said. Raises IdentityTaken."""
    same = TradingPartner.objects.filter(qualifier=qualifier, identity=identity, application=application)
    if partner_id is not None:
        same = same.exclude(pk=partner_id)
    if same.exists():
        raise IdentityTaken("There is a trading partner with this identity already.")
    partner = TradingPartner() if partner_id is None else TradingPartner.objects.get(pk=partner_id)
    partner.name, partner.qualifier, partner.identity, partner.application = name, qualifier, identity, application
    partner.party_id, partner.currency, partner.test_allowed = party_id, currency, test_allowed
    partner.unit_map = unit_map
    partner.save()
    return partner
