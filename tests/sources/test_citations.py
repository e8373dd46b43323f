"""Citations in text, and the numbering of a page's sources."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article
from fibro.sources.citations import Bibliography, cited_keys
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory, TriggerFactory


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Proven [@arnold2004].", ["arnold2004"]),
        ("Proven [@a; @b] and again [@b;@c].", ["a", "b", "c"]),
        ("Not a citation: [arnold2004], @arnold2004, [@], [@a b], [see @a].", []),
        ("", []),
    ],
)
def test_cited_keys(text, keys):
    assert cited_keys(text) == keys


@pytest.mark.django_db
class TestUnknownKeys:
    def errors(self, body):
        with pytest.raises(ValidationError) as caught:
            Article(title="A", slug="a", body=body).full_clean()
        return caught.value.message_dict["body"]

    def test_the_error_names_the_key_and_suggests_the_nearest(self):
        SourceFactory(key="arnold2004")
        [message] = self.errors("<p>Proven [@arnold2003].</p>")
        assert "arnold2003" in message
        assert "Did you mean @arnold2004?" in message

    def test_every_unknown_key_is_named(self):
        assert len(self.errors("<p>[@zzz; @yyy]</p>")) == 2

    def test_known_keys_pass(self):
        SourceFactory(key="arnold2004")
        Article(title="A", slug="a", body="<p>[@arnold2004]</p>").full_clean()


@pytest.mark.django_db
class TestBibliography:
    def test_sources_are_numbered_once_in_reading_order(self):
        one, two = SourceFactory(key="one"), SourceFactory(key="two")
        bibliography = Bibliography()
        bibliography.mark_sources([two])
        bibliography.mark(["one", "two"])
        entries = bibliography.entries()
        assert [(number, key, source) for number, key, source, _ in entries] == [
            (1, "two", two),
            (2, "one", one),
        ]

    def test_every_use_has_a_way_back(self):
        SourceFactory(key="one")
        bibliography = Bibliography()
        marks = bibliography.mark(["one"]) + bibliography.mark(["one"])
        [(_, _, _, anchors)] = bibliography.entries()
        assert anchors == ["cite-1-1", "cite-1-2"]
        assert all(f'id="{anchor}"' in marks for anchor in anchors)

    def test_loaded_sources_cost_no_query(self, django_assert_num_queries):
        source = SourceFactory()
        bibliography = Bibliography()
        bibliography.mark_sources([source])
        with django_assert_num_queries(0):
            bibliography.entries()

    def test_a_missing_source_is_said_not_hidden(self, client):
        ArticleFactory(slug="a", body="<p>Proven [@gone1999].</p>")
        assert b"This source (gone1999) is missing" in client.get("/articles/a/").content


@pytest.mark.django_db
class TestSource:
    def test_unchecked_details_are_left_out_and_said(self, client):
        SourceFactory(
            key="a1",
            title="A title.",
            authors=["Arnold, Lesley M."],
            volume="77",
            doi="10.1/abc",
            url="https://doi.org/10.1/abc",
            unconfirmed=["author", "volume", "DOI"],
        )
        page = client.get("/sources/a1/").content.decode()
        assert "Arnold" not in page
        assert "77" not in page
        assert "10.1/abc" not in page
        assert "Not checked against a copy, so not shown: authors, volume, DOI." in page

    def test_checked_details_are_shown(self, client):
        SourceFactory(
            key="a1",
            authors=["A, B C.", "D, E", "F, G", "H, I"],
            volume="12",
            issue="3",
            page="4-5",
        )
        page = client.get("/sources/a1/").content.decode()
        assert "A BC, D E, F G, et al." in page
        assert "12(3):4-5" in page

    def test_where_used_names_live_pages_and_claims_only(self, client):
        source = SourceFactory(key="a1")
        ArticleFactory(title="Open article", body="<p>[@a1]</p>")
        ArticleFactory(title="Hidden article", body="<p>[@a1]</p>", live=False)
        ClaimFactory(text="An open claim.", sources=[source])
        ClaimFactory(text="A hidden claim.", sources=[source], trigger=TriggerFactory(live=False))
        page = client.get("/sources/a1/").content.decode()
        assert "Open article" in page
        assert "An open claim." in page
        assert "Hidden article" not in page
        assert "A hidden claim." not in page
