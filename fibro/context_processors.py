"""What every page says about the site. Nothing here reads the database or the session."""

from django.conf import settings


def site(request):
    return {
        "site_name": settings.SITE_NAME,
        "organisation": settings.ORGANISATION,
        "contact_email": settings.CONTACT_EMAIL,
    }
