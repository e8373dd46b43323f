"""Old addresses keep working."""

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
        target = Redirect.objects.target_of(request.path_info)
        if target is None:
            return response
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
