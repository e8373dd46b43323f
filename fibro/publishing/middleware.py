"""Old addresses keep working."""

from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect

from .models import Redirect


class RedirectMiddleware:
    """Asks for a redirect only when there is no such page, so a live page always wins."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or "\x00" in request.path_info:
            return response
        try:
            target = Redirect.objects.target_of(request.path_info)
        except DatabaseError:
            return response  # the page itself copes without a database
        if target is None:
            return response
        query = request.META.get("QUERY_STRING")
        moved = HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
        # A page may move back: what a browser kept for ever would then lead in circles.
        moved["Cache-Control"] = "no-cache"
        return moved
