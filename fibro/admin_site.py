"""The admin, grouped by what an editor wants to do."""

from django.conf import settings
from django.contrib import admin


class FibroAdminSite(admin.AdminSite):
    site_title = site_header = settings.SITE_NAME
