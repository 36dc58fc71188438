"""A list takes as many queries for fifty rows as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.architecture.list_pages import LISTS
from tests.architecture.urls import named_patterns, tenant_names, view_class
from tests.architecture.world import World
from tests.jobs.kinds import HANDLERS
from ui.views import ListPage

# the test's own transaction turns the request's into a savepoint
AROUND = ("SAVEPOINT", "RELEASE")


def is_list(name, pattern):
    view = view_class(pattern)
    return name.endswith("_list") or (view is not None and issubclass(view, ListPage))


def test_every_list_page_has_a_baseline():
    patterns = named_patterns()
    assert sorted(LISTS) == sorted(name for name in tenant_names() if is_list(name, patterns[name]))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_asks_the_same_queries_however_long_it_is(db, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_HANDLERS = {**settings.JOB_HANDLERS, **HANDLERS}
    world, case = World("aurora"), LISTS[name]
    client = Client()
    client.force_login(world.member(Role.ADMIN).user)
    given = {key: value(world) for key, value in case.kwargs.items()}
    url = reverse(name, kwargs={"tenant": world.tenant.slug, **given})
    client.get(url)
    counts = []
    for more in (2, 7):
        with tenant_scope(world.tenant.pk):
            case.fill(world, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked = [sql for query in queries if not (sql := query["sql"].strip()).startswith(AROUND)]
        counts.append(len(asked))
    assert counts == [case.queries, case.queries], "\n".join(sql[:150] for sql in asked)
