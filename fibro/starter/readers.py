"""Files -> records: one function for each kind of content. Nothing here touches the database."""

from django.utils.text import slugify

from fibro.sources.citations import cited_keys

from .records import Record, Values

ALL_TRIGGERS, ALL_ARTICLES = "all triggers", "all articles"

CSL_TEXTS = {
    "type": "type",
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "genre": "genre",
    "number": "number",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "url": "URL",
}


def sources(files):
    for csl in files.entries("references.json", named_by="id"):
        key = csl.text("id")
        columns = {"key": key}
        for column, csl_name in CSL_TEXTS.items():
            columns[column] = csl.text(csl_name, "")
        columns["authors"] = [_author(name, csl) for name in csl.take("author", [])]
        date = csl.take("issued", {}).get("date-parts", [[]])[0]
        columns["year"], columns["month"], columns["day"] = [*date, None, None, None][:3]
        custom = csl.take("custom", {})
        columns["unconfirmed"] = custom.get("unconfirmed", [])
        columns["note"] = custom.get("note", "")
        yield Record(kind="source", key=key, file=csl.file, columns=columns)


def _author(name, csl):
    match name:
        case {"literal": organisation}:
            return organisation
        case {"family": family, "given": given, **rest} if rest.keys() <= {"suffix"}:
            # After the family name, so that short forms come out as "Keck Jr PE".
            return f"{' '.join([family, *rest.values()])}, {given}"
    raise csl.error(f"an author that is not read: {name!r}")


def care_cards(files):
    for position, card in enumerate(files.entries("care.yaml", part="cards", named_by="slug")):
        slug, body, used_on = card.text("slug"), card.text("body"), card.texts("used_on")
        _check_sources(card, body)
        yield Record(
            kind="care_card",
            key=slug,
            file=card.file,
            columns={
                "slug": slug,
                "urgency": card.text("urgency"),
                "heading": card.text("heading"),
                "body": body,
                "position": position,
                "before_text": card.take("before_text", False),
                "on_all_triggers": ALL_TRIGGERS in used_on,
                "on_all_articles": ALL_ARTICLES in used_on,
            },
        )


def care_places(files):
    """Where care.yaml puts each card: {slug: ["all triggers", a tip's id, a page's slug, …]}"""
    return {card["slug"]: card["used_on"] for card in files.part("care.yaml", "cards")}


def _cards_on(files, key):
    return [slug for slug, used_on in care_places(files).items() if key in used_on]


def crisis_contacts(files):
    contacts = files.entries("care.yaml", part="crisis_contacts", named_by="country")
    for position, contact in enumerate(contacts):
        country = contact.text("country")
        texts = ("emergency", "crisis_line", "urgent_advice", "note")
        columns = {name: contact.text(name) for name in texts}
        columns |= {"country": country, "position": position}
        yield Record(kind="crisis_contact", key=country, file=contact.file, columns=columns)


def glossary_terms(files):
    for term in files.entries("glossary.yaml", named_by="slug"):
        slug = term.text("slug")
        yield Record(
            kind="glossary_term",
            key=slug,
            file=term.file,
            columns={
                "term": term.text("term"),
                "slug": slug,
                "definition": term.text("definition"),
                "also": term.texts("also"),
            },
            relations={"sources": term.texts("sources")},
        )


def synonyms(files):
    for entry in files.entries("synonyms.yaml", part="synonyms", named_by="set"):
        terms = entry.texts("set")
        if len(terms) < 2:
            raise entry.error("a set needs two terms")
        columns = {"terms": terms}
        columns |= {name: entry.text(name) for name in ("direction", "match", "note")}
        key = " + ".join(terms[:2])
        yield Record(kind="synonym", key=key, file=entry.file, columns=columns)


def misspellings(files):
    for entry in files.entries("synonyms.yaml", part="misspellings", named_by="wrong"):
        columns = {"wrong": entry.text("wrong"), "right": entry.text("right")}
        yield Record(kind="misspelling", key=columns["wrong"], file=entry.file, columns=columns)


def crisis_terms(files):
    file = "synonyms.yaml"
    for phrase in files.part(file, "crisis_terms"):
        yield Record(kind="crisis_term", key=phrase, file=file, columns={"phrase": phrase})


def tags(files):
    for tag in files.entries("tags.yaml", named_by="slug"):
        columns = {"slug": tag.text("slug"), "name": tag.text("name")}
        tag.take("description")
        yield Record(kind="tag", key=columns["slug"], file=tag.file, columns=columns)


def tag_pages(files):
    for tag in files.entries("tags.yaml", named_by="slug"):
        slug = tag.text("slug")
        tag.take("name")
        yield Record(
            kind="tag_page",
            key=slug,
            file=tag.file,
            columns={"description": tag.text("description")},
            links={"tag": slug},
        )


def triggers(files):
    texts = (
        *("title", "short_title", "meta_description", "gist", "certainty", "certainty_reason"),
        *("what_it_is", "how_it_may_lead_to_pain"),
    )
    lists = ("also_called", "key_points", "unknowns", "noticed", "questions")
    for position, topic in enumerate(files.folder("triggers", ".yaml")):
        slug = topic.text("slug")
        columns = {"slug": slug, "role": topic.text("type"), "position": position}
        columns |= {name: topic.text(name) for name in texts}
        columns |= {name: topic.texts(name) for name in lists}
        columns["content_note"] = topic.text("content_note", "")
        yield Record(
            kind="trigger",
            key=slug,
            file=topic.file,
            columns=columns,
            relations={"care_cards": _cards_on(files, slug)},
            children={
                "claims": [
                    _claim(claim, position)
                    for position, claim in enumerate(topic.entries("claims", named_by="id"))
                ]
            },
        )


