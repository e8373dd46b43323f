"""Transitions check the permission and the state, and what is derived follows."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from fibro.publishing.workflow import publish, unpublish
from fibro.search.models import SearchDocument
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return ArticleFactory(live=False, first_published_at=None, last_published_at=None)


@pytest.fixture
def publisher(django_user_model):
    user = django_user_model.objects.create_user("publisher")
    user.user_permissions.add(Permission.objects.get(codename="publish_article"))
    return user


def test_publish_shows_the_page_dates_it_and_indexes_it(draft, publisher, client):
    assert client.get(draft.get_absolute_url()).status_code == 404
    publish(obj=draft, by=publisher)
    draft.refresh_from_db()
    assert draft.live
    assert draft.first_published_at == draft.last_published_at
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert SearchDocument.objects.get().title == draft.title


def test_publishing_again_keeps_the_first_date(draft, publisher):
    publish(obj=draft, by=publisher)
    first = draft.first_published_at
    publish(obj=draft, by=publisher)
    assert draft.first_published_at == first
    assert draft.last_published_at > first


def test_unpublish_takes_it_away_and_keeps_its_dates(draft, publisher, client):
    publish(obj=draft, by=publisher)
    unpublish(obj=draft, by=publisher)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert not SearchDocument.objects.exists()
    assert draft.first_published_at


@pytest.mark.parametrize("transition", [publish, unpublish])
def test_who_may_not_publish_is_refused(draft, transition, django_user_model):
    editor = django_user_model.objects.create_user("editor", is_staff=True)
    with pytest.raises(PermissionDenied):
        transition(obj=draft, by=editor)
    draft.refresh_from_db()
    assert not draft.live


def test_an_empty_page_is_not_published(draft, publisher):
    draft.gist = draft.body = ""
    with pytest.raises(ValidationError, match="gist, body"):
        publish(obj=draft, by=publisher)
    draft.refresh_from_db()
    assert not draft.live
