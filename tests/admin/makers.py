"""One object of every kind the admin knows."""

from django.contrib.auth.models import Group, User
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, SitePage, TagPage
from fibro.images.models import Image
from fibro.publishing.models import Contributor, Redirect
from fibro.reading.models import GlossaryTerm
from fibro.search.models import CrisisTerm, Misspelling, SynonymSet
from fibro.sources.models import Source
from tests import factories
from triggers.models import (
    CareCard,
    Claim,
    CrisisContact,
    Factor,
    Loop,
    Tip,
    TipCollection,
    Trigger,
)
from triggers.models.factors import LoopStep

PASSWORD = "a long enough pass phrase"


def _author():
    return Contributor.objects.get_or_create(slug="ada", defaults={"name": "Ada"})[0]


def _trigger(n):
    trigger = factories.TriggerFactory(authors=[_author()], care_cards=[_card(f"t{n}")])
    factories.ClaimFactory.create_batch(2, trigger=trigger)
    factories.LinkFactory(from_factor=factories.FactorFactory(trigger=trigger))
    return trigger


def _card(slug):
    return factories.CareCardFactory(slug=slug)


def _article(n):
    article = factories.ArticleFactory(
        triggers=[factories.TriggerFactory()],
        body="<h2>First</h2><p>A &amp; B &lt; C “quoted”</p><ul><li>one</li></ul>",
    )
    article.tags.add("pain", f"tag {n}")
    return article


def _loop(n):
    loop = Loop.objects.create(title=f"Loop {n}", told="Pain, then stress, then pain.")
    for position in range(2):
        LoopStep.objects.create(loop=loop, factor=factories.FactorFactory(), position=position)
    return loop


def _tag(n):
    return Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}")


def _user(n):
    # Forms show times without fractions of a second.
    joined = timezone.now().replace(microsecond=0)
    return User.objects.create_user(f"user{n}", password=PASSWORD, date_joined=joined)


#: model -> a function that makes object number n
MAKERS = {
    Article: _article,
    CareCard: lambda n: _card(f"card-{n}"),
    Claim: lambda n: factories.ClaimFactory(),
    Contributor: lambda n: Contributor.objects.create(name=f"Ada {n}", slug=f"ada-{n}"),
    CrisisContact: lambda n: CrisisContact.objects.create(country=f"Land {n}", emergency="112"),
    CrisisTerm: lambda n: CrisisTerm.objects.create(phrase=f"phrase {n}"),
    Factor: lambda n: factories.LinkFactory().from_factor,
    GlossaryTerm: lambda n: factories.GlossaryTermFactory(also=["another word"]),
    Group: lambda n: Group.objects.create(name=f"Group {n}"),
    Image: lambda n: Image.objects.create(
        title=f"Picture {n}", alt="A tree", digest=f"{n:032}", width=100, height=80
    ),
    Loop: _loop,
    Misspelling: lambda n: Misspelling.objects.create(wrong=f"wrogn{n}", right="wrong"),
    Redirect: lambda n: Redirect.objects.create(old_path=f"/old-{n}/", new_path="/new/"),
    SitePage: lambda n: factories.SitePageFactory(),
    Source: lambda n: factories.SourceFactory(),
    SynonymSet: lambda n: SynonymSet.objects.create(terms=[f"tired {n}", "fatigue"]),
    Tag: _tag,
    TagPage: lambda n: factories.TagPageFactory(),
    Tip: lambda n: factories.TipFactory(
        triggers=[factories.TriggerFactory()], sources=[factories.SourceFactory()]
    ),
    TipCollection: lambda n: factories.TipCollectionFactory(tips=[factories.TipFactory()]),
    Trigger: _trigger,
    User: _user,
}
