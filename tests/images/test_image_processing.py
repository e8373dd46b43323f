"""encode(): what is refused, what is made of the rest, and that nothing else survives."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from PIL import ExifTags, ImageCms
from PIL import Image as Pixels

from fibro.images.processing import (
    MAX_BYTES,
    NotAnImage,
    TooManyBytes,
    TooManyPixels,
    encode,
)

PIXEL_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
RED, BLUE = (255, 0, 0), (0, 0, 255)


def decoded(encoded):
    return Pixels.open(io.BytesIO(encoded.files[encoded.width]))


def colour_at(encoded, place):
    return decoded(encoded).convert("RGBA").getpixel(place)


def assert_close(colour, expected, tolerance=10):
    """Equal but for what lossy encoding does to a colour."""
    distances = [abs(one - other) for one, other in zip(colour, expected, strict=False)]
    assert max(distances) <= tolerance, f"{colour} is not {expected}"


def chunk_names(webp):
    names, position = set(), 12
    while position < len(webp):
        name, size = struct.unpack("<4sI", webp[position : position + 8])
        names.add(name)
        position += 8 + size + size % 2
    return names


def png_chunk(name, content):
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def grey_png(width, height, *extra_chunks, rows=0):
    """A greyscale PNG that claims a size and has only so many of its rows."""
    packer = zlib.compressobj()
    row = b"\0" * (width + 1)
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            *extra_chunks,
            png_chunk(b"IDAT", packed),
            png_chunk(b"IEND", b""),
        ]
    )


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, [480, 960, 1600]),
        (1600, [480, 960, 1600]),
        (1000, [480, 960, 1000]),
        (960, [480, 960]),
        (300, [300]),
        (1, [1]),
    ],
)
def test_three_widths_and_never_a_larger_one(uploaded, width, widths):
    encoded = encode(uploaded(Pixels.new("RGB", (width, 500))))

    assert list(encoded.files) == widths
    for file_width, content in encoded.files.items():
        with Pixels.open(io.BytesIO(content)) as file:
            assert file.format == "WEBP"
            assert file.width == file_width
    assert (encoded.width, encoded.height) == decoded(encoded).size


def test_proportions_are_kept(uploaded):
    encoded = encode(uploaded(Pixels.new("RGB", (3200, 1800))))

    assert (encoded.width, encoded.height) == (1600, 900)


def test_a_hairline_keeps_at_least_one_pixel(uploaded):
    assert encode(uploaded(Pixels.new("RGB", (10_000, 1)))).height == 1


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "MPO"])
def test_accepted_formats(uploaded, format):
    assert_close(colour_at(encode(uploaded(Pixels.new("RGB", (40, 30), RED), format)), (9, 9)), RED)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata_is_stripped(uploaded, format):
    exif = Pixels.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (51.0, 30.0, 0.0)}
    )
    pixels = Pixels.new("RGB", (1200, 20), RED)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    upload = uploaded(pixels, format, exif=exif, xmp=b"<x>Secret</x>", icc_profile=profile)
    assert b"Secret" in upload.read()

    for content in encode(upload).files.values():
        assert b"Secret" not in content
        assert chunk_names(content) <= PIXEL_CHUNKS


@pytest.mark.parametrize(
    ("orientation", "as_stored"),
    [
        (2, Pixels.Transpose.FLIP_LEFT_RIGHT),
        (3, Pixels.Transpose.ROTATE_180),
        (4, Pixels.Transpose.FLIP_TOP_BOTTOM),
        (5, Pixels.Transpose.TRANSPOSE),
        (6, Pixels.Transpose.ROTATE_90),
        (7, Pixels.Transpose.TRANSVERSE),
        (8, Pixels.Transpose.ROTATE_270),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_orientation_is_applied(uploaded, format, orientation, as_stored):
    upright = Pixels.new("RGB", (300, 200), "white")
    upright.paste(RED, (0, 0, 100, 100))
    upright.paste(BLUE, (200, 0, 300, 100))
    exif = Pixels.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    encoded = encode(uploaded(upright.transpose(as_stored), format, exif=exif))

    assert (encoded.width, encoded.height) == (300, 200)
    assert_close(colour_at(encoded, (50, 50)), RED)
    assert_close(colour_at(encoded, (250, 50)), BLUE)
    assert_close(colour_at(encoded, (250, 150)), (255, 255, 255))


def test_the_width_of_a_sideways_photo_is_that_of_the_upright_one(uploaded):
    exif = Pixels.Exif()
    exif[ExifTags.Base.Orientation] = 6

    encoded = encode(uploaded(Pixels.new("RGB", (4000, 1000)), "JPEG", exif=exif))

    assert (encoded.width, encoded.height) == (1000, 4000)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"]
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_broken_exif_does_not_cost_the_image(uploaded, format, exif):
    assert encode(uploaded(Pixels.new("RGB", (40, 30)), format, exif=exif)).width == 40


def test_colours_are_converted_from_the_profile_of_the_file(uploaded):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"tmp!").replace(b"bXYZ", b"rXYZ").replace(b"tmp!", b"bXYZ")

    for mode in ("RGB", "RGBA"):
        pixels = Pixels.new("RGB", (40, 30), RED).convert(mode)
        encoded = encode(uploaded(pixels, icc_profile=red_is_blue))
        assert_close(colour_at(encoded, (9, 9)), BLUE)


def test_a_broken_profile_does_not_cost_the_image(uploaded):
    encoded = encode(uploaded(Pixels.new("RGB", (40, 30), RED), icc_profile=b"junk"))

    assert_close(colour_at(encoded, (9, 9)), RED)


def test_a_profile_of_another_colour_space_does_not_cost_the_image(uploaded):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    encoded = encode(uploaded(Pixels.new("CMYK", (40, 30)), "JPEG", icc_profile=srgb))

    assert_close(colour_at(encoded, (9, 9)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_kept(uploaded, mode):
    pixels = Pixels.new("RGBA", (40, 30), (200, 200, 200, 255))
    pixels.paste((0, 0, 0, 0), (0, 0, 20, 30))

    encoded = encode(uploaded(pixels.quantize(4) if mode == "P" else pixels.convert(mode)))

    assert colour_at(encoded, (5, 15))[3] == 0
    assert_close(colour_at(encoded, (35, 15)), (200, 200, 200, 255))


def test_an_opaque_palette(uploaded):
    pixels = Pixels.new("RGB", (40, 30), RED).quantize(4)

    assert pixels.mode == "P"
    encoded = encode(uploaded(pixels))
    assert_close(colour_at(encoded, (9, 9)), RED)
    assert decoded(encoded).mode == "RGB"


def test_a_transparent_colour_of_a_gif(uploaded):
    pixels = Pixels.new("P", (40, 30), 0)
    pixels.putpalette([*RED, *BLUE])

    assert colour_at(encode(uploaded(pixels, "GIF", transparency=0)), (9, 9))[3] == 0


def test_cmyk(uploaded):
    encoded = encode(uploaded(Pixels.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG"))

    assert_close(colour_at(encoded, (9, 9)), RED)


@pytest.mark.parametrize(("mode", "level"), [("1", 1), ("L", 255), ("I;16", 65_535)])
def test_white_without_colour_channels(uploaded, mode, level):
    assert_close(
        colour_at(encode(uploaded(Pixels.new(mode, (40, 30), level))), (9, 9)), (255, 255, 255)
    )


def test_sixteen_bit_levels_are_scaled_not_clipped(uploaded):
    encoded = encode(uploaded(Pixels.new("I;16", (40, 30), 0x8000)))

    assert_close(colour_at(encoded, (9, 9)), (128, 128, 128, 255))


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_keeps_its_first_frame(uploaded, format):
    frames = [Pixels.new("RGB", (40, 30), colour) for colour in (RED, BLUE)]
    upload = uploaded(frames[0], format, save_all=True, append_images=frames[1:], duration=100)
    assert Pixels.open(upload).n_frames == 2

    encoded = encode(upload)

    assert decoded(encoded).n_frames == 1
    assert_close(colour_at(encoded, (9, 9)), RED)


def test_a_polyglot_leaves_no_trace(uploaded, as_bytes):
    script = b"<html><script>alert(1)</script></html>"
    jpeg = as_bytes(Pixels.new("RGB", (1200, 30)), "JPEG", comment=script) + script + b"PK\x03\x04"

    for content in encode(uploaded(jpeg)).files.values():
        assert b"script" not in content
        assert b"PK\x03\x04" not in content


def test_the_same_pixels_have_the_same_digest(uploaded):
    pixels, other = Pixels.new("RGB", (40, 30), RED), Pixels.new("RGB", (40, 30), BLUE)

    digest = encode(uploaded(pixels)).digest

    assert encode(uploaded(pixels, comment=b"differs")).digest == digest
    assert encode(uploaded(other)).digest != digest


def zip_archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 10_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"plain text",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
        zip_archive(),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a<script>alert(1)</script>",
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x1cftypavif" + b"\0" * 40,
        b"\0" * 100,
        b"",
    ],
)
def test_what_is_not_an_image_is_refused(uploaded, content):
    with pytest.raises(NotAnImage, match="cannot be read as an image"):
        encode(uploaded(content))


@pytest.mark.parametrize("format", ["BMP", "TIFF", "PPM", "ICO", "EPS", "PDF", "TGA", "JPEG2000"])
def test_other_formats_are_refused(uploaded, format):
    with pytest.raises(NotAnImage):
        encode(uploaded(Pixels.new("RGB", (40, 30)), format))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(uploaded, as_bytes, format, kept):
    content = as_bytes(Pixels.effect_noise((400, 300), 80).convert("RGB"), format)

    with pytest.raises(NotAnImage):
        encode(uploaded(content[: int(len(content) * kept)]))


def test_text_that_unpacks_to_a_hundred_megabytes_is_refused(uploaded):
    text = b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000)

    with pytest.raises(NotAnImage):
        encode(uploaded(grey_png(40, 30, png_chunk(b"zTXt", text), rows=30)))


def test_rows_beyond_the_image_are_not_unpacked(uploaded):
    upload = uploaded(grey_png(4000, 1, rows=25_000))
    started = time.process_time()

    assert encode(upload).width == 1600
    assert time.process_time() - started < 0.5


def test_forty_one_megapixels_in_a_small_file_are_refused_at_once(uploaded):
    content = grey_png(8200, 5000, rows=5000)
    assert len(content) < 100_000
    upload = uploaded(content)
    started = time.process_time()

    with pytest.raises(TooManyPixels, match="more than 40 megapixels"):
        encode(upload)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "size",
    [
        (8001, 5000),
        (40_000_000, 1),
        (1, 40_000_000),
        (16_384, 1),
        (20_000, 20_000),
        (2**31 - 1, 2**31 - 1),
    ],
)
def test_the_header_alone_is_enough_to_refuse(uploaded, size):
    """The file has no pixels at all: to decode it would be to call it damaged."""
    header = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"")

    with pytest.raises(TooManyPixels):
        encode(uploaded(content))


def test_a_large_canvas_is_refused_before_the_decoder_allocates_it(uploaded):
    side = struct.pack("<I", 10_000 - 1)[:3]
    canvas = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + side + side

    with pytest.raises(TooManyPixels):
        encode(uploaded(b"RIFF" + struct.pack("<I", len(canvas)) + canvas))


def test_a_gif_frame_larger_than_its_screen_is_counted(uploaded):
    screen = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x00;"

    with pytest.raises(TooManyPixels):
        encode(uploaded(screen + frame))


@pytest.mark.parametrize("format", ["WEBP", "AVIF"])
def test_too_many_pixels_of_the_newer_formats(uploaded, format):
    options = {"WEBP": {"method": 0}, "AVIF": {"speed": 10}}[format]

    with pytest.raises(TooManyPixels):
        encode(uploaded(Pixels.new("L", (8200, 5000)), format, **options))


def test_forty_megapixels_are_accepted(uploaded):
    encoded = encode(uploaded(Pixels.new("L", (8000, 5000)), "JPEG"))

    assert (encoded.width, encoded.height) == (1600, 1000)


def test_too_many_bytes_are_refused(uploaded):
    with pytest.raises(TooManyBytes, match="larger than 20 MB"):
        encode(uploaded(b"\0" * (MAX_BYTES + 1)))
