"""From an uploaded file to the files we serve.

Whatever arrives is decoded to pixels and encoded afresh, so neither metadata nor anything hidden
in the original's bytes survives.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image, ImageCms

from .renditions import WIDTHS, rendition_widths

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_383  # WebP cannot hold a longer one
QUALITY = 80

# Some of Pillow's decoders allocate while they open a file, before our own check can see its size.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

UPRIGHT_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class UnusableUpload(Exception):
    """An upload was refused; the message is for the person who chose the file."""


class NotAnImage(UnusableUpload):
    def __init__(self):
        super().__init__(
            "This file cannot be read as an image. Upload a JPEG, PNG, WebP, GIF or AVIF; "
            "if it is one, it may be damaged."
        )


class TooManyBytes(UnusableUpload):
    def __init__(self):
        super().__init__(f"This file is larger than {MAX_BYTES // 1024**2} MB.")


class TooManyPixels(UnusableUpload):
    def __init__(self):
        super().__init__(
            f"This image unpacks to more than {MAX_PIXELS // 10**6} megapixels, "
            f"or a side of it is longer than {MAX_SIDE:,} pixels. Make it smaller first."
        )


@dataclass(frozen=True)
class Encoded:
    """An image ready to be stored: WebP bytes by width in pixels, and the size of the largest."""

    digest: str
    width: int
    height: int
    files: dict[int, bytes]


def encode(upload):
    """Encode a Django File at every width it is large enough for, or raise UnusableUpload."""
    if upload.size > MAX_BYTES:
        raise TooManyBytes
    picture = _read(upload)
    widths = rendition_widths(picture.width)
    # The smaller ones are made from the largest, so that its digest stands for all of them.
    largest = _scale(picture, widths[-1])
    files = {width: _webp(_scale(largest, width)) for width in widths}
    digest = hashlib.blake2b(files[largest.width], digest_size=16).hexdigest()
    return Encoded(digest, *largest.size, files)


def _read(upload):
    """The first frame of an upload: upright, sRGB, without metadata."""
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            _check_dimensions(picture)
            picture.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG need not unpack in full
            picture.load()
            upright = _turn(_in_srgb(picture), _orientation(picture))
    except UnusableUpload:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # decoders meet damage with OSError, SyntaxError, zlib.error, ...
        raise NotAnImage from error
    upright.info = {}  # whatever an encoder may copy from there by default
    return upright


def _check_dimensions(picture):
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
        raise TooManyPixels


def _in_srgb(picture):
    """8 bits a channel: RGBA where something is transparent, otherwise RGB."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16"):
        # A plain conversion would clip nearly every 16-bit level to white.
        picture = picture.point(lambda level: level / 256).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if mode == "RGBA" or picture.mode not in ("L", "CMYK"):
        picture = picture.convert(mode)
    if profile:
        picture = _without_profile(picture, profile, mode)
    return picture.convert(mode)


def _without_profile(picture, profile, mode):
    try:
        return ImageCms.profileToProfile(
            picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except ImageCms.PyCMSError:
        return picture  # a broken profile costs exact colours, not the image


def _orientation(picture):
    try:
        return picture.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # broken EXIF costs the orientation, not the image
        return None


def _turn(picture, orientation):
    turn = UPRIGHT_TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _scale(picture, width):
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _webp(picture):
    file = BytesIO()
    picture.save(file, "WEBP", quality=QUALITY)
    return file.getvalue()
