"""Template tags for text that cites. The view puts a Bibliography into the context."""

import re

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe

from ..rendering import render

register = template.Library()


@register.simple_tag(takes_context=True)
def rich_text(context, html):
    """Stored rich text as a RenderedText: print it, or keep it with `as` for its contents list."""
    return render(_with_site_words(html), _bibliography(context))


@register.simple_tag(takes_context=True)
def cite(context, sources):
    """The mark for a list of sources."""
    return _bibliography(context).mark_sources(sources)


def _bibliography(context):
    if "bibliography" not in context:
        raise template.TemplateSyntaxError("This page cites: its view must give a bibliography.")
    return context["bibliography"]


def _with_site_words(html):
    """The two words that editors may leave to the settings."""
    words = {
        "{{ organisation }}": settings.ORGANISATION,
        "{{ contact_email }}": settings.CONTACT_EMAIL,
    }
    for placeholder, word in words.items():
        html = html.replace(placeholder, escape(word))
    return html


#: A telephone number in running text: three digits or more, alone or in groups; not a year, an
#: amount or a part of something longer.
_PHONE = re.compile(
    r"(?<![\w/.,+-])\+?(?!(?:19|20)\d\d\b(?! \d))\d{1,5}(?:[ \u00a0-]\d{2,4}){0,5}"
    r"(?![\w/%]|[.,:-]\d)"
)
_NOT_A_PHONE = re.compile(
    r"\s*(?:hours?|days?|weeks?|minutes?|years?|people|per ?cent|mg|calls?|times)\b"
)


_LONGEST_NUMBER = 15  # digits, the world over


def _is_part_of_more(before, after):
    """Whether digits go on beside a match: half a number is worse than none."""
    in_brackets = before.endswith("(") and after.startswith(")")
    gap = r"[\s()–-]*"
    return in_brackets or re.search(rf"\d{gap}$", before) or re.match(rf"{gap}\d", after)


@register.filter(is_safe=False)
def phone_links(text):
    """Plain text, unchanged, in which each telephone number can be tapped."""
    out, end = [], 0
    for match in _PHONE.finditer(text):
        digits = re.sub(r"[^\d+]", "", match[0])
        if not 3 <= len(digits) <= _LONGEST_NUMBER or _NOT_A_PHONE.match(text, match.end()):
            continue
        if _is_part_of_more(text[: match.start()], text[match.end() :]):
            continue
        out.append(escape(text[end : match.start()]))
        out.append(f'<a class="phone" href="tel:{digits}">{match[0]}</a>')
        end = match.end()
    out.append(escape(text[end:]))
    return mark_safe("".join(out))  # noqa: S308
