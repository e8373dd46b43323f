import pytest
from django.contrib.auth.models import Group
from taggit.models import Tag

from articles.models import Article
from fibro.admin_site import OTHER, TASKS
from fibro.sources.models import Source
from tests.factories import SourceFactory
from triggers.models import Trigger

pytestmark = pytest.mark.django_db


def groups(response):
    return {
        group["name"]: [entry["model"] for entry in group["models"]]
        for group in response.context["app_list"]
    }


def test_the_front_page_is_grouped_by_task(admin_client):
    shown = groups(admin_client.get("/admin/"))
    assert list(shown) == list(TASKS)
    assert shown["Evidence"][0] is Source
    assert Tag in shown["Articles and pages"]
    assert Group in shown["People"]


def test_every_model_has_a_task(admin_client):
    assert OTHER not in groups(admin_client.get("/admin/"))


def test_what_is_derived_is_not_shown(admin_client):
    page = admin_client.get("/admin/").content.decode().lower()
    assert "starter" not in page
    assert "document" not in page


def test_an_editor_sees_only_what_they_may(editor_client):
    client = editor_client("articles.view_article", "sources.add_source")
    assert groups(client.get("/admin/")) == {"Articles and pages": [Article], "Evidence": [Source]}


def test_an_editor_without_permissions_is_told_so(editor_client):
    assert "permission" in editor_client().get("/admin/").content.decode()


def test_the_page_of_an_app_opens(admin_client):
    response = admin_client.get("/admin/triggers/")
    assert Trigger in groups(response)["Triggers"]
    assert admin_client.get("/admin/nothing/").status_code == 404


QUESTION = {"app_label": "triggers", "model_name": "tip", "field_name": "sources", "term": "sleep"}


class TestAutocomplete:
    def test_it_finds(self, admin_client):
        SourceFactory(key="sleep2020", title="Sleep")
        found = admin_client.get("/admin/autocomplete/", QUESTION).json()["results"]
        assert [each["text"] for each in found] == ["sleep2020: Sleep"]

    def test_it_finds_tags(self, admin_client):
        Tag.objects.create(name="Sleep", slug="sleep")
        question = {"app_label": "articles", "model_name": "article", "field_name": "tags"}
        found = admin_client.get("/admin/autocomplete/", question | {"term": "SLE"}).json()
        assert [each["text"] for each in found["results"]] == ["Sleep"]

    def test_it_tells_nobody_what_they_may_not_see(self, editor_client):
        client = editor_client("triggers.change_tip")
        assert client.get("/admin/autocomplete/", QUESTION).status_code == 403

    def test_readers_are_sent_to_sign_in(self, client):
        assert client.get("/admin/autocomplete/", QUESTION).status_code == 302
