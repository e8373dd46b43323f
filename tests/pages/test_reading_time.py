"""How long an article takes, and what to read after it."""

import pytest

from articles.models import Article, RelatedArticle
from fibro.publishing.snapshots import fingerprint
from fibro.reading.reading_time import minutes_to_read
from tests.factories import ArticleFactory, TriggerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        ((), 1),
        (("word " * 150,), 1),
        (("word " * 151,), 2),
        (("<p>" + "word</p><p>" * 150 + "</p>",), 1),
        (("word [@arnold2004] " * 150,), 1),
        (("word " * 100, "<b>word</b> " * 100), 2),
    ],
)
def test_minutes_count_words_alone(texts, minutes):
    assert minutes_to_read(*texts) == minutes


def test_saving_counts_gist_key_points_and_body():
    article = ArticleFactory(
        gist="word " * 100, key_points=["word " * 100], body=f"<p>{'word ' * 101}</p>"
    )
    assert article.reading_minutes == 3
    article.body = ""
    article.save()
    assert Article.objects.get().reading_minutes == 2


def test_pages_and_lists_tell_it(client):
    ArticleFactory(slug="a", body="<p>" + "word " * 500 + "</p>")
    ArticleFactory(slug="b")
    assert "4 minutes to read" in client.get("/articles/a/").content.decode()
    page = client.get("/articles/").content.decode()
    assert "4 minutes to read" in page
    assert "1 minute to read" in page


def test_lists_leave_the_long_texts_in_the_database(client):
    trigger = TriggerFactory()
    one, two = ArticleFactory.create_batch(2, triggers=[trigger])
    for articles in (
        Article.objects.live().newest(),
        Article.objects.related_to(one),
        client.get(one.get_absolute_url()).context["related"],
    ):
        found = next(each for each in articles if each == two)
        assert {"body", "editor_notes"} <= found.get_deferred_fields()


class TestRelated:
    def related(self, client, article):
        return list(client.get(article.get_absolute_url()).context["related"])

    def test_the_editors_choice_comes_first_in_its_order(self, client):
        trigger = TriggerFactory()
        article, near = ArticleFactory.create_batch(2, triggers=[trigger])
        first, second = ArticleFactory.create_batch(2)
        RelatedArticle.objects.create(article=article, related=second, position=2)
        RelatedArticle.objects.create(article=article, related=first, position=1)
        RelatedArticle.objects.create(article=near, related=article, position=0)
        assert self.related(client, article) == [first, second, near]

    def test_a_chosen_article_stands_once_even_where_it_shares_much(self, client):
        trigger = TriggerFactory()
        article, near, nearest = ArticleFactory.create_batch(3, triggers=[trigger])
        for each in (article, nearest):
            each.tags.add("pain", "sleep")
        RelatedArticle.objects.create(article=article, related=near)
        assert self.related(client, article) == [near, nearest]

    def test_drafts_are_not_shown_though_chosen(self, client):
        article, other, draft = *ArticleFactory.create_batch(2), ArticleFactory(live=False)
        RelatedArticle.objects.create(article=article, related=draft)
        assert self.related(client, article) == [other]

    def test_five_at_most_and_never_none(self, client):
        alone = ArticleFactory(triggers=[TriggerFactory()])
        ArticleFactory.create_batch(7)
        assert len(self.related(client, alone)) == 5

    def test_the_choice_is_part_of_the_articles_history(self):
        article, other = ArticleFactory.create_batch(2)
        before = fingerprint(article)
        RelatedArticle.objects.create(article=article, related=other)
        assert fingerprint(article) != before
