"""The trigger map and the comparison in a real browser."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.browser.test_public_pages import AXE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    "/triggers/",
    "/triggers/sleep/",
    "/triggers/compare/",
    "/triggers/compare/?t=sleep",
    "/triggers/compare/?t=sleep&t=stress-hpa",
    "/triggers/compare/?t=sleep&t=stress-hpa&t=genetics",
]


def set_width(page, width):
    page.set_viewport_size({"width": width, "height": 740})


@pytest.mark.parametrize("address", PAGES)
def test_accessible_and_never_wider_than_the_screen(page, starter_server, address):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for width in (360, 1280):
        set_width(page, width)
        page.goto(starter_server + address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = Axe().run(page, options=AXE).response["violations"]
            assert [(scheme, v["id"], v["nodes"][0]["html"][:120]) for v in violations] == []
    for width in (320, 768, 820, 1280):
        set_width(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


@pytest.mark.parametrize("address", ["/triggers/", "/triggers/sleep/", "/triggers/inflammation/"])
def test_labels_are_legible_and_inside_their_boxes(page, starter_server, address):
    set_width(page, 320)
    page.goto(starter_server + address)
    labels = page.evaluate(
        """[...document.querySelectorAll('.trigger-map > svg')].flatMap(svg =>
            [...svg.querySelectorAll('text')].map(text => {
                const size = parseFloat(getComputedStyle(text).fontSize);
                const [words, box] = [text, text.previousElementSibling]
                    .map(each => each.getBoundingClientRect());
                return {
                    text: text.textContent,
                    size: size * svg.getScreenCTM().a,
                    inside: words.left >= box.left && words.right <= box.right
                        && words.top >= box.top - 1 && words.bottom <= box.bottom + 1
                        && box.left >= 0 && box.right <= 320,
                };
            }))"""
    )
    assert len(labels) > 5
    assert min(label["size"] for label in labels) >= 12
    assert [label["text"] for label in labels if not label["inside"]] == []


def test_arrows_are_reached_by_keyboard_and_lead_to_their_rows(page, starter_server):
    page.goto(starter_server + "/triggers/sleep/")
    page.locator("#connections + p a").focus()
    number = page.locator(".map-arrow").count()
    seen = set()
    for _ in range(number):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(seen) == number == 9

    arrow = page.locator(".map-arrow").last
    name = arrow.aria_snapshot()
    assert "Conditions that come along to Sleep: limited." in name

    focused = arrow.locator(".map-shaft").evaluate("e => getComputedStyle(e).strokeWidth")
    band = arrow.locator(".map-reach").evaluate("e => getComputedStyle(e).stroke")
    assert (focused, band) == ("5px", "rgb(255, 215, 94)")

    page.keyboard.press("Enter")
    row = page.locator("tr:target")
    assert "Conditions that come along" in row.inner_text()


def test_arrows_are_easy_to_hit(page, starter_server):
    set_width(page, 320)
    page.goto(starter_server + "/triggers/")
    reach = page.locator(".map-reach").first.evaluate(
        "e => [getComputedStyle(e).strokeWidth, getComputedStyle(e).vectorEffect]"
    )
    assert reach == ["24px", "non-scaling-stroke"]


def test_the_map_is_there_in_forced_colours(browser, starter_server):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(starter_server + "/triggers/")
    picture = Image.open(BytesIO(page.locator(".trigger-map > svg").first.screenshot()))
    shades = picture.convert("L").histogram()
    assert sum(shades[:100]) > 0.01 * sum(shades)
    assert sum(shades[200:]) > 0.5 * sum(shades)
    context.close()


def test_the_whole_map_fits_a_printed_page(page, starter_server):
    page.set_viewport_size({"width": 657, "height": 986})  # A4 less the margins of print.css
    page.emulate_media(media="print")
    page.goto(starter_server + "/triggers/")
    box = page.locator(".trigger-map").first.bounding_box()
    assert box["height"] <= 986
    assert box["width"] <= 657


def test_a_comparison_stacks_on_a_phone_and_stays_a_table(page, starter_server):
    set_width(page, 360)
    page.goto(starter_server + "/triggers/compare/?t=sleep&t=stress-hpa")
    cells = page.get_by_role("row", name="In short").get_by_role("cell")
    first, second = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert second["y"] >= first["y"] + first["height"]
    assert cells.nth(1).locator(".compare-topic").is_visible()
    assert page.get_by_role("columnheader").count() == 3
    assert page.get_by_role("rowheader").count() == 14

    set_width(page, 1280)
    first, second = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert first["y"] == second["y"]
    assert not cells.nth(1).locator(".compare-topic").is_visible()


def test_topics_are_chosen_without_javascript(browser, starter_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(starter_server + "/triggers/compare/?t=genetics")
    page.get_by_label("Sleep").check()
    page.get_by_role("button", name="Compare").click()
    assert page.url.endswith("/triggers/compare/?t=genetics&t=sleep")
    assert page.get_by_role("table").is_visible()
    context.close()
