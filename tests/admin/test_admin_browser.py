"""The admin in a real browser, under the site's Content-Security-Policy."""

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from tests.admin.makers import PASSWORD
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SourceFactory,
    TipFactory,
    TriggerFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = "<table><tbody><tr><th>A</th><td>B</td></tr></tbody></table>"


@pytest.fixture
def complaints(page):
    """What the browser's console said, which names everything that the CSP blocked."""
    found = []
    page.on("console", lambda m: found.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def visit(page, live_server, complaints):
    def visit(path):
        answer = page.goto(live_server.url + path)
        assert answer.status == 200, path
        page.wait_for_load_state("networkidle")

    return visit


@pytest.fixture
def _editor(page, visit):
    User.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    visit("/admin/login/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="What would you like to do?").wait_for()


@pytest.mark.usefixtures("_editor")
def test_an_article_is_written_and_published(page, visit, complaints):
    SourceFactory(key="arnold2004")
    visit("/admin/articles/article/add/")
    page.get_by_label("Title").press_sequentially("Rest and pain")
    assert page.get_by_label("Name in the address").input_value() == "rest-and-pain"
    page.get_by_label("Gist").fill("Rest may help.")
    text = page.locator(".field-body .tiptap")
    text.click()
    page.locator(".field-body .prose-menubar__selected").click()
    page.locator(".field-body [data-name=heading2]").last.click()
    page.keyboard.type("What we know")
    page.keyboard.press("Enter")
    page.keyboard.type("It helps ")
    page.keyboard.press("Control+b")
    page.keyboard.type("a little")
    page.keyboard.press("Control+b")
    page.keyboard.type(" [@arnold2004].")
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_text("is live: readers can see it").wait_for()
    article = Article.objects.live().get()
    assert article.body == (
        "<h2>What we know</h2><p>It helps <strong>a little</strong> [@arnold2004].</p>"
    )
    assert complaints == []


@pytest.mark.usefixtures("_editor")
def test_tables_lists_and_links_survive_the_editor(page, visit, complaints):
    article = ArticleFactory(body="<p>Start</p>")
    visit(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".field-body .tiptap").click()
    page.locator(".field-body [data-name=bulletList]").first.click()
    page.locator(".field-body [data-name=table]").first.click()
    page.get_by_role("button", name="Insert Table", exact=True).click()
    page.locator(".field-body .tiptap td").first.click()
    page.keyboard.type("Cell")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    article.refresh_from_db()
    assert "<ul><li>" in article.body
    assert "<table><tbody><tr>" in article.body
    assert "Cell" in article.body
    assert "style" not in article.body
    assert complaints == []


@pytest.mark.usefixtures("_editor")
def test_what_nobody_touched_stays_as_it_is(page, visit):
    body = f"<h2>One</h2><ul><li>Two</li></ul>{TABLE}<p>Three &amp; four</p>"
    article = ArticleFactory(body=body)
    visit(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".field-body .tiptap").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    article.refresh_from_db()
    assert article.body == body


@pytest.mark.usefixtures("_editor")
def test_claims_are_added_with_their_sources(page, visit, complaints):
    SourceFactory(key="sleep2020", title="Sleep")
    trigger = TriggerFactory()
    visit(f"/admin/triggers/trigger/{trigger.pk}/change/")
    page.get_by_role("button", name="Add another Claim").or_(
        page.get_by_text("Add another Claim")
    ).click()
    claim = page.locator("#claims-0")
    claim.get_by_label("Text").fill("It may be so.")
    claim.get_by_label("Kind").select_option("about")
    claim.get_by_label("Certainty", exact=False).first.select_option("limited")
    claim.locator(".select2-selection").click()
    page.keyboard.type("sleep2")
    page.locator(".select2-results__option", has_text="sleep2020").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert [source.key for source in trigger.claims.get().sources.all()] == ["sleep2020"]
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.usefixtures("_editor")
def test_every_page_is_calm(page, visit, complaints, width):
    """Nothing blocked, no error, nothing wider than the window."""
    page.set_viewport_size({"width": width, "height": 900})
    trigger = TriggerFactory(image=None, what_it_is=f"<p>Words</p>{TABLE}")
    claim = ClaimFactory(trigger=trigger)
    LinkFactory(from_factor=FactorFactory(trigger=trigger))
    article = ArticleFactory(triggers=[trigger])
    article.tags.add("Sleep")
    tip = TipFactory(triggers=[trigger])
    source = claim.sources.get()
    for path in (
        "/admin/",
        "/admin/triggers/",
        "/admin/triggers/trigger/",
        f"/admin/triggers/trigger/{trigger.pk}/change/",
        f"/admin/triggers/trigger/{trigger.pk}/history/",
        f"/admin/triggers/trigger/{trigger.pk}/delete/",
        "/admin/triggers/tip/?state=live",
        f"/admin/triggers/tip/{tip.pk}/change/",
        "/admin/articles/article/?q=one",
        f"/admin/articles/article/{article.pk}/change/",
        "/admin/articles/article/add/?_popup=1",
        f"/admin/sources/source/{source.pk}/change/",
        f"/admin/sources/source/{source.pk}/delete/",
        "/admin/taggit/tag/",
        "/admin/images/image/add/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{User.objects.get().pk}/change/",
        "/admin/password_change/",
        "/admin/password_reset/",
    ):
        visit(path)
        assert complaints == [], path
        room = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert room <= 0, path
