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


class PersonTaken(PartyRefusal):
    """The party has a person of this name."""

    field = "name"


class MergeRefused(PartyRefusal):
    """What is kept about the two parties contradicts itself; `messages` name each contradiction."""

    field = "survivor"
    MOST = 20

    def __init__(self, messages: list[str]):
        more = len(messages) - self.MOST
        self.messages = messages[: self.MOST] + ([f"And {more:,} more."] if more > 0 else [])
        super().__init__(" ".join(self.messages))


class AliasTaken(PartyRefusal):
    """The text means another party already."""

    field = "alias"


class AliasEmpty(PartyRefusal):
    """Nothing of the text is left to compare: no letter and no digit."""

    field = "alias"


class LocationCodeTaken(PartyRefusal):
    field = "code"
