import logging as std
from typing import Any

from django.test import RequestFactory

from oms.settings.logs import logging, mask_secret_paths
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member


def line_of(**extra: Any) -> str:
    """A warning as Django words it, as it comes out in production."""
    formatter: dict[str, Any] = logging(json=True)["formatters"]["structured"]
    record = std.LogRecord("django.security.csrf", std.WARNING, "", 1, "Refused: %s", ("/invitation/s3cret/",), None)
    record.__dict__.update(extra)
    return formatter.pop("()")(**formatter).format(record)


def test_secrets_in_addresses_do_not_reach_the_log():
    event = {"event": "request_started", "request": "GET /invitation/abc-DEF_1/", "code": 200}
    reset = {"request": "GET /accounts/password/reset/key/3-secret/ x"}
    assert mask_secret_paths(None, "info", event)["request"] == "GET /invitation/…/"
    assert mask_secret_paths(None, "info", reset)["request"] == "GET /accounts/password/reset/key/…/ x"


def test_secrets_in_requests_that_go_with_a_message_do_not_reach_the_log():
    line = line_of(request=RequestFactory().post("/invitation/s3cret/?page=2"), status_code=403)
    assert "s3cret" not in line
    assert '"request": "POST /invitation/\\u2026/?page=2"' in line
    assert '"status_code": 403' in line


def test_what_is_refused_or_not_found_leaves_no_trace_of_the_program_in_the_log(client, aurora, kestrel, caplog):
    with tenant_scope(aurora.pk):
        client.force_login(make_member(Role.FINANCE).user)
    assert client.get("/aurora/people/invite/").status_code == 403
    assert client.get("/kestrel/orders/").status_code == 404
    told = [record for record in caplog.records if record.levelno >= std.WARNING]
    assert told
    assert not [record for record in told if record.exc_info or record.name == "django.request"]
