from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from articles.views import site_page

from . import feeds, parts, views
from .sitemaps import sitemaps

handler404 = "fibro.views.page_not_found"

urlpatterns = [
    path("admin/", include("fibro.admin_urls")),
    path("admin/", admin.site.urls),
    path("", views.home, name="home"),
    path("", include("triggers.urls")),
    path("", include("articles.urls")),
    path("", include("fibro.reading.urls")),
    path("", include("fibro.search.urls")),
    path("", include("fibro.images.urls")),
    path("sources/", include("fibro.sources.urls")),
    path("a-to-z/", views.a_to_z, name="a_to_z"),
    path("evidence/", views.evidence, name="evidence"),
    path("evidence.csv", views.evidence_csv, name="evidence_csv"),
    path("feed/", require_safe(feeds.ArticleFeed()), name="feed"),
    path("triggers/<slug:slug>/feed/", require_safe(feeds.TriggerFeed()), name="trigger_feed"),
    path("tags/<slug:slug>/feed/", require_safe(feeds.TagFeed()), name="tag_feed"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": sitemaps}, name="sitemap"),
    path("card/<str:kind>/<slug:slug>.png", views.card, name="card"),
    path("card.png", views.site_card, name="site_card"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("about/parts/", parts.parts, name="parts"),
    # Last: pages about the site stand at the top of its addresses.
    path("<slug:slug>/", site_page, name="site_page"),
]
