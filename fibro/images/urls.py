"""Included at the root. A web server may answer the same addresses from MEDIA_ROOT itself."""

from django.urls import re_path

from .renditions import FILE_NAME_PATTERN, FOLDER
from .views import rendition

app_name = "images"
urlpatterns = [
    re_path(rf"^media/{FOLDER}/(?P<file_name>{FILE_NAME_PATTERN})$", rendition, name="rendition"),
]
