from django.contrib.admin.apps import AdminConfig


class FibroAdminConfig(AdminConfig):
    default_site = "fibro.admin_site.FibroAdminSite"
