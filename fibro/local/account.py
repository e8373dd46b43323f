"""The local editor account: made the first time, and told each time.

`python -m fibro.local.account http://127.0.0.1:8000` prints where and how to sign in.
"""

import secrets
import sys

import django

from .places import local, private

NAME = "editor"
PASSWORD_FILE = "editor-password"


def main(site: str) -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from django.urls import reverse

    users = get_user_model().objects
    if not users.filter(is_superuser=True).exists() and not users.filter(username=NAME).exists():
        password = private(PASSWORD_FILE, make=lambda: secrets.token_urlsafe(12))
        users.create_superuser(username=NAME, email=f"{NAME}@example.org", password=password)
    print(f"Sign in at {site}{reverse('admin:index')} as {_credentials(users)}")


def _credentials(users) -> str:
    account = users.filter(username=NAME, is_active=True).first()
    file = local(PASSWORD_FILE)
    if account is None:
        return "yourself, with your own password"
    if file.exists() and account.check_password(password := file.read_text().strip()):
        return f"{NAME}, password {password}"
    return f"{NAME}, with your own password"


if __name__ == "__main__":
    main(sys.argv[1])
