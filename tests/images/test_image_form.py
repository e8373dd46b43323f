import pytest
from django.db import IntegrityError, transaction
from PIL import Image as Pixels

from fibro.images.forms import ImageForm
from fibro.images.models import Image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


@pytest.fixture
def picture(uploaded):
    return uploaded(Pixels.new("RGB", (2000, 500), "navy"))


def test_a_saved_image_has_its_files_and_its_size(make_form, picture, stored_names):
    image = make_form(picture).save()

    assert (image.width, image.height) == (1600, 400)
    assert stored_names() == sorted(f"{image.digest}-{width}.webp" for width in (480, 960, 1600))


def test_nothing_is_written_before_saving(make_form, picture, stored_names):
    assert make_form(picture).is_valid()
    assert stored_names() == []


def test_files_are_written_before_the_row(make_form, picture, stored_names, monkeypatch):
    written_first = []
    monkeypatch.setattr(Image, "save", lambda image: written_first.extend(stored_names()))

    make_form(picture).save()

    assert len(written_first) == 3


def test_a_row_that_fails_leaves_only_unused_files(make_form, picture, stored_names):
    form = make_form(picture)
    assert form.is_valid()
    form.instance.is_decorative = True  # the database refuses it beside an alternative text

    with pytest.raises(IntegrityError), transaction.atomic():
        form.save()

    assert not Image.objects.exists()
    assert len(stored_names()) == 3


def test_the_same_picture_twice_is_two_images_of_the_same_files(make_form, uploaded, stored_names):
    pixels = Pixels.new("RGB", (2000, 500), "navy")
    first = make_form(uploaded(pixels)).save()
    second = make_form(uploaded(pixels), alt="Another use of it").save()

    assert first.pk != second.pk
    assert first.digest == second.digest
    assert len(stored_names()) == 3


def test_a_new_image_needs_a_file(make_form):
    assert make_form().errors == {"upload": ["This field is required."]}


def test_the_file_is_optional_on_change(make_form, library_image):
    digest = library_image.digest

    changed = make_form(instance=library_image, title="Renamed").save()

    assert (changed.title, changed.digest) == ("Renamed", digest)


def test_replacing_the_file_keeps_the_words_and_the_old_files(
    library_image, make_form, picture, stored_names
):
    before = library_image.digest

    make_form(picture, instance=library_image).save()

    library_image.refresh_from_db()
    assert library_image.digest != before
    assert library_image.alt == "A bench in the shade"
    assert len(stored_names()) == 6


def test_a_refused_replacement_changes_nothing(library_image, make_form, uploaded, stored_names):
    form = make_form(uploaded(b"text"), instance=library_image)

    assert not form.is_valid()
    assert (form.instance.width, form.instance.height) == (1600, 400)
    assert len(stored_names()) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"plain text called picture.png", "cannot be read as an image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as an image"),
        (b"", "empty"),
        (b"\0" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_a_file_that_is_refused_is_an_error_beside_the_field(
    make_form, uploaded, stored_names, content, message
):
    form = make_form(uploaded(content))

    assert list(form.errors) == ["upload"]
    assert message in form.errors["upload"][0]
    assert form["alt"].value() == "A bench in the shade"
    assert stored_names() == []


def test_too_many_megapixels_are_an_error_beside_the_field(make_form, uploaded):
    form = make_form(uploaded(Pixels.new("1", (8200, 5000))))

    assert "more than 40 megapixels" in form.errors["upload"][0]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"alt": ""}, "Describe the image"),
        ({"alt": "   "}, "Describe the image"),
        ({"alt": "A bench", "is_decorative": "on"}, "A decorative image has no alternative text"),
    ],
)
def test_words_or_decorative_is_an_error_beside_the_words(make_form, picture, typed, message):
    form = make_form(picture, **typed)

    assert list(form.errors) == ["alt"]
    assert len(form.errors["alt"]) == 1
    assert message in form.errors["alt"][0]
    assert form["alt"].value() == typed["alt"]
    assert form["title"].value() == "A bench"


def test_a_decorative_image_needs_no_words(make_form, picture):
    assert make_form(picture, alt="", is_decorative="on").save().alt_text == ""


def test_the_name_of_the_file_is_not_used(make_form, uploaded, stored_names, media_root):
    pixels = Pixels.new("RGB", (40, 30))
    image = make_form(uploaded(pixels, name="../../evil.html")).save()

    assert stored_names() == [f"{image.digest}-40.webp"]
    assert [path.name for path in media_root.iterdir()] == ["images"]


def test_the_browser_is_told_which_files_to_offer():
    assert 'accept="image/jpeg,' in str(ImageForm()["upload"])
