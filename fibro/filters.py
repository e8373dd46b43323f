"""Filters that live in the address: each option says how many it leads to, none to nothing."""

from dataclasses import dataclass, field

from django.db.models import Count, Q


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool
    url: str  # the address with this option switched on, or off where it is on


@dataclass
class Filter:
    """One filter: its parameter, its possible (value, label) pairs, and what a value means."""

    name: str
    label: str
    choices: list
    condition: object  # value -> Q
    several: bool = False  # whether values add up (and) or replace each other
    options: list = field(default_factory=list)

    @property
    def selected(self):
        return [option for option in self.options if option.selected]


class FilterSet:
    """Applies filters from a request to a queryset and works out the options.

    `results` is the filtered queryset, `filters` the filters that offer a choice, `unknown` the
    values that were asked for and do not exist.
    """

    def __init__(self, request, queryset, filters):
        self.params = request.GET
        self.chosen, self.unknown = {}, []
        for each in filters:
            known = dict(each.choices)
            wanted = [value for value in dict.fromkeys(request.GET.getlist(each.name)) if value]
            self.unknown += [value[:100] for value in wanted if value not in known][:3]
            values = [value for value in wanted if value in known]
            self.chosen[each.name] = values if each.several else values[:1]
        self.results = self._apply(queryset, filters)
        for each in filters:
            others = filters if each.several else [other for other in filters if other != each]
            each.options = self._options(each, self._apply(queryset, others))
        self.filters = [each for each in filters if each.options]

    def _apply(self, queryset, filters):
        for each in filters:
            for value in self.chosen[each.name]:
                queryset = queryset.filter(
                    pk__in=queryset.model.objects.filter(each.condition(value)).values("pk")
                )
        return queryset

    def _options(self, each, queryset):
        if not each.choices:
            return []
        counts = queryset.order_by().aggregate(
            **{
                f"option_{n}": Count("pk", filter=Q(each.condition(value)), distinct=True)
                for n, (value, _) in enumerate(each.choices)
            }
        )
        chosen = self.chosen[each.name]
        return [
            Option(value, label, counts[f"option_{n}"], value in chosen, self._url(each, value))
            for n, (value, label) in enumerate(each.choices)
            if counts[f"option_{n}"] or value in chosen
        ]

    def _url(self, each, value):
        """This address with one value switched; back on its first page."""
        values = self.chosen[each.name]
        if value in values:
            switched = [other for other in values if other != value]
        else:
            switched = [*values, value] if each.several else [value]
        params = self.params.copy()
        params.pop("page", None)
        for name, kept in (self.chosen | {each.name: switched}).items():
            params.setlist(name, kept)
        return f"?{params.urlencode()}"
