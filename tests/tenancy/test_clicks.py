"""The same click twice is one row."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection, transaction

from parties.models import Party
from tenancy.clicks import ClickTaken, SentBefore, digest_of, forget_clicks, once
from tenancy.models import Click
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW


class Refused(Exception):
    pass


def click(by, key, code="P", path="/aurora/parties/new/"):
    def do():
        return f"/aurora/parties/{make_party(code).pk}/"

    return once(key=key, by=by, path=path, do=do)


def test_the_second_click_is_answered_with_the_firsts_place(desk):
    key = uuid4()
    assert click(desk, key, "P1") == click(desk, key, "P2")
    assert [party.code for party in Party.objects.all()] == ["P1"]


def test_another_form_is_another_click(desk):
    assert click(desk, uuid4(), "P1") != click(desk, uuid4(), "P2")


def test_the_same_form_with_other_values_is_not_taken_for_the_first(desk):
    key, answers = uuid4(), []
    for quantity in ("1", "1", "2"):
        body = digest_of([("quantity", [quantity]), ("csrfmiddlewaretoken", [uuid4().hex])])
        try:
            answers.append(once(key=key, by=desk, path="/p/", do=lambda: f"/made/{len(answers)}/", body=body))
        except SentBefore as refused:
            answers.append(refused)
    assert answers[:2] == ["/made/0/", "/made/0/"]
    assert answers[2].location == "/made/0/"


def test_what_fails_does_not_burn_the_key(desk):
    key = uuid4()

    def refuse():
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        once(key=key, by=desk, path="/aurora/parties/new/", do=refuse)
    click(desk, key)
    assert Party.objects.count() == 1


def test_a_key_on_another_page_or_of_another_person_is_refused(desk):
    key = uuid4()
    click(desk, key, "P1")
    with pytest.raises(ClickTaken):
        click(desk, key, "P2", path="/aurora/orders/new/")
    with pytest.raises(ClickTaken):
        click(make_member(), key, "P2")
    assert Party.objects.count() == 1


def test_the_same_key_at_another_tenant_is_another_click(desk, kestrel):
    key = uuid4()
    click(desk, key)
    with tenant_scope(kestrel.pk):
        click(make_member(), key)
        assert Party.objects.count() == 1


def test_a_long_address_is_still_the_same_page(desk):
    key, path = uuid4(), "/aurora/" + "x" * 600
    assert click(desk, key, path=path) == click(desk, key, path=path)


def test_old_keys_are_forgotten(desk):
    click(desk, uuid4(), "P1")
    key = uuid4()
    click(desk, key, "P2")
    Click.objects.exclude(key=key).update(created_at="2026-11-01T00:00Z")
    assert forget_clicks(before=NOW.replace(day=2)) == 1
    assert Click.objects.get().key == key


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_once_is_one_row(aurora):
    with tenant_scope(aurora.pk):
        member = make_member()
    key, start, answers = uuid4(), threading.Barrier(4), []

    def slowly():
        time.sleep(0.2)
        return f"/aurora/parties/{make_party(f'P{threading.get_ident()}').pk}/"

    def press():
        try:
            start.wait(10)
            with tenant_scope(aurora.pk):
                answers.append(once(key=key, by=member, path="/aurora/parties/new/", do=slowly))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with tenant_scope(aurora.pk):
        assert Party.objects.count() == 1
    assert len(answers) == 4
    assert len(set(answers)) == 1
