"""What commands find in their environment: the settings fibro reads, where the user set none."""

import os
import secrets

from .places import VENV, local, private
from .ports import Address

HOSTS = ("localhost", "127.0.0.1", "[::1]")


def for_site(url: str, *, debug: bool, address: Address | None = None) -> dict[str, str]:
    """The environment of a local site; what the user has set goes before."""
    hosts = (*HOSTS, address.host) if address and address.host not in HOSTS else HOSTS
    defaults = {
        "SECRET_KEY": private("secret-key", make=lambda: secrets.token_urlsafe(50)),
        "DEBUG": "on" if debug else "off",
        "HTTPS": "off",
        "ALLOWED_HOSTS": ",".join(hosts),
        "MEDIA_ROOT": str(local("media")),
        "STATIC_ROOT": str(local("static")),
        "EMAIL_URL": "consolemail://",
        "WEB_CONCURRENCY": "2",
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
    }
    return defaults | _inherited(url)


def for_tests(url: str, *, scratch: str) -> dict[str, str]:
    """The environment of the tests, which is the same whatever the user has set."""
    return _inherited(url) | {
        "SECRET_KEY": "tests-only",
        "DEBUG": "off",
        "HTTPS": "off",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "MEDIA_ROOT": f"{scratch}/media",
        "STATIC_ROOT": f"{scratch}/static",
        "EMAIL_URL": "memorymail://",
    }


def _inherited(url: str) -> dict[str, str]:
    kept = dict(os.environ)
    if kept.get("DATABASE_URL") != url:
        # For a server of our own, PGSSLMODE and its like are not meant. PG_BIN is not one of them.
        kept = {k: v for k, v in kept.items() if not (k.startswith("PG") and "_" not in k)}
    return kept | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "fibro.settings",
        "PATH": f"{VENV / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
    }
