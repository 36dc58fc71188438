"""The new date of many schedules in one word: a day for all, days from what each has, or as each was requested."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class DateRule:
    """One of the three is given."""

    to: date | None = None
    days: int | None = None
    is_as_requested: bool = False

    def date_for(self, requested: date, was: date | None) -> date | None:
        """The new date of one; None where days were asked for and there is nothing to count from."""
        if self.is_as_requested:
            return requested
        if self.to is not None:
            return self.to
        return None if was is None or self.days is None else was + timedelta(days=self.days)

    def as_json(self) -> dict[str, str | int | bool | None]:
        to = self.to.isoformat() if self.to else None
        return {"to": to, "days": self.days, "is_as_requested": self.is_as_requested}


def rule_from(stored: dict[str, str | int | bool | None]) -> DateRule:
    """What `as_json` wrote."""
    to, days = stored["to"], stored["days"]
    return DateRule(
        to=date.fromisoformat(str(to)) if to else None,
        days=None if days is None else int(days),
        is_as_requested=bool(stored["is_as_requested"]),
    )
