"""Forgotten passwords. The names without "admin_" are the ones that Django's own views lead to."""

from django.contrib import admin
from django.contrib.auth import views
from django.urls import path

HEADINGS = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}

urlpatterns = [
    path(
        "password_reset/",
        views.PasswordResetView.as_view(extra_context=HEADINGS),
        name="admin_password_reset",
    ),
    path(
        "password_reset/done/",
        views.PasswordResetDoneView.as_view(extra_context=HEADINGS),
        name="password_reset_done",
    ),
    path(
        "password_reset/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(extra_context=HEADINGS),
        name="password_reset_confirm",
    ),
    path(
        "password_reset/complete/",
        views.PasswordResetCompleteView.as_view(extra_context=HEADINGS),
        name="password_reset_complete",
    ),
]
