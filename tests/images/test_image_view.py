import io

import pytest
from PIL import Image as Pixels

pytestmark = pytest.mark.django_db


def test_every_address_in_the_srcset_is_served(client, library_image):
    for url, width in library_image.renditions():
        response = client.get(url)

        assert response.status_code == 200
        with Pixels.open(io.BytesIO(response.getvalue())) as file:
            assert (file.format, file.width) == ("WEBP", width)


def test_headers(client, library_image):
    response = client.get(library_image.src)
    response.close()

    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment" not in response.get("Content-Disposition", "")
    assert not response.cookies
    directives = set(response["Cache-Control"].split(", "))
    assert directives == {"public", "max-age=31536000", "immutable"}


def test_head_and_nothing_that_writes(client, library_image):
    response = client.head(library_image.src)
    response.close()

    assert response.status_code == 200
    assert client.post(library_image.src).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "{digest}-481.webp",
        "{digest}-00480.webp",
        "{digest}-480.png",
        "{digest}-480.webp.html",
        "{digest}-480.webp/",
        "{digest}-480.webp%0A",
        "{digest}-٤٨٠.webp",
        "{digest}-.webp",
        "{digest}.webp",
        "x{digest}-480.webp",
        "sub/{digest}-480.webp",
        "00000000000000000000000000000000-480.webp",
        "../secret.txt",
        "..%2Fsecret.txt",
        "%2e%2e/secret.txt",
        "../../../../etc/passwd",
        "/etc/passwd",
        "secret.txt",
        "",
    ],
)
def test_anything_else_is_not_found(client, library_image, media_root, name):
    for folder in (media_root, media_root / "images"):
        (folder / "secret.txt").write_text("secret")

    response = client.get("/media/images/" + name.format(digest=library_image.digest))

    assert response.status_code == 404
    assert "immutable" not in response.get("Cache-Control", "")
