"""What every test may rely on."""

import os
import shutil

import pytest

# Playwright's synchronous API keeps an event loop running, in which Django refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(autouse=True)
def plain_storage(settings, tmp_path):
    """Static files without a manifest (no collectstatic), uploads into a folder of the test's own."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MEDIA_ROOT = tmp_path / "media"


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
