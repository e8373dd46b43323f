"""Garbage in an address gives a clear 4xx or a useful page, never a 500."""

import pytest

from tests.factories import ArticleFactory, ClaimFactory, TipFactory, TriggerFactory

pytestmark = pytest.mark.django_db

LISTS = ["/articles/", "/tips/", "/evidence/", "/evidence.csv", "/search/?q=pain"]
VALUES = [
    "",
    "' OR 1=1 --",
    "\u202e\U0001f9a0%\\",
    "<script>alert(1)</script>",
    "a" * 5000,
    "-1",
    "999999999999999999999",
]
PARAMETERS = ["page", "trigger", "tag", "kind", "certainty", "energy", "minutes", "position",
              "order", "q", "unknown"]  # fmt: skip


@pytest.fixture(autouse=True)
def _content():
    trigger = TriggerFactory(slug="sleep")
    ArticleFactory(triggers=[trigger], title="About pain").tags.add("pain")
    TipFactory(triggers=[trigger])
    ClaimFactory(trigger=trigger)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_garbage_parameters(client, address, parameter):
    path, _, query = address.partition("?")
    given = dict([query.split("=")]) if query else {}
    for value in VALUES:
        response = client.get(path, given | {parameter: value})
        assert response.status_code in (200, 400, 404), (parameter, value[:30])
        assert "<script>alert" not in b"".join(response).decode()
    repeated = client.get(path, given | {parameter: ["sleep", "pain", "sleep", *VALUES]})
    assert repeated.status_code in (200, 400, 404)


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999", "1.5", "１"])
@pytest.mark.parametrize("address", ["/articles/", "/tips/", "/evidence/", "/search/?q=pain"])
def test_a_page_that_does_not_exist_is_not_found(client, address, page):
    path, _, query = address.partition("?")
    response = client.get(path, dict([query.split("=")] if query else []) | {"page": page})
    assert response.status_code == (200 if page == "１" else 404)


@pytest.mark.parametrize(
    "address",
    ["/search/?q=%00", "/search/?q=a%00b", "/articles/?tag=%00", "/%00/", "/articles/a%00b/"],
)
def test_nul_is_refused(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        *("/triggers/none/", "/articles/none/", "/tags/none/", "/tips/none/", "/tip/none/"),
        *("/sources/none/", "/none/", "/triggers/none/feed/", "/tags/none/feed/"),
        *("/articles/%F0%9F%99%82/", "/articles/../../etc/passwd", "/media/images/x.webp"),
        "/" + "a" * 3000 + "/",
    ],
)
def test_unknown_addresses_are_not_found(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We cannot find this page" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    [
        *("/", "/articles/", "/triggers/sleep/", "/search/?q=a", "/evidence.csv", "/feed/"),
        *("/sitemap.xml", "/robots.txt", "/healthz", "/glossary/", "/a-to-z/"),
    ],
)
def test_wrong_methods_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    "query", ['"', "a & b | !c", ":*", "(((", "-", "- - -", "or or", "<->", "'"]
)
def test_search_operators_are_only_words(client, query):
    assert client.get("/search/", {"q": query}).status_code == 200


def test_a_filter_value_that_does_not_exist_is_said(client):
    body = client.get("/articles/?tag=nonsense").content.decode()
    assert "We do not have: “nonsense”" in body
    assert "About pain" in body


def test_a_very_long_question_is_cut_and_said(client):
    response = client.get("/search/", {"q": "pain " * 200})
    assert "Only the first part of your question was searched." in response.content.decode()
