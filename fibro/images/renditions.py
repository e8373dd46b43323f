"""Which files an image has and what they are called.

A name is made from the content, so what stands behind it never changes and may be cached for ever.
"""

FOLDER = "images"
WIDTHS = (480, 960, 1600)
FILE_NAME_PATTERN = r"[0-9a-f]{32}-[0-9]{1,4}\.webp"


def rendition_widths(width):
    """The widths served of an image that is `width` pixels wide, smallest first; none is larger."""
    largest = min(width, WIDTHS[-1])
    return [smaller for smaller in WIDTHS if smaller < largest] + [largest]


def storage_name(digest, width):
    return f"{FOLDER}/{digest}-{width}.webp"
