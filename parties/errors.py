"""Why a change of a party is refused. `field` is where a form shows it."""


class PartyRefusal(ValueError):
    field = ""


class CodeTaken(PartyRefusal):
    field = "code"


class ParentCycle(PartyRefusal):
    """The party would stand above itself."""

    field = "parent"


class PartyMerged(PartyRefusal):
    """The party was merged into another, which is the one to change."""


class AliasTaken(PartyRefusal):
    """The text means another party already."""

    field = "alias"


class AliasEmpty(PartyRefusal):
    """Nothing of the text is left to compare: no letter and no digit."""

    field = "alias"


class LocationCodeTaken(PartyRefusal):
    field = "code"
