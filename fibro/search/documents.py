"""What the search knows of a page. Whoever makes a page describes it in these words."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models


class Kind(models.TextChoices):
    TRIGGER = "trigger", "Topic"
    ARTICLE = "article", "Article"
    TIP = "tip", "Tip"
    TIP_COLLECTION = "tip_collection", "Collection of tips"
    TAG_PAGE = "tag_page", "Tag"
    GLOSSARY_TERM = "glossary_term", "Word explained"
    SITE_PAGE = "site_page", "About this site"


@dataclass(kw_only=True)
class Document:
    """One searchable page. Lists hold slugs, source keys or plain words; texts have no markup."""

    url: str
    title: str
    names: list[str] = field(default_factory=list)
    gist: str = ""
    body: str = ""
    triggers: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    certainty: str = ""
    energy: str = ""
    go_live_at: datetime | None = None
    expire_at: datetime | None = None
    changed_at: datetime | None = None
