from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .renditions import FOLDER

YEAR = 365 * 24 * 60 * 60  # seconds


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def rendition(request, file_name):
    try:
        file = default_storage.open(f"{FOLDER}/{file_name}")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp")
