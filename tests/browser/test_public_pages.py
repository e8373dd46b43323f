"""One page of each public template in a real browser: accessible, in place, and quiet."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    "/",
    "/triggers/",
    "/triggers/sleep/",
    "/articles/",
    "/articles/exercise-without-payback/",
    "/tags/",
    "/tags/pain/",
    "/tips/?energy=low",
    "/tips/flare-day/",
    "/tip/take-a-short-easy-walk/",
    "/glossary/",
    "/a-to-z/",
    "/evidence/",
    "/sources/",
    "/sources/clauw2014/",
    "/search/?q=sleep",
    "/search/?q=want+to+die",
    "/help-now/",
    "/newly-diagnosed/",
    "/evidence-grades/",
    "/no-such-page/",
]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture
def watched(page):
    """A page that remembers what its console and network complain about."""
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(request.url))
    return page


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page(watched, starter_server, address):
    requests = []
    watched.on("request", lambda request: requests.append(request.url))
    watched.set_viewport_size({"width": 360, "height": 740})
    watched.goto(starter_server + address)

    for scheme in ("light", "dark"):
        watched.emulate_media(color_scheme=scheme)
        violations = Axe().run(watched, options=AXE).response["violations"]
        assert [(scheme, each["id"], each["nodes"][0]["html"][:120]) for each in violations] == []

    watched.set_viewport_size({"width": 320, "height": 740})
    assert watched.evaluate("document.documentElement.scrollWidth") <= 320

    assert all(url.startswith(starter_server) for url in requests)
    assert watched.context.cookies() == []
    expected = ["404"] if address == "/no-such-page/" else []
    assert [text for text in watched.complaints if not any(e in text for e in expected)] == []


def test_the_skip_link_leads_to_the_text(page, starter_server):
    page.goto(starter_server + "/triggers/sleep/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_search_works_without_javascript(browser, starter_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(starter_server)
    page.get_by_label("Search this site").fill("sleep")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name="Sleep disturbance").get_by_role("link").click()
    assert page.url == f"{starter_server}/triggers/sleep/"
    context.close()
