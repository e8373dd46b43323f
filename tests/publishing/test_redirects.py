"""A slug that changes leaves a redirect; chains are flattened; a live page always wins."""

import pytest
from django.db import IntegrityError

from fibro.publishing.models import Redirect
from tests.factories import ArticleFactory, TriggerFactory

pytestmark = pytest.mark.django_db


def rename(page, slug):
    page.slug = slug
    page.save()


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_a_published_page_that_moves_leaves_a_redirect(client):
    article = ArticleFactory(slug="old")
    rename(article, "new")
    response = client.get("/articles/old/?from=mail")
    assert response.status_code == 301
    assert response["Cache-Control"] == "no-cache"
    assert response["Location"] == "/articles/new/?from=mail"
    assert client.get(response["Location"]).status_code == 200


def test_chains_are_flattened():
    article = ArticleFactory(slug="a")
    rename(article, "b")
    rename(article, "c")
    assert redirects() == {"/articles/a/": "/articles/c/", "/articles/b/": "/articles/c/"}


def test_moving_back_leaves_no_circle(client):
    article = ArticleFactory(slug="a")
    rename(article, "b")
    rename(article, "a")
    assert redirects() == {"/articles/b/": "/articles/a/"}
    assert client.get("/articles/a/").status_code == 200


def test_what_lies_below_a_moved_page_moves_with_it(client):
    trigger = TriggerFactory(slug="rest")
    rename(trigger, "sleep")
    response = client.get("/triggers/rest/feed/")
    assert response["Location"] == "/triggers/sleep/feed/"


def test_a_draft_that_moves_leaves_nothing():
    draft = ArticleFactory(slug="a", live=False, first_published_at=None, last_published_at=None)
    rename(draft, "b")
    assert redirects() == {}


def test_a_live_page_wins_over_a_redirect(client):
    Redirect.objects.leave("/articles/here/", "/articles/there/")
    ArticleFactory(slug="here")
    assert client.get("/articles/here/").status_code == 200


def test_a_redirect_never_leads_to_itself():
    Redirect.objects.leave("/a/", "/a/")
    assert redirects() == {}
    with pytest.raises(IntegrityError, match="redirect_leads_elsewhere"):
        Redirect.objects.create(old_path="/a/", new_path="/a/")
