from django.shortcuts import render
from django.views.decorators.http import require_safe

from fibro.sources.citations import Bibliography

from .models import GlossaryTerm


@require_safe
def glossary(request):
    terms = GlossaryTerm.objects.prefetch_related("sources")
    return render(
        request, "reading/glossary.html", {"terms": terms, "bibliography": Bibliography()}
    )
