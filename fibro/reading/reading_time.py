"""How long a text takes to read."""

from math import ceil

from .rendering import plain_text

WORDS_A_MINUTE = 150  # most readers manage more; tired ones, with pain or brain fog, do not


def minutes_to_read(*texts):
    """Whole minutes, at least one. Markup and citations are not words."""
    return max(1, ceil(sum(len(plain_text(text).split()) for text in texts) / WORDS_A_MINUTE))
