from oms.settings.logs import mask_secret_paths


def test_secrets_in_addresses_do_not_reach_the_log():
    event = {"event": "request_started", "request": "GET /invitation/abc-DEF_1/", "code": 200}
    reset = {"request": "GET /accounts/password/reset/key/3-secret/ x"}
    assert mask_secret_paths(None, "info", event)["request"] == "GET /invitation/…/"
    assert mask_secret_paths(None, "info", reset)["request"] == "GET /accounts/password/reset/key/…/ x"
