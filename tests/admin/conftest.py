import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from tests.admin.makers import PASSWORD


def pytest_generate_tests(metafunc):
    """A test that asks for `model` runs once for every model in the admin."""
    if "model" in metafunc.fixturenames:
        models = sorted(admin.site._registry, key=lambda model: model._meta.label)
        metafunc.parametrize("model", models, ids=lambda model: model._meta.label)


@pytest.fixture(autouse=True)
def quick_and_plain(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def url_of():
    """The address of an admin page of a model or an object."""

    def url(target, page):
        pk = [] if isinstance(target, type) else [target.pk]
        return reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_{page}", args=pk)

    return url


@pytest.fixture
def editor_client(client, db):
    """Signs in an editor who holds the named permissions ("articles.change_article")."""

    def signed_in(*permissions, **attributes):
        editor = User.objects.create_user(
            "editor", "editor@example.org", PASSWORD, is_staff=True, **attributes
        )
        for permission in permissions:
            app_label, codename = permission.split(".")
            editor.user_permissions.add(
                Permission.objects.get(content_type__app_label=app_label, codename=codename)
            )
        client.force_login(editor)
        return client

    return signed_in
