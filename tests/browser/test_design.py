"""The design holds: at every width and zoom, with the keyboard, without colour and script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_public_pages import AXE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    "/",
    "/triggers/sleep/",
    "/articles/infections-injuries-and-other-exposures/",
    "/help-now/",
    "/search/?q=sleep",
]
LISTS = ["/triggers/", "/tips/", "/articles/", "/evidence/", "/evidence-grades/", "/no-such-page/"]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}

SHIFTS = """
    new PerformanceObserver(list => {
        window.shifted = (window.shifted || 0) + list.getEntries().reduce((n, e) => n + e.value, 0);
    }).observe({type: "layout-shift", buffered: true});
"""

#: Links and buttons smaller than 24 px; links in a sentence may be as high as its line.
SMALL_TARGETS = """() => {
    const inSentence = link => {
        const parent = link.closest("p, td, dd, li, sup, caption, figcaption, cite");
        return parent && parent.textContent.trim() !== link.textContent.trim();
    };
    const seen = each => each.checkVisibility() && !each.closest(".visually-hidden, svg");
    return [...document.querySelectorAll("a[href], button, input, summary")]
        .filter(seen).filter(each => each.matches("nav *") || !inSentence(each))
        .filter(each => !each.closest(".skip-link") && !each.closest(".citation"))
        .filter(each => {
            const box = each.getBoundingClientRect();
            return box.height < 24 || box.width < 24;
        }).map(each => each.outerHTML.slice(0, 120));
}"""

MOVES = """() => [...document.querySelectorAll("*")].filter(each => {
    const style = getComputedStyle(each);
    return style.animationName !== "none"
        || style.transitionDuration.split(",").some(time => parseFloat(time) > 0);
}).map(each => each.outerHTML.slice(0, 80))"""

#: What is wrong with the focused element: out of view, covered, or without a visible focus.
FOCUS = """() => {
    const each = document.activeElement;
    if (each === document.body) return null;
    const box = each.getClientRects()[0], style = getComputedStyle(each);
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    const words = each.outerHTML.slice(0, 90);
    const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    if (ring < 2) return "no ring " + words;
    if (box.bottom > innerHeight + 1 || box.top < -1) return "out of view " + words;
    if (!top || !(each.contains(top) || top.contains(each))) return "covered " + words;
    return "";
}"""


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]


@pytest.mark.parametrize("address", PAGES)
def test_sizes_and_colours(page, starter_server, address):
    page.add_init_script(SHIFTS)
    page.set_viewport_size(DESK)
    page.goto(starter_server + address, wait_until="load")
    assert not wide(page)
    assert violations(page) == []
    assert page.evaluate(MOVES) == []
    longest = page.evaluate(
        """Math.max(...[...document.querySelectorAll("main p")].map(p => {
            const style = getComputedStyle(p);
            return p.clientWidth / parseFloat(style.fontSize);
        }))"""
    )
    assert longest < 44  # in em: lines of gists and notes stay readable too

    page.set_viewport_size(PHONE)
    assert not wide(page)
    assert page.evaluate(SMALL_TARGETS) == []
    boxes = page.locator("table.stacks, .table-scroll").evaluate_all(
        "tables => tables.filter(each => each.scrollWidth > each.clientWidth + 1).length"
    )
    assert boxes == 0  # no table has to be pushed sideways

    page.emulate_media(forced_colors="active")
    assert not wide(page)
    assert violations(page) == []
    for card in page.locator(".care-card, .key-points, .certainty").all()[:12]:
        assert float(card.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)")) >= 1

    page.emulate_media(forced_colors="none")
    page.reload(wait_until="load")
    assert (page.evaluate("window.shifted") or 0) == 0


def test_at_four_hundred_per_cent_without_script(browser, starter_server):
    context = browser.new_context(viewport=PHONE, device_scale_factor=4, java_script_enabled=False)
    page = context.new_page()
    for address in [*PAGES, *LISTS]:
        page.goto(starter_server + address)
        main = page.locator("main")
        assert main.bounding_box()["width"] <= 320, address
        body = page.locator("body").bounding_box()
        assert body["width"] <= 320, address
        assert page.locator("h1").is_visible(), address
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast(page, starter_server, scheme):
    page.emulate_media(contrast="more", color_scheme=scheme)
    page.goto(starter_server + "/help-now/")
    assert violations(page) == []


def test_with_the_keyboard_alone(page, starter_server):
    """Every stop can be seen, and nothing lies over it; in forced colours too."""
    page.set_viewport_size({"width": 360, "height": 640})
    stops = 0
    for address, colours in [*((each, "none") for each in PAGES), ("/search/?q=sleep", "active")]:
        page.emulate_media(forced_colors=colours)
        page.goto(starter_server + address)
        for _ in range(35):
            page.keyboard.press("Tab")
            trouble = page.evaluate(FOCUS)
            if trouble is None:
                break
            assert trouble == "", address
            stops += 1
    assert stops > 100


def test_filters_fold_without_script(browser, starter_server):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(starter_server + "/articles/")
    page.locator("summary").first.click()
    page.locator(".filters details[open] a").first.click()
    assert "?trigger=" in page.url
    assert page.locator(".filters a.selected").is_visible()
    context.close()


def test_care_cards_differ_without_colour(page, starter_server):
    """Each urgency has hidden words, a shape and a border of its own."""
    page.goto(starter_server + "/triggers/sleep/")
    looks = {
        urgency: page.locator(f".care-{urgency}").first.evaluate(
            "e => [getComputedStyle(e).borderTopWidth, e.querySelector('svg').innerHTML,"
            " e.querySelector('h2 .visually-hidden, h3 .visually-hidden').textContent]"
        )
        for urgency in ("emergency", "urgent", "non_urgent")
    }
    widths, shapes, words = zip(*looks.values(), strict=True)
    assert [float(width.removesuffix("px")) for width in widths] == [3, 2, 1]
    assert len(set(shapes)) == 3
    assert words == ("Emergency advice: ", "Urgent advice: ", "Non-urgent advice: ")


def test_numbers_to_call_on_a_phone(page, starter_server):
    """Each country is a card; a number is a link big enough for a thumb."""
    page.set_viewport_size(PHONE)
    page.goto(starter_server + "/help-now/")
    kingdom = page.get_by_role("row", name="United Kingdom")
    link = kingdom.get_by_role("link", name="999")
    assert link.get_attribute("href") == "tel:999"
    assert link.bounding_box()["height"] >= 24
    assert kingdom.get_by_role("rowheader").inner_text() == "United Kingdom"
    assert page.get_by_role("columnheader").count() == 4
