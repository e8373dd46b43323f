import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pixels

from fibro.images.forms import ImageForm


@pytest.fixture(autouse=True)
def plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def stored_names(media_root):
    def names():
        return sorted(path.name for path in media_root.rglob("*") if path.is_file())

    return names


@pytest.fixture
def as_bytes():
    """Pixels written in a format, with whatever metadata the options carry."""

    def write(pixels, format="PNG", **options):
        file = io.BytesIO()
        pixels.save(file, format, **options)
        return file.getvalue()

    return write


@pytest.fixture
def uploaded(as_bytes):
    """What a browser would send: pixels (written as PNG unless told otherwise) or plain bytes."""

    def upload(content, format="PNG", name="picture.png", **options):
        if isinstance(content, Pixels.Image):
            content = as_bytes(content, format, **options)
        return SimpleUploadedFile(name, content)

    return upload


@pytest.fixture
def make_form(uploaded):
    """An ImageForm as submitted; keyword arguments replace what is typed."""

    def make(upload=None, instance=None, **typed):
        data = {"title": "A bench", "alt": "A bench in the shade", "credit": ""} | typed
        return ImageForm(data, {"upload": upload} if upload else {}, instance=instance)

    return make


@pytest.fixture
def library_image(db, media_root, make_form, uploaded):
    return make_form(uploaded(Pixels.new("RGB", (2000, 500), "teal"))).save()
