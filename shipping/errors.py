"""Why a change of terms, rules, accounts or carriers is refused. `field` is where a form shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field. `code` is for programs."""

    field: str
    code: str
    message: str


class ShippingRefused(ValueError):
    """The values contradict each other. Shown at the first field concerned, with all that is wrong there."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        self.field = problems[0].field
        self.messages = [problem.message for problem in problems if problem.field == self.field]
        super().__init__(" ".join(problem.message for problem in problems))


class StaleVersion(Exception):
    """Somebody else saved in between. `current` is the record as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current} is at version {current.version} now.")
        self.current = current


def refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ShippingRefused(problems)
