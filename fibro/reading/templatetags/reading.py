"""Template tags for text that cites. The view puts a Bibliography into the context."""

from django import template
from django.conf import settings
from django.utils.html import escape

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
