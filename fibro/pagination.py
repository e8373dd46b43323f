"""Pages of a list. A page that does not exist is a 404, not the nearest one."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404


def paginate(request, queryset, per_page):
    """The Page asked for by ?page=, with `address`, this list's address without a page number, and
    `own_query`, what tells a later page of the unfiltered list from its first."""
    try:
        page = Paginator(queryset, per_page).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page of this list.") from error
    params = request.GET.copy()
    params.pop("page", None)
    page.own_query = f"?page={page.number}" if page.number > 1 and not params else ""
    page.address = f"?{params.urlencode()}{'&' if params else ''}page="
    return page
