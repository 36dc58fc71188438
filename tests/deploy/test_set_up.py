import pytest

from oms.management.commands.set_up import wants_demo


@pytest.mark.parametrize(
    ("embedded", "demo", "wanted"),
    [("1", None, True), ("1", "0", False), (None, None, False), (None, "0", False), (None, "1", True)],
)
def test_known_logins_enter_given_servers_only_on_request(monkeypatch, embedded, demo, wanted):
    for name, value in (("OMS_EMBEDDED_SERVERS", embedded), ("OMS_DEMO", demo)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert wants_demo() is wanted
