def test_live_server_answers_a_browser(browser_page):
    response = browser_page.goto("/healthz")
    assert response.status == 200
    assert browser_page.inner_text("body").strip() == "ok"
