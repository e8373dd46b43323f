"""What every test may rely on."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

# Playwright's synchronous API keeps an event loop running, in which Django refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory):
    """Static files without a manifest (no collectstatic), uploads into the run's own folder."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
    ):
        yield


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker):
    """The whole starter content for the tests of one module, taken back after it; gives the
    loader's report."""
    from fibro.starter.files import ContentFiles
    from fibro.starter.loading import load

    with django_db_blocker.unblock():
        whole_module = transaction.atomic()
        whole_module.__enter__()
        report = load(ContentFiles())
    yield report
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)


@pytest.fixture(scope="module")
def starter_server(django_db_setup, django_db_blocker):
    """The address of a running server with the starter content, for tests in a real browser."""
    from fibro.starter.files import ContentFiles
    from fibro.starter.loading import load

    with django_db_blocker.unblock():
        load(ContentFiles())
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def pytest_collection_modifyitems(items):
    """Browser tests say why they are skipped; with FIBRO_REQUIRE_BROWSER=1 they fail instead."""
    if CHROMIUM:
        return
    if os.environ.get("FIBRO_REQUIRE_BROWSER") == "1":
        raise pytest.UsageError("No Chromium found, and FIBRO_REQUIRE_BROWSER=1 asks for one.")
    skip = pytest.mark.skip(reason="no Chromium found: install the package chromium")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)
