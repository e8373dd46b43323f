"""Filters stand in the address, say how many they lead to, and never lead to nothing."""

import pytest

from tests.factories import ArticleFactory, TagPageFactory, TipFactory, TriggerFactory

pytestmark = pytest.mark.django_db


def options(client, address):
    filters = client.get(address).context["filters"].filters
    return {(each.name, option.value): option for each in filters for option in each.options}


@pytest.fixture
def _articles():
    sleep, stress = TriggerFactory(slug="sleep"), TriggerFactory(slug="stress")
    TriggerFactory(slug="empty")
    ArticleFactory(triggers=[sleep], title="One").tags.add("pain", "tests")
    ArticleFactory(triggers=[sleep, stress], title="Two").tags.add("pain")
    ArticleFactory(triggers=[stress], title="Three").tags.add("safety")
    for tag in ("pain", "tests", "safety", "unused"):
        TagPageFactory(name=tag, slug=tag)


@pytest.mark.usefixtures("_articles")
class TestArticles:
    def test_counts(self, client):
        found = {key: option.count for key, option in options(client, "/articles/").items()}
        assert found == {
            ("trigger", "sleep"): 2,
            ("trigger", "stress"): 2,
            ("tag", "pain"): 2,
            ("tag", "safety"): 1,
            ("tag", "tests"): 1,
        }

    def test_several_tags_add_up(self, client):
        page = client.get("/articles/?tag=pain&tag=tests").context["page"]
        assert [article.title for article in page] == ["One"]

    def test_no_option_leads_to_nothing(self, client):
        for address in ("/articles/", "/articles/?trigger=sleep", "/articles/?tag=pain"):
            for option in options(client, address).values():
                count = client.get(f"/articles/{option.url}").context["page"].paginator.count
                assert count >= 1
                if not option.selected:
                    assert count == option.count

    def test_a_chosen_option_leads_back(self, client):
        chosen = options(client, "/articles/?trigger=sleep&tag=pain")
        assert chosen["trigger", "sleep"].selected
        assert chosen["trigger", "sleep"].url == "?tag=pain"

    def test_a_choice_goes_back_to_the_first_page(self, client):
        assert "page" not in options(client, "/articles/?page=1")["tag", "pain"].url


def test_tips_by_energy_time_and_position(client):
    TipFactory(slug="a", energy="low", minutes_min=5, minutes_max=5, body_position="lying")
    TipFactory(slug="b", energy="low", minutes_min=20, minutes_max=30, body_position="standing")
    TipFactory(slug="c", energy="high", minutes_min=5, minutes_max=60, body_position="any")

    def slugs(query):
        return sorted(tip.slug for tip in client.get(f"/tips/?{query}").context["page"])

    assert slugs("energy=low") == ["a", "b"]
    assert slugs("minutes=5") == ["a"]
    assert slugs("position=lying") == ["a", "c"]
    assert slugs("energy=low&minutes=5&position=lying") == ["a"]
