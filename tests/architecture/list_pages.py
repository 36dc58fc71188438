"""How many queries each list page takes, whatever the number of rows. A new list needs a line here.

`fill` makes so many rows in the tenant in scope. When a count falls, lower it; when it rises, find out why first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from jobs.actions.request_job import request_job
from tests.architecture.world import World


@dataclass(frozen=True)
class ListPage:
    queries: int
    fill: Callable[[World, int], None]


def jobs(world: World, count: int) -> None:
    for number in range(count):
        request_job(kind="mark", unique_key=f"{count}-{number}", payload={}, by=None, at=timezone.now())


LISTS: dict[str, ListPage] = {
    "jobs:job_list": ListPage(8, jobs),
}
