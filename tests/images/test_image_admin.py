import re

import pytest
from django.contrib import admin
from django.urls import reverse
from PIL import Image as Pixels

from fibro.images.models import Image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


@pytest.fixture
def picture(uploaded):
    return uploaded(Pixels.new("RGB", (2000, 500), "navy"))


@pytest.fixture
def add_url():
    return reverse("admin:images_image_add")


@pytest.fixture
def list_url():
    return reverse("admin:images_image_changelist")


@pytest.fixture
def change_url(library_image):
    return reverse("admin:images_image_change", args=[library_image.pk])


def assert_nothing_inline(html):
    styles_at_work = re.sub(r"<math hidden><style data-tiptap-style></style></math>", "", html)
    assert "<style" not in styles_at_work
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", html)
    for attributes in re.findall(r"<script([^>]*)>", html):
        assert "src=" in attributes or "nonce=" in attributes


def test_adding_an_image(admin_client, add_url, list_url, picture):
    response = admin_client.post(
        add_url, {"title": "A bench", "upload": picture, "alt": "A bench", "credit": "A. Person"}
    )

    assert (response.status_code, response["Location"]) == (302, list_url)
    image = Image.objects.get()
    assert (image.title, image.alt, image.credit) == ("A bench", "A bench", "A. Person")
    assert (image.width, image.height) == (1600, 400)


def test_a_refused_file_is_explained_and_what_was_typed_is_kept(
    admin_client, add_url, uploaded, stored_names
):
    response = admin_client.post(
        add_url, {"title": "A bench", "upload": uploaded(b"text"), "alt": "In the shade"}
    )

    assert response.status_code == 200
    html = response.content.decode()
    assert "cannot be read as an image" in html
    assert 'value="A bench"' in html
    assert 'value="In the shade"' in html
    assert not Image.objects.exists()
    assert stored_names() == []


def test_missing_words_are_an_error_and_not_a_crash(admin_client, add_url, picture):
    response = admin_client.post(add_url, {"title": "A bench", "upload": picture})

    assert "Describe the image" in response.content.decode()
    assert not Image.objects.exists()


def test_changing_the_words_keeps_the_file(admin_client, change_url, library_image):
    digest = library_image.digest

    response = admin_client.post(change_url, {"title": "A bench", "alt": "Clearer words"})

    assert response.status_code == 302
    library_image.refresh_from_db()
    assert (library_image.alt, library_image.digest) == ("Clearer words", digest)


def test_the_list_shows_small_previews(admin_client, list_url, library_image):
    html = admin_client.get(list_url).content.decode()

    small_url, _ = library_image.renditions()[0]
    assert f'<img src="{small_url}" width="96" height="24" alt="A bench in the shade"' in html


def test_the_change_page_shows_the_image_and_its_size(admin_client, change_url):
    html = admin_client.get(change_url).content.decode()

    assert 'width="480" height="120"' in html
    assert "1600 × 400" in html


def test_a_name_is_escaped_in_the_preview(admin_client, list_url, library_image):
    Image.objects.update(title="<script>alert(1)</script>", alt="", is_decorative=True)

    assert "<script>alert" not in admin_client.get(list_url).content.decode()


def test_pages_work_under_a_strict_content_security_policy(
    admin_client, add_url, change_url, list_url
):
    for url in (add_url, change_url, list_url):
        response = admin_client.get(url)
        assert response.status_code == 200
        assert_nothing_inline(response.content.decode())


@pytest.mark.parametrize(
    ("query", "found"), [("bench", 1), ("shade", 1), ("person", 1), ("elsewhere", 0)]
)
def test_search_by_title_words_and_credit(admin_client, list_url, library_image, query, found):
    Image.objects.update(credit="A. Person")

    response = admin_client.get(list_url, {"q": query})

    assert response.context["cl"].result_count == found


def test_other_admins_may_offer_it_with_autocomplete():
    assert admin.site.get_model_admin(Image).get_search_fields(None)


def test_the_page_needs_a_login(client, add_url):
    assert client.get(add_url).status_code == 302
