import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.template.loader import render_to_string
from PIL import Image as Pixels

from fibro.images.models import Image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


def create(**fields):
    return Image.objects.create(**{"digest": "0" * 32, "width": 9, "height": 9} | fields)


@pytest.mark.parametrize(
    "fields", [{"alt": "A bench", "is_decorative": False}, {"alt": "", "is_decorative": True}]
)
def test_described_or_decorative(fields):
    assert create(**fields).pk


@pytest.mark.parametrize(
    "fields",
    [
        {"alt": "", "is_decorative": False},
        {"alt": "  \n", "is_decorative": False},
        {"alt": "A bench", "is_decorative": True},
    ],
)
def test_the_database_refuses_both_and_neither(fields):
    with pytest.raises(IntegrityError, match="image_has_alt_or_is_decorative"):
        create(**fields)


@pytest.mark.parametrize(
    "fields", [{"alt": "", "is_decorative": False}, {"alt": "A bench", "is_decorative": True}]
)
def test_the_model_says_so_beside_the_field(fields):
    with pytest.raises(ValidationError) as refusal:
        Image(title="A bench", digest="0" * 32, width=9, height=9, **fields).full_clean()

    assert list(refusal.value.message_dict) == ["alt"]


def test_addresses_of_the_renditions():
    image = Image(digest="ab" * 16, width=1200, height=800, alt="A bench")
    address = f"/media/images/{'ab' * 16}"

    assert image.renditions() == [
        (f"{address}-480.webp", 480),
        (f"{address}-960.webp", 960),
        (f"{address}-1200.webp", 1200),
    ]
    assert image.src == f"{address}-1200.webp"
    assert image.srcset == (
        f"{address}-480.webp 480w, {address}-960.webp 960w, {address}-1200.webp 1200w"
    )


def test_the_files_named_are_the_files_stored(library_image, stored_names):
    assert stored_names() == sorted(url.rpartition("/")[2] for url, _ in library_image.renditions())


def test_a_file_cut_short_is_written_again(library_image, media_root, make_form, uploaded):
    path = next(media_root.rglob("*-960.webp"))
    whole = path.read_bytes()
    path.write_bytes(whole[:10])

    make_form(uploaded(Pixels.new("RGB", (2000, 500), "teal"))).save()

    assert path.read_bytes() == whole


def test_deleting_the_row_leaves_the_files(library_image, stored_names):
    library_image.delete()

    assert len(stored_names()) == 3


def rendered(image, **context):
    return render_to_string("includes/image.html", {"image": image, **context})


def test_the_template_shows_a_responsive_image(library_image):
    html = rendered(library_image, sizes="50vw")

    for attribute in (
        f'src="{library_image.src}"',
        f'srcset="{library_image.srcset}"',
        'sizes="50vw"',
        'width="1600"',
        'height="400"',
        'alt="A bench in the shade"',
        'loading="lazy"',
        'decoding="async"',
    ):
        assert attribute in html
    assert "<figure" not in html


def test_the_template_escapes_what_editors_wrote(library_image):
    library_image.alt = '"><script>'
    library_image.credit = "<script>"

    assert "<script>" not in rendered(library_image)


def test_the_template_shows_a_credit(library_image):
    library_image.credit = "Photo: A. Person"

    assert "<figcaption>Photo: A. Person</figcaption></figure>" in rendered(library_image)


def test_the_template_hides_a_decorative_image_from_screen_readers(library_image):
    library_image.alt, library_image.is_decorative = "", True

    assert 'alt=""' in rendered(library_image)
