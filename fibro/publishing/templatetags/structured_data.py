"""Template tags that describe a page for machines with what its template shows."""

from django import template
from django.urls import reverse

from ..structured_data import breadcrumb_list, script, web_page

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context, page, gist, kind="MedicalWebPage"):
    """The page itself. Must come after all the text that cites."""
    entries = context["bibliography"].entries()
    data = web_page(
        page,
        kind=kind,
        url=context["request"].build_absolute_uri(page.get_absolute_url()),
        gist=gist,
        sources=[source for _, _, source, _ in entries if source],
    )
    return script(data)


@register.simple_tag(takes_context=True)
def breadcrumb_data(context, here, parent_title="", parent_url=""):
    """Where the page stands, as includes/breadcrumbs.html shows it."""
    absolute = context["request"].build_absolute_uri
    steps = [("Home", absolute(reverse("home")))]
    if parent_url:
        steps.append((parent_title, absolute(parent_url)))
    return script(breadcrumb_list([*steps, (here, None)]))
