"""Rich text: sanitised on every way in, rendered with anchors and citation marks on the way out."""

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from articles.models import Article
from fibro.reading.rendering import plain_text, render
from fibro.reading.sanitising import clean_html
from fibro.sources.citations import Bibliography
from tests.factories import ArticleFactory

HOSTILE = '<p onclick="x()">Hi<script>alert(1)</script><img src=x onerror=x()></p>'
CLEAN = "<p>Hi</p>"


class TestSanitising:
    @pytest.mark.parametrize(
        ("dirty", "clean"),
        [
            (HOSTILE, CLEAN),
            ('<a href="javascript:x()">a</a>', "<a>a</a>"),
            (
                '<a href="/help-now/" style="color:red" target="_blank">a</a>',
                '<a href="/help-now/">a</a>',
            ),
            ("<h1>Big</h1>", "Big"),
            ('<h2 id="x" style="y">Part</h2>', "<h2>Part</h2>"),
            ("<iframe src=/></iframe><svg><script>1</script></svg>", ""),
            ("<p></p>", ""),
            ("a\x00b", "ab"),
            (
                "<table><tbody><tr><th scope='row' colspan='2'>a</th></tr></tbody></table>",
                '<table><tbody><tr><th scope="row" colspan="2">a</th></tr></tbody></table>',
            ),
        ],
    )
    def test_clean_html(self, dirty, clean):
        assert clean_html(dirty) == clean

    def test_cleaning_twice_changes_nothing(self):
        once = clean_html("<p>5 &lt; 6 &amp; a&nbsp;b</p>")
        assert clean_html(once) == once


@pytest.mark.django_db
class TestEveryPathIntoTheDatabase:
    def stored(self):
        return Article.objects.values_list("body", flat=True).get()

    def test_save(self):
        article = Article.objects.create(slug="a", title="A", body=HOSTILE)
        assert article.body == CLEAN
        assert self.stored() == CLEAN

    def test_full_clean(self):
        article = Article(slug="a", title="A", body=HOSTILE)
        article.full_clean()
        assert article.body == CLEAN

    def test_bulk_create(self):
        Article.objects.bulk_create([Article(slug="a", title="A", body=HOSTILE)])
        assert self.stored() == CLEAN

    def test_bulk_update(self):
        article = ArticleFactory()
        article.body = HOSTILE
        Article.objects.bulk_update([article], ["body"])
        assert self.stored() == CLEAN

    def test_queryset_update(self):
        ArticleFactory()
        Article.objects.update(body=HOSTILE)
        assert self.stored() == CLEAN

    def test_get_or_create_and_update_or_create(self):
        Article.objects.update_or_create(slug="a", defaults={"title": "A", "body": HOSTILE})
        assert self.stored() == CLEAN

    def test_an_expression_still_works(self):
        ArticleFactory(body=CLEAN)
        Article.objects.update(body=Concat(F("body"), Value("<p>more</p>")))
        assert self.stored() == CLEAN + "<p>more</p>"


class TestRendering:
    def render(self, html):
        return render(clean_html(html), Bibliography())

    def test_headings_get_anchors_and_make_the_contents(self):
        rendered = self.render("<h2>Sleep &amp; pain</h2><h3>More</h3><h2>Sleep &amp; pain</h2>")
        assert '<h2 id="part-sleep-pain">Sleep &amp; pain</h2>' in rendered.html
        assert rendered.contents == [
            ("part-sleep-pain", "Sleep & pain"),
            ("part-sleep-pain-2", "Sleep & pain"),
        ]

    def test_a_heading_without_letters_gets_an_anchor(self):
        assert 'id="part-section"' in self.render("<h2>???</h2>").html

    def test_citations_become_marks(self):
        html = self.render("<p>Proven [@a; @b]. Again [@a].</p>").html
        assert 'href="#source-1" id="cite-1-1"' in html
        assert 'href="#source-2" id="cite-2-1"' in html
        assert 'href="#source-1" id="cite-1-2"' in html
        assert "[@" not in html

    def test_a_citation_in_an_attribute_stays_as_it_is(self):
        html = self.render('<p><a href="/x?[@a]">link</a></p>').html
        assert "<sup" not in html

    def test_a_mark_inside_a_link_stands_after_it(self):
        html = self.render('<p><a href="/x">link [@a]</a> and</p>').html
        assert '<a href="/x">link</a><sup class="citation">' in html

    def test_anchors_of_one_page_differ_between_its_texts(self):
        bibliography = Bibliography()
        first = render("<h2>Tips</h2>", bibliography)
        second = render("<h2>Tips</h2>", bibliography)
        assert [first.contents[0][0], second.contents[0][0]] == ["part-tips", "part-tips-2"]

    def test_text_is_never_unescaped(self):
        assert "<script>" not in self.render("<p>&lt;script&gt; &#60;b&#62;</p>").html

    def test_tables_can_scroll(self):
        html = self.render("<table><tbody><tr><td>a</td></tr></tbody></table>").html
        assert html.startswith('<div class="table-scroll"')
        assert html.endswith("</div>")

    def test_plain_text(self):
        assert plain_text("<p>One &amp; two [@a].</p><p>Three</p>") == "One & two. Three"
        assert plain_text("<p>H<sub>2</sub>O and <em>fib</em>ro</p>") == "H2O and fibro"
