"""What every measure is given."""

from collections.abc import Callable
from dataclasses import dataclass

from oms.bench.database import World
from tenancy.models import Tenant

TENANT = "aurora"


@dataclass(frozen=True)
class Bench:
    """A world to measure in. `times`: repetitions of something short; long ones take fewer."""

    world: World
    tenant: Tenant
    times: int
    say: Callable[[str], None]

    def fewer(self, part: int) -> int:
        return max(1, self.times // part)