def _claim(claim, position):
    sources = claim.texts("sources")
    if not sources:
        raise claim.error("a claim needs a source")
    columns = {
        "key": claim.text("id"),
        "text": claim.text("text"),
        "kind": claim.text("kind"),
        "certainty": claim.text("certainty"),
        "certainty_note": claim.text("certainty_note", ""),
        "position": position,
    }
    if number := claim.take("statistic", {}):
        try:
            columns["number_text"] = number["text_of_number"]
            columns["numerator"] = number["numerator"]
            columns["denominator"] = number["denominator"]
            columns["number_group"] = number["group"]
        except (KeyError, TypeError) as error:
            raise claim.error(f"the statistic cannot be read: {error}") from None
    else:
        columns |= {"number_text": "", "number_group": "", "numerator": None, "denominator": None}
    return Values(columns=columns, relations={"sources": sources})


def factors(files):
    entries = files.entries("links.yaml", part="factors", named_by="slug")
    for position, factor in enumerate(entries):
        slug = factor.text("slug")
        columns = {"slug": slug, "position": position}
        columns |= {name: factor.text(name) for name in ("name", "plain_meaning")}
        trigger = {"trigger": factor.text("trigger") or None}
        yield Record(kind="factor", key=slug, file=factor.file, columns=columns, links=trigger)


def links(files):
    for position, link in enumerate(files.entries("links.yaml", part="links", named_by="from")):
        ends = {"from_factor": link.text("from"), "to_factor": link.text("to")}
        yield Record(
            kind="link",
            key="/".join(ends.values()),
            file=link.file,
            columns={
                "mechanism": link.text("mechanism"),
                "certainty": link.text("certainty"),
                "position": position,
            },
            links=ends,
            relations={"sources": link.texts("sources")},
        )


def loops(files):
    for position, loop in enumerate(files.entries("links.yaml", part="loops", named_by="title")):
        title, path = loop.text("title"), loop.texts("path")
        if path and path[0] != path[-1]:
            raise loop.error("its path does not come back to where it starts")
        yield Record(
            kind="loop",
            key=slugify(title),
            file=loop.file,
            columns={"title": title, "told": loop.text("told"), "position": position},
            children={"steps": _placed("factor", path[:-1])},
        )


def tips(files):
    texts = ("title", "text", "energy", "per", "certainty", "caution")
    for position, tip in enumerate(files.entries("tips.yaml", named_by="id")):
        key = tip.text("id")
        columns = {"key": key, "position": position}
        columns |= {name: tip.text(name) for name in texts}
        columns |= {name: tip.text(name, "") for name in ("first_ask", "get_help", "cost")}
        columns |= {name: tip.take(name) for name in ("minutes_min", "minutes_max")}
        columns |= {"slug": slugify(columns["title"]), "body_position": tip.text("position")}
        yield Record(
            kind="tip",
            key=key,
            file=tip.file,
            columns=columns,
            relations={
                "triggers": tip.texts("triggers"),
                "sources": tip.texts("sources"),
                "care_cards": _cards_on(files, key),
            },
        )


def tip_collections(files):
    for position, collection in enumerate(files.entries("collections.yaml", named_by="slug")):
        slug = collection.text("slug")
        columns = {"slug": slug, "position": position}
        columns |= {name: collection.text(name) for name in ("title", "intro")}
        yield Record(
            kind="tip_collection",
            key=slug,
            file=collection.file,
            columns=columns,
            relations={"triggers": collection.texts("triggers")},
            children={"collected_tips": _placed("tip", collection.texts("tips"))},
        )


def articles(files):
    texts = ("title", "kind", "meta_description", "gist", "body", "certainty")
    everywhere = set(_cards_on(files, ALL_ARTICLES))
    places = {}  # topic -> how many articles its list has so far
    for article in files.folder("articles", ".md"):
        slug = article.text("slug")
        columns = {"slug": slug, "key_points": article.texts("key_points")}
        columns |= {name: article.text(name) for name in texts}
        columns |= {name: article.text(name, "") for name in ("certainty_note", "content_note")}
        columns["editor_notes"] = "\n".join(article.texts("editor_notes", []))
        _check_sources(article, columns["body"])
        cards = dict.fromkeys([*_cards_on(files, slug), *article.texts("care")])
        placements = []
        for trigger in article.texts("triggers"):
            places[trigger] = places.get(trigger, -1) + 1
            place = Values(columns={"position": places[trigger]}, links={"trigger": trigger})
            placements.append(place)
        yield Record(
            kind="article",
            key=slug,
            file=article.file,
            columns=columns,
            relations={
                "tags": article.texts("tags"),
                "care_cards": [card for card in cards if card not in everywhere],
            },
            children={"placements": placements},
        )


def site_pages(files):
    for position, page in enumerate(files.folder("pages", ".md")):
        slug = page.text("slug")
        columns = {"slug": slug, "position": position}
        columns |= {name: page.text(name) for name in ("title", "gist", "body")}
        cards = {"care_cards": page.texts("care", [])}
        yield Record(kind="site_page", key=slug, file=page.file, columns=columns, relations=cards)


def _placed(link, keys):
    """Ordered child rows that do nothing but point at something."""
    return [
        Values(columns={"position": position}, links={link: key})
        for position, key in enumerate(keys)
    ]


def _check_sources(entry, body):
    """The list of sources beside a text names those that the text cites, no more and no fewer."""
    if difference := set(entry.texts("sources")) ^ set(cited_keys(body)):
        raise entry.error(f"cited or listed as a source, but not both: {sorted(difference)}")
