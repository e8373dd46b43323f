import re

import pytest
from django.contrib.auth.models import User

from tests.admin.makers import PASSWORD

pytestmark = pytest.mark.django_db

START = "/admin/password_reset/"
NEW = "another long pass phrase"


@pytest.fixture
def editor():
    return User.objects.create_user("ada", "ada@example.org", PASSWORD, is_staff=True)


def test_the_sign_in_page_leads_to_it(client):
    assert f'href="{START}"' in client.get("/admin/login/").content.decode()


@pytest.mark.usefixtures("editor")
def test_a_reset_by_mail(client, mailoutbox):
    assert client.get(START).status_code == 200
    answer = client.post(START, {"email": "ada@example.org"}, follow=True)
    assert answer.redirect_chain == [(f"{START}done/", 302)]
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    link = re.search(r"https?://[^/]+(/admin/password_reset/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    chosen = {"new_password1": NEW, "new_password2": NEW}
    done = client.post(form.redirect_chain[-1][0], chosen, follow=True)
    assert done.redirect_chain == [(f"{START}complete/", 302)]
    assert client.login(username="ada", password=NEW)
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("editor")
def test_it_does_not_tell_who_has_an_account(client, mailoutbox):
    known = client.post(START, {"email": "ada@example.org"})
    unknown = client.post(START, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert len(mailoutbox) == 1


def test_a_link_works_once_and_nonsense_does_not(client, editor):
    assert "invalid" in client.get(f"{START}MQ/nonsense/").content.decode()
    assert "invalid" in client.get(f"{START}zz/nonsense/").content.decode()
