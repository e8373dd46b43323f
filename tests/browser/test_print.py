"""Pages on paper: address, dates and sources are there; what only works on a screen is not."""

import re
import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    "/",
    "/triggers/sleep/",
    "/articles/exercise-without-payback/",
    "/tips/flare-day/",
    "/tips/",
    "/help-now/",
    "/evidence-grades/",
    "/glossary/",
]
DATED = ["/triggers/sleep/", "/articles/exercise-without-payback/", "/tips/flare-day/"]
CITING = ["/triggers/sleep/", "/articles/exercise-without-payback/"]
HIDDEN = ".site-nav, .breadcrumbs, .search-form, .filters, .pagination, .contents, .back-links"


@pytest.mark.parametrize("address", PAGES)
def test_on_paper(page, starter_server, address, tmp_path):
    page.goto(starter_server + address)
    assert not page.locator(".print-header").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    words = page.locator("body").inner_text()

    assert f"Printed from {starter_server}{address}" in words
    assert page.locator("h1").is_visible()
    assert not any(each.is_visible() for each in page.locator(HIDDEN).all())
    if address in DATED:
        assert "Last changed" in page.locator(".print-header").inner_text()
        assert "Not yet reviewed by a clinician" in page.locator(".print-header").inner_text()
    if address in CITING:
        assert page.locator(".sources li").first.is_visible()
        assert page.locator(".citation").first.is_visible()
        assert "doi:" in page.locator(".sources").inner_text()
    ink = page.evaluate(
        "[document.body, document.querySelector('h1')].map(e => getComputedStyle(e).color)"
    )
    assert ink == ["rgb(0, 0, 0)"] * 2
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

    file = tmp_path / "page.pdf"
    pdf = page.pdf(path=file, prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    sheets = [
        tuple(map(float, each.split())) for each in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)
    ]
    assert 1 <= len(sheets) <= 25
    assert all(abs(w - 595) < 2 and abs(h - 842) < 2 for _, _, w, h in sheets)  # A4
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True).stdout
        assert starter_server in text
        assert ("Sources" in text) or address not in CITING


def test_cards_stay_whole(page, starter_server):
    page.goto(starter_server + "/triggers/sleep/")
    page.emulate_media(media="print")
    for part in (".care-card", ".tip", ".claim", ".key-points"):
        style = page.locator(part).first.evaluate("e => getComputedStyle(e).breakInside")
        assert style == "avoid", part
    heading = page.locator(".care-emergency h3").first
    assert heading.is_visible()
    style = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert heading.evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
