"""Topics and tips. Included at the root."""

from django.urls import path

from . import views

app_name = "triggers"
urlpatterns = [
    path("triggers/", views.trigger_list, name="list"),
    path("triggers/compare/", views.trigger_compare, name="compare"),
    path("triggers/<slug:slug>/", views.trigger_detail, name="detail"),
    path("tips/", views.tip_list, name="tips"),
    path("tips/<slug:slug>/", views.tip_collection, name="tip_collection"),
    path("tip/<slug:slug>/", views.tip_detail, name="tip"),
]
