"""The admin, grouped by what an editor wants to do."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import slugify

TASKS = {
    "Topics and tips": ["triggers.Trigger", "triggers.Tip", "triggers.TipCollection"],
    "Articles and pages": [
        "articles.Article",
        "articles.TagPage",
        "taggit.Tag",
        "articles.SitePage",
    ],
    "Evidence": ["sources.Source", "triggers.Claim", "triggers.Factor", "triggers.Loop"],
    "Safety": ["triggers.CareCard", "triggers.CrisisContact", "search.CrisisTerm"],
    "Words": ["reading.GlossaryTerm", "search.SynonymSet", "search.Misspelling"],
    "Pictures": ["images.Image"],
    "People": ["publishing.Contributor", "auth.User", "auth.Group"],
    "Site": ["publishing.Redirect"],
}
OTHER = "Other"  # so that nothing registered is ever out of sight


class FibroAdminSite(admin.AdminSite):
    site_title = site_header = settings.SITE_NAME
    index_title = "What would you like to do?"
    enable_nav_sidebar = False  # lists and forms need the width; the wordmark leads to all tasks

    def get_app_list(self, request, app_label=None):
        """The stock list, which hides what the user may not see, by task instead of by app.

        The pages of single apps stay the stock ones, because breadcrumbs lead there.
        """
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {entry["model"]._meta.label: entry for app in apps for entry in app["models"]}
        groups = {
            task: [models.pop(label) for label in labels if label in models]
            for task, labels in TASKS.items()
        }
        groups[OTHER] = list(models.values())
        return [
            {
                "name": task,
                "app_label": slugify(task),
                "app_url": None,
                "has_module_perms": True,
                "models": entries,
            }
            for task, entries in groups.items()
            if entries
        ]
