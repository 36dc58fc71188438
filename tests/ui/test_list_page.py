import csv
import io
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from python_calamine import load_workbook

from tenancy.choices import Role
from tenancy.models import Invitation
from tenancy.scope import tenant_scope

LIST = "/aurora/list/"


def emails(response):
    return re.findall(r">([a-g])@example\.com</a>", response.content.decode())


def href(response, label):
    body = response.content.decode()
    found = re.search(
        rf'<a class="btn"(?: id="[^"]+")? href="([^"]+)"[^>]*>(?:<svg(?:(?!</svg>).)*</svg>)?{label}', body
    )
    return found and found[1].replace("&amp;", "&")


def test_pages_by_key_forward_and_back(signed_in, invitations):
    client = signed_in()
    first = client.get(LIST)
    assert emails(first) == ["g", "f", "e"]
    assert href(first, "Newer") is None
    second = client.get(LIST + href(first, "Older"))
    assert emails(second) == ["d", "c", "b"]
    third = client.get(LIST + href(second, "Older"))
    assert emails(third) == ["a"]
    assert href(third, "Older") is None
    back = client.get(LIST + href(third, "Newer"))
    assert emails(back) == ["d", "c", "b"]
    assert emails(client.get(LIST + href(back, "Newer"))) == ["g", "f", "e"]


def test_never_uses_offset(signed_in, invitations, django_assert_max_num_queries):
    client = signed_in()
    older = href(client.get(LIST), "Older")
    with django_assert_max_num_queries(20) as captured:
        client.get(LIST + older)
    assert not [query for query in captured.captured_queries if "OFFSET" in query["sql"]]
    assert [query for query in captured.captured_queries if re.search(r"\(.*created_at.*id.*\) < \(", query["sql"])]


# the last two hold a number without an end, and brackets without one
@pytest.mark.parametrize(
    "token",
    [
        "x",
        "oAAAA",
        "o%5B%5D",
        "nWzFd",
        "oW251bGwsbnVsbF0",
        "\x00",
        "oWyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIixJbmZpbml0eV0",
        "o" + "W1tb" * 900,
    ],
)
def test_damaged_token_is_the_first_page(signed_in, invitations, token):
    assert emails(signed_in().get(LIST, {"page": token})) == ["g", "f", "e"]


def test_sorts_only_by_declared_orderings(signed_in, invitations):
    client = signed_in()
    assert emails(client.get(LIST, {"sort": "email"})) == ["a", "b", "c"]
    assert emails(client.get(LIST, {"sort": "-email"})) == ["g", "f", "e"]
    assert emails(client.get(LIST, {"sort": "secret_hash"})) == ["g", "f", "e"]
    body = client.get(LIST, {"sort": "email"}).content.decode()
    assert re.search(r'aria-sort="ascending"><a id="by-\d+" href="\?sort=-email">E-mail ↑</a>', body)


def test_filters_and_says_by_what(signed_in, invitations):
    client = signed_in()
    response = client.get(LIST, {"role": "finance", "expires_at_after": "2026-11-25"})
    assert emails(response) == ["f", "d"]
    body = response.content.decode()
    assert '<span>Role</span><span class="val">Finance</span><a href="?expires_at_after=2026-11-25"' in body
    assert '<span>Expires</span><span class="val">from 25 Nov 2026</span><a href="?role=finance"' in body


def test_unreadable_filter_shows_its_error_and_no_rows(signed_in, invitations):
    response = signed_in().get(LIST, {"expires_at_after": "soon"})
    assert emails(response) == []
    body = response.content.decode()
    assert '<details class="pop left" open>' in body
    assert '<span class="field-error" id="id_expires_at_error">No such day: soon. Write it as 2027-01-14.<' in body
    assert "A filter cannot be read" in body
    assert "No invitations yet" not in body


def test_a_list_with_an_unreadable_filter_is_no_file(signed_in, invitations):
    response = signed_in().get(LIST, {"expires_at_after": "soon", "export": "csv"})
    assert "No such day" in response.content.decode()


def test_filtered_away_names_the_filters(signed_in, invitations):
    body = signed_in().get(LIST, {"q": "zzz"}).content.decode()
    assert "Nothing matches 1 filter" in body
    assert "Without e-mail" in body


def test_empty_list_says_what_to_do_next(signed_in):
    body = signed_in().get(LIST).content.decode()
    assert "No invitations yet" in body
    assert '<a class="btn btn-primary" href="/aurora/new/">Invite</a>' in body


def test_counts_stop_at_their_cap(signed_in, aurora, now):
    with tenant_scope(aurora.pk):
        Invitation.objects.bulk_create(
            Invitation(email=f"p{n}@example.com", role="finance", secret_hash=str(n), expires_at=now)
            for n in range(1001)
        )
    client = signed_in()
    assert '<b>1,000+</b> <a class="inline" href="?count=exact"' in client.get(LIST).content.decode()
    assert "<b>1,001</b>" in client.get(LIST, {"count": "exact"}).content.decode()


def test_cost_columns_need_their_own_right_in_page_and_files(signed_in, invitations):
    blind = signed_in(Role.ADMIN, sees_cost=False)
    assert "Cost" not in blind.get(LIST).content.decode()
    assert "Cost" not in b"".join(blind.get(LIST, {"export": "csv"}).streaming_content).decode()
    seeing = signed_in(Role.ADMIN, sees_cost=True)
    assert "Cost" in seeing.get(LIST).content.decode()
    assert "Cost" in b"".join(seeing.get(LIST, {"export": "csv"}).streaming_content).decode()


def test_htmx_gets_the_list_alone(signed_in, invitations):
    headers = {"HX-Request": "true", "HX-Target": "div#list"}
    body = signed_in().get(LIST, headers=headers).content.decode()
    assert body.startswith('<div id="list">')
    assert "<html" not in body


def test_csv_holds_all_that_is_filtered_in_this_tenant(signed_in, invitations, kestrel, now):
    with tenant_scope(kestrel.pk):
        Invitation.objects.create(email="k@example.com", role="finance", secret_hash="k", expires_at=now)
    response = signed_in().get(LIST, {"role": "finance", "sort": "email", "export": "csv"})
    assert response["Content-Disposition"].startswith('attachment; filename="invitations-')
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["E-mail"] for row in rows] == ["b@example.com", "d@example.com", "f@example.com"]
    assert rows[0]["Role"] == "Finance"


def test_csv_cells_are_never_formulas(signed_in, aurora, now):
    with tenant_scope(aurora.pk):
        Invitation.objects.create(email="=cmd|'/c calc'!A1", role="finance", secret_hash="x", expires_at=now)
    text = b"".join(signed_in().get(LIST, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["E-mail"] == "'=cmd|'/c calc'!A1"


def test_xlsx_holds_numbers_as_numbers(signed_in, invitations):
    response = signed_in(Role.ADMIN, sees_cost=True).get(LIST, {"sort": "email", "export": "xlsx"})
    rows = load_workbook(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["E-mail", "Role", "Party", "Cost"]
    assert len(rows) == 8
    assert rows[1][0] == "a@example.com"
    assert rows[1][3] == invitations[0].pk * 1000


def test_unknown_export_is_refused(signed_in, invitations):
    assert signed_in().get(LIST, {"export": "exe"}).status_code == 400


def test_a_page_without_a_declared_right_does_not_open(signed_in):
    with pytest.raises(ImproperlyConfigured, match="declares no permission"):
        signed_in().get("/aurora/undeclared/")
