"""What a member can be: which roles go with a party, and who may see cost."""

from tenancy.choices import OUTSIDERS


class BadStanding(Exception):
    """A role, party and cost right that do not go together; `field` is the one to mend."""

    field = "party"


class PartyNeeded(BadStanding):
    def __init__(self) -> None:
        super().__init__("A dock or partner member sees one party's rows alone: say which.")


class PartyNotAllowed(BadStanding):
    def __init__(self) -> None:
        super().__init__("Only dock and partner members belong to a party.")


class CostNotAllowed(BadStanding):
    field = "sees_cost"

    def __init__(self) -> None:
        super().__init__("Costs and agreed prices are never shown to dock and partner members.")


def check_standing(*, role: str, party_id: int | None, sees_cost: bool) -> None:
    """Raises a BadStanding; the database would refuse the first two as well, in its own words."""
    is_outsider = role in OUTSIDERS
    if is_outsider and party_id is None:
        raise PartyNeeded
    if not is_outsider and party_id is not None:
        raise PartyNotAllowed
    if is_outsider and sees_cost:
        raise CostNotAllowed
