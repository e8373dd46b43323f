"""Refusing early what no view can use."""

from django.http import HttpResponseBadRequest


class BadInputMiddleware:
    """A NUL byte cannot reach PostgreSQL; refuse it in an address or its parameters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "This address holds a character that cannot be used.\n", content_type="text/plain"
            )
        return self.get_response(request)
