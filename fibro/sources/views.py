from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fibro.search.models import SearchDocument

from .models import Source


@require_safe
def source_list(request):
    return render(request, "sources/list.html", {"sources": Source.objects.all()})


@require_safe
def source_detail(request, key):
    source = get_object_or_404(Source, key=key)
    context = {
        "source": source,
        "pages": SearchDocument.objects.live().citing(key).order_by("kind", "title"),
        "claims": source.claims.public(),
    }
    return render(request, "sources/detail.html", context)
