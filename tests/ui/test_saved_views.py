"""Views of a list that members save: filters, order, columns and rows under a name."""

import re

import pytest
from django.db import connection

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member
from ui.models import SavedView

LIST, SAVE = "/aurora/list/", "/aurora/views/save/"


def headings(response):
    body = response.content.decode()
    return re.findall(r"<th scope=\"col\"[^>]*>(?:<a [^>]*>)?([^<↑↓]+?) ?[↑↓]?<", body)


def tab_names(response):
    nav = re.search(r'<nav class="views".*?</nav>', response.content.decode(), re.DOTALL)[0]
    return re.findall(r"<a [^>]*>([^<]+?)\s*<", nav)


def save(client, at, **values):
    return client.post(SAVE, {"at": at, "name": "Mine", **values})


def rows_of(tenant):
    with tenant_scope(tenant.pk):
        return list(SavedView.objects.order_by("pk").values_list("name", "page", "query", "is_default", "is_shared"))


def test_columns_are_chosen_and_put_in_order(signed_in, invitations):
    response = signed_in().get(LIST, {"cols": ["expires", "e-mail", "nonsense"]})
    assert headings(response) == ["Expires", "E-mail"]


def test_no_choice_brings_a_column_that_the_member_may_not_see(signed_in, invitations):
    assert headings(signed_in(sees_cost=False).get(LIST, {"cols": ["cost", "e-mail"]})) == ["E-mail"]


def test_an_export_has_the_columns_chosen(signed_in, invitations):
    response = signed_in().get(LIST, {"cols": ["role", "e-mail"], "sort": "email", "export": "csv"})
    assert b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[:2] == [
        "Role,E-mail",
        "Sales operations,a@example.com",
    ]


def test_rows_of_a_page_are_chosen_from_what_is_offered(signed_in, invitations):
    client = signed_in()
    assert client.get(LIST, {"rows": "25"}).content.decode().count("@example.com</a>") == 7
    assert client.get(LIST, {"rows": "100000"}).content.decode().count("@example.com</a>") == 3


def test_a_view_keeps_filters_order_columns_and_rows(signed_in, invitations, aurora):
    client = signed_in()
    at = LIST + "?sort=email&role=finance&page=oXX&cols=expires&cols=e-mail&rows=25&q="
    answer = save(client, at)
    kept = "cols=expires&cols=e-mail&role=finance&rows=25&sort=email"
    assert rows_of(aurora) == [("Mine", "sample:list", kept, False, False)]
    led = client.get(answer.url, follow=True)
    assert led.redirect_chain == [(f"{LIST}?{kept}", 302)]
    assert tab_names(led) == ["All", "Mine"]
    assert 'aria-current="page">Mine' in led.content.decode()


def test_the_same_name_replaces_ones_own_view(signed_in, invitations, aurora):
    client = signed_in()
    save(client, LIST + "?role=finance")
    save(client, LIST + "?role=sales_ops")
    assert rows_of(aurora) == [("Mine", "sample:list", "role=sales_ops", False, False)]


def test_a_default_opens_the_list_and_all_is_still_there(signed_in, invitations):
    client = signed_in()
    save(client, LIST + "?role=finance", is_default="on")
    opened = client.get(LIST)
    assert (opened.status_code, opened.url) == (302, f"{LIST}?role=finance")
    assert client.get(LIST, {"view": "all"}).content.decode().count("@example.com</a>") == 3
    assert 'href="?view=all">All' in client.get(opened.url).content.decode()


def test_one_default_a_list(signed_in, invitations, aurora):
    client = signed_in()
    save(client, LIST + "?role=finance", is_default="on")
    save(client, LIST + "?role=sales_ops", name="Other", is_default="on")
    assert [(name, default) for name, _, _, default, _ in rows_of(aurora)] == [("Mine", False), ("Other", True)]


