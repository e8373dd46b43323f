"""Claims, links, collected tips and places in lists: edited in order, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.admin_forms import filled
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SourceFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)
from triggers.models import Factor, Link

pytestmark = pytest.mark.django_db


def address(obj, page="change"):
    args = [obj.pk] if page != "add" else []
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}", args=args)


def form_of(client, obj):
    return filled(client.get(address(obj)))


def with_row(data, prefix, **fields):
    """The data with one more row in an inline."""
    n = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{n}-{name}": value for name, value in fields.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": str(n + 1)}


def save(client, obj, data):
    response = client.post(address(obj), data)
    assert response.status_code == 302, response.context["errors"]


class TestClaims:
    NEW = {"text": "New words.", "kind": "about", "certainty": "limited", "position": ""}

    def test_a_new_claim_goes_last(self, admin_client):
        trigger = TriggerFactory(live=False)
        for position in (3, 7):
            ClaimFactory(trigger=trigger, position=position)
        save(admin_client, trigger, with_row(form_of(admin_client, trigger), "claims", **self.NEW))
        claim = trigger.claims.get(text="New words.")
        assert claim.position == 8
        assert claim.key

    def test_numbers_order_them(self, admin_client):
        trigger = TriggerFactory()
        first, second = (ClaimFactory(trigger=trigger, position=n) for n in (1, 2))
        data = form_of(admin_client, trigger)
        save(admin_client, trigger, data | {"claims-0-position": "5"})
        assert list(trigger.claims.all()) == [second, first]

    def test_an_untouched_extra_row_is_no_claim(self, admin_client):
        trigger = TriggerFactory()
        empty = {"text": "", "kind": "", "certainty": "", "position": ""}
        save(admin_client, trigger, with_row(form_of(admin_client, trigger), "claims", **empty))
        assert not trigger.claims.exists()

    def test_a_mistake_keeps_what_was_typed(self, admin_client):
        trigger, source = TriggerFactory(), SourceFactory(key="found2020")
        row = self.NEW | {"kind": "", "sources": [str(source.pk)]}
        data = with_row(form_of(admin_client, trigger), "claims", **row)
        response = admin_client.post(address(trigger), data)
        assert response.status_code == 200
        page = response.content.decode()
        assert "New words." in page
        assert "found2020" in page

    @pytest.mark.parametrize(
        "number",
        [
            {"numerator": "5", "denominator": "2"},
            {"numerator": "9" * 20, "denominator": "9" * 20},
            {"position": "70000"},
            {"key": "not a key"},
        ],
    )
    def test_impossible_numbers_are_form_errors(self, admin_client, number):
        trigger = TriggerFactory()
        data = with_row(form_of(admin_client, trigger), "claims", **(self.NEW | number))
        response = admin_client.post(address(trigger), data)
        assert response.status_code == 200
        assert response.context["errors"]
        assert "New words." in response.content.decode()

    def test_deleting_one(self, admin_client):
        claim = ClaimFactory()
        data = form_of(admin_client, claim.trigger) | {"claims-0-DELETE": "on"}
        save(admin_client, claim.trigger, data)
        assert not claim.trigger.claims.exists()


class TestLinks:
    def row(self, to_factor, **other):
        return {
            "to_factor": str(to_factor.pk),
            "certainty": "limited",
            "mechanism": "It may.",
            "position": "",
        } | other

    def test_the_first_link_makes_the_factor(self, admin_client):
        trigger, pain = TriggerFactory(slug="sleep", short_title="Sleep"), FactorFactory()
        data = with_row(form_of(admin_client, trigger), "links_out", **self.row(pain))
        save(admin_client, trigger, data)
        link = Link.objects.get()
        assert link.from_factor == Factor.objects.get(trigger=trigger)
        assert (link.from_factor.slug, link.from_factor.name) == ("sleep", "Sleep")

    def test_a_slug_that_is_taken_is_no_obstacle(self, admin_client):
        trigger, taken = TriggerFactory(slug="sleep"), FactorFactory(slug="sleep")
        data = with_row(form_of(admin_client, trigger), "links_out", **self.row(taken))
        save(admin_client, trigger, data)
        assert Link.objects.get().from_factor.trigger == trigger

    def test_saving_without_links_makes_no_factor(self, admin_client):
        trigger = TriggerFactory()
        save(admin_client, trigger, form_of(admin_client, trigger))
        assert not Factor.objects.exists()

    def test_on_a_new_trigger(self, admin_client):
        pain = FactorFactory()
        blank = filled(admin_client.get("/admin/triggers/trigger/add/"))
        data = with_row(blank, "links_out", **self.row(pain)) | {"title": "A", "slug": "a"}
        assert admin_client.post("/admin/triggers/trigger/add/", data).status_code == 302
        assert Link.objects.get().from_factor.trigger.slug == "a"

    def test_a_link_to_itself_is_refused(self, admin_client):
        trigger = TriggerFactory()
        factor = FactorFactory(trigger=trigger)
        data = with_row(form_of(admin_client, trigger), "links_out", **self.row(factor))
        response = admin_client.post(address(trigger), data)
        assert "A factor cannot lead to itself." in response.content.decode()

    def test_the_same_link_twice_is_refused(self, admin_client):
        trigger = TriggerFactory()
        link = LinkFactory(from_factor=FactorFactory(trigger=trigger))
        data = with_row(form_of(admin_client, trigger), "links_out", **self.row(link.to_factor))
        response = admin_client.post(address(trigger), data)
        assert "The same thing is chosen twice." in response.content.decode()
        assert Link.objects.count() == 1

    def test_links_of_others_are_not_touched(self, admin_client):
        LinkFactory()
        trigger = TriggerFactory()
        assert form_of(admin_client, trigger)["links_out-TOTAL_FORMS"] == "0"


class TestCollectedTips:
    def test_a_tip_added_goes_last_and_not_twice(self, admin_client):
        tips = TipFactory.create_batch(3)
        collection = TipCollectionFactory(tips=tips[:2])
        data = form_of(admin_client, collection)
        row = {"tip": str(tips[2].pk), "position": ""}
        save(admin_client, collection, with_row(data, "collected_tips", **row))
        assert [each.tip for each in collection.collected_tips.all()] == tips
        again = with_row(form_of(admin_client, collection), "collected_tips", **row)
        response = admin_client.post(address(collection), again)
        assert "The same thing is chosen twice." in response.content.decode()


def queries_to_open(client, obj):
    client.get(address(obj))  # content types and permissions are remembered from here on
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(obj)).status_code == 200
    return len(captured)


class TestQueries:
    """Twenty rows cost no more than one."""

    def test_trigger(self, admin_client):
        def trigger(size):
            trigger = TriggerFactory()
            for _ in range(size):
                ClaimFactory(trigger=trigger, sources=SourceFactory.create_batch(3))
            factor = FactorFactory(trigger=trigger)
            for _ in range(size):
                LinkFactory(from_factor=factor).sources.set(SourceFactory.create_batch(2))
            return trigger

        one, twenty = (queries_to_open(admin_client, trigger(size)) for size in (1, 20))
        assert twenty == one
        assert one <= 20

    def test_collection(self, admin_client):
        one, twenty = (
            queries_to_open(admin_client, TipCollectionFactory(tips=TipFactory.create_batch(size)))
            for size in (1, 20)
        )
        assert twenty == one

    def test_article(self, admin_client):
        one, twenty = (
            queries_to_open(
                admin_client, ArticleFactory(triggers=TriggerFactory.create_batch(size))
            )
            for size in (1, 20)
        )
        assert twenty == one
