"""What the starter site tells machines about its pages is what its readers see."""

from datetime import date

import pytest
from django.utils.dateformat import format as in_words

from articles.models import Article, SitePage
from tests.pages.page_reader import see
from triggers.models import Tip, TipCollection, Trigger

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
KINDS = {
    Trigger: "MedicalWebPage",
    Article: "MedicalWebPage",
    TipCollection: "MedicalWebPage",
    Tip: "MedicalWebPage",
    SitePage: "WebPage",
}


def assert_is_seen(data, page):
    """Every name, text, date and address of a description stands on the page."""
    for key, value in data.items():
        match key, value:
            case (("@type" | "@context" | "inLanguage" | "position"), _):
                pass
            case "citation", citations:
                for citation in citations:
                    if isinstance(citation, str):
                        assert citation in page.text
                    else:
                        assert citation["@id"] in page.hrefs
            case (("datePublished" | "dateModified" | "lastReviewed"), day):
                assert in_words(date.fromisoformat(day), "j F Y") in page.text
            case "url", address:
                assert [address] == page.link("canonical")
            case "item", address:
                assert address.removeprefix(HOST) in page.hrefs
            case _, dict():
                assert_is_seen(value, page)
            case _, list():
                for each in value:
                    assert_is_seen(each, page)
            case "name", "Fibromyalgia":
                assert "fibromyalgia" in page.text.lower()
            case _, str():
                assert " ".join(value.split()) in page.text


@pytest.mark.parametrize("model", KINDS)
def test_every_starter_page(starter, client, model):
    for row in model.objects.live():
        page = see(client, row.get_absolute_url())
        data = page.described(KINDS[model])
        assert_is_seen(data, page)
        assert [data["name"]] == page.headings
        assert "reviewedBy" not in data
        assert "lastReviewed" not in data
        assert "Not yet reviewed by a clinician" in page.text
        assert len(data.get("citation", [])) == page.text.count("More about source ")

        steps = page.described("BreadcrumbList")["itemListElement"]
        assert_is_seen({"itemListElement": steps}, page)
        assert " ".join(step["name"] for step in steps) in page.text
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