def test_shared_views_are_everybodys_and_private_ones_are_not(signed_in, client, invitations, aurora):
    signed_in(Role.ADMIN)
    save(client, LIST + "?role=finance", is_shared="on", name="Ours")
    save(client, LIST + "?role=sales_ops", name="Secret", is_default="on")
    signed_in(Role.SALES_OPS)
    assert tab_names(client.get(LIST)) == ["All", "Ours"]
    with tenant_scope(aurora.pk):
        ours = SavedView.objects.get(name="Ours").pk
    assert client.get(f"/aurora/views/{ours}/").status_code == 404
    assert client.post(f"/aurora/views/{ours}/delete/").status_code == 404


def test_sharing_is_a_right(signed_in, invitations, aurora):
    client = signed_in(Role.SALES_OPS)
    assert "is_shared" not in client.get(LIST).content.decode()
    save(client, LIST, is_shared="on")
    assert rows_of(aurora) == [("Mine", "sample:list", "", False, False)]


@pytest.mark.parametrize(
    "at", ["", "/nowhere/at/all/", "/kestrel/list/", "https://evil.example/aurora/list/", "http://[aurora", "x" * 5000]
)
def test_only_addresses_of_this_tenant_are_kept(signed_in, invitations, aurora, at):
    assert save(signed_in(), at).status_code == 422
    assert rows_of(aurora) == []


def test_too_many_views_and_too_long_ones_are_refused(signed_in, invitations, aurora):
    client = signed_in()
    long = LIST + "?" + "&".join(f"cols=column-{n}" for n in range(200))
    assert b"too long to be kept" in save(client, long).content
    for number in range(30):
        save(client, LIST, name=f"View {number}")
    assert b"delete one first" in save(client, LIST, name="One more").content
    assert save(client, LIST, name="View 7").status_code == 302


def test_renaming_sharing_and_deleting_ones_own(signed_in, invitations, aurora):
    client = signed_in()
    save(client, LIST + "?role=finance")
    save(client, LIST, name="Other")
    with tenant_scope(aurora.pk):
        mine = SavedView.objects.get(name="Mine").pk
    page = f"/aurora/views/{mine}/"
    assert b"You have another view" in client.post(page, {"name": "Other"}).content
    assert client.post(page, {"name": "New", "is_default": "on", "is_shared": "on"}).status_code == 302
    assert rows_of(aurora)[0] == ("New", "sample:list", "role=finance", True, True)
    assert "New" in client.get("/aurora/views/").content.decode()
    assert client.post(f"{page}delete/").status_code == 302
    assert [name for name, *_ in rows_of(aurora)] == ["Other"]


def test_outsiders_reach_their_own_views_only_in_sql_too(aurora):
    with tenant_scope(aurora.pk):
        insider, party = make_member(Role.ADMIN), make_party()
        partner, other = (make_member(Role.PARTNER, party_id=party.pk) for _ in range(2))
        for member in (insider, partner, other):
            SavedView.objects.create(member=member, page="x:y", name="Mine", is_shared=True)
    with tenant_scope(aurora.pk, party_id=party.pk, member_id=partner.pk), connection.cursor() as cursor:
        cursor.execute("SELECT member_id FROM ui_savedview")
        assert cursor.fetchall() == [(partner.pk,)]


def test_selected_rows_are_exported(signed_in, invitations):
    client = signed_in()
    body = client.get(LIST).content.decode()
    assert 'aria-label="Select g@example.com"' in body
    ids = [row.pk for row in invitations[:2]]
    response = client.post(LIST, {"row": ids, "export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["E-mail", "b@example.com", "a@example.com"]


def test_all_that_match_are_exported_up_to_a_bound(signed_in, invitations, monkeypatch):
    client = signed_in()
    response = client.post(f"{LIST}?role=finance", {"all": "1", "export": "csv"})
    assert len(b"".join(response.streaming_content).decode().splitlines()) == 4
    monkeypatch.setattr("ui.bulk.MOST_ROWS", 2)
    refused = client.post(LIST, {"row": [row.pk for row in invitations], "export": "csv"}, follow=True)
    assert "More than 2 rows are selected." in refused.content.decode()
