"""What a visitor may filter initiatives on, and what the page shows of it: facets with counts, chips, suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.provinces import PROVINCE_CHOICES, PROVINCES
from core.typed import TypedForm
from partnerships.enums import Branch, InitiativeKind, InitiativePhase
from partnerships.models import Initiative
from partnerships.queries.initiatives import all_themes
from partnerships.queries.search import ALL, Counts, TextSearch, facet_counts, text_search
from ui.maps import MapCell, map_cells
from ui.pages import Page

LONGEST_TEXT = 100
MOST_CHOICES = 20  # in one facet; an address with more was not made by this page
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

# What stands in the address is Dutch; what the database keeps is English.
KINDS = {
    "project": InitiativeKind.PROJECT,
    "experiment": InitiativeKind.EXPERIMENT,
    "leerwerkplaats": InitiativeKind.LEARNING_WORKPLACE,
    "opleiding": InitiativeKind.PROGRAMME,
    "uitwisseling": InitiativeKind.EXCHANGE,
    "scholing": InitiativeKind.TRAINING,
}
PHASES = {
    "idee": InitiativePhase.IDEA,
    "voorbereiding": InitiativePhase.PREPARATION,
    "loopt": InitiativePhase.RUNNING,
    "afgerond": InitiativePhase.FINISHED,
    "gestopt": InitiativePhase.STOPPED,
    "opgeschaald": InitiativePhase.SCALED_UP,
}
BRANCHES = {
    "ouderenzorg": Branch.ELDERLY_CARE,
    "gehandicaptenzorg": Branch.DISABILITY_CARE,
    "ggz": Branch.MENTAL_HEALTH,
    "ziekenhuizen": Branch.HOSPITAL,
    "thuiszorg": Branch.HOME_CARE,
    "welzijn": Branch.WELFARE,
    "jeugdzorg": Branch.YOUTH,
    "kraamzorg": Branch.MATERNITY,
    "opvang": Branch.SHELTER,
}
BRANCH_SLUGS = {value: slug for slug, value in BRANCHES.items()}


def _pairs_of(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]  # never the function that the stubs allow too


class KnownChoicesField(forms.MultipleChoiceField):
    """Keeps what it knows and drops the rest: an old link still shows a page."""

    def clean(self, value: Any) -> list[str]:
        known = {str(key) for key, _label in _pairs_of(self)}
        return [item for item in dict.fromkeys(value or []) if item in known][:MOST_CHOICES]


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    field_class = KnownChoicesField


class TextField(forms.CharField):
    """A text as typed in a search box: one line, not too long, whatever was sent."""

    def clean(self, value: Any) -> str:
        return _CONTROL.sub(" ", str(value or "")).strip()[:LONGEST_TEXT].strip()


class TextFilter(django_filters.CharFilter):
    field_class = TextField


class LastChoiceField(forms.ChoiceField):
    """One of the choices, or nothing."""

    def clean(self, value: Any) -> str:
        return str(value) if value in {key for key, _label in _pairs_of(self)} else ""


class LastChoiceFilter(django_filters.ChoiceFilter):
    field_class = LastChoiceField


@dataclass(frozen=True)
class Option:
    """One line of a facet."""

    value: str
    label: str
    count: int
    at_least: bool
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A group of options on the page."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class FacetForm:
    """The filters beside the results, as plain values."""

    path: str
    hidden: tuple[tuple[str, str], ...]
    facets: tuple[Facet, ...]
    total: int
    total_is_capped: bool

    @property
    def is_shared(self) -> bool:
        """Whether many see them alike: words are typed by one."""
        return not any(name == "q" and value for name, value in self.hidden)


@dataclass(frozen=True)
class Chip:
    """A chosen filter that can be taken off."""

    group: str | Promise
    label: str | Promise
    url: str


@dataclass(frozen=True)
class Suggestion:
    """What leaving one choice out would bring."""

    label: str | Promise
    url: str
    count: int
    at_least: bool


# parameter in the address: (facet in the counts, legend)
FACETS = {
    "provincie": ("province", _("Region")),
    "soort": ("kind", _("Kind of initiative")),
    "thema": ("theme", _("Theme")),
    "branche": ("branch", _("Branch")),
    "fase": ("phase", _("Phase")),
}
SORTS = {"relevantie": _("Best match"), "bijgewerkt": _("Last updated"), "naam": _("Name")}


class InitiativeFilter(django_filters.FilterSet):
    """Text and facets: "or" within a facet, "and" across; everything unknown is left aside."""

    q = TextFilter(label=_("Search initiatives"))
    provincie = ChoicesFilter(choices=PROVINCE_CHOICES)
    soort = ChoicesFilter(choices=[(slug, kind.label) for slug, kind in KINDS.items()])
    thema = ChoicesFilter(choices=[])
    branche = ChoicesFilter(choices=[(slug, branch.label) for slug, branch in BRANCHES.items()])
    fase = ChoicesFilter(choices=[(slug, phase.label) for slug, phase in PHASES.items()])
    sorteer = LastChoiceFilter(choices=list(SORTS.items()))

    class Meta:
        model = Initiative
        fields: list[str] = []
        form = TypedForm

    def __init__(self, data: Any, *, path: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.path = path
        self.themes = {theme.slug: theme for theme in all_themes()}
        self.filters["thema"].extra["choices"] = [(slug, theme.name) for slug, theme in self.themes.items()]

    # What was asked for

    @cached_property
    def state(self) -> dict[str, Any]:
        """The clean values; missing ones are empty."""
        self.form.is_valid()
        clean = self.form.cleaned_data
        return {name: clean.get(name) or ([] if name in FACETS else "") for name in self.filters}

    @cached_property
    def text(self) -> TextSearch | None:
        return text_search(self.state["q"]) if self.state["q"] else None

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """What each chosen facet asks, under its name in the counts."""
        state = self.state
        asked = {
            "province": Q(provinces__overlap=state["provincie"]),
            "kind": Q(kind__in=[KINDS[slug] for slug in state["soort"]]),
            "theme": Q(theme_ids__overlap=[self.themes[slug].pk for slug in state["thema"]]),
            "branch": Q(branches__overlap=[BRANCHES[slug] for slug in state["branche"]]),
            "phase": Q(state__in=[PHASES[slug] for slug in state["fase"]]),
        }
        return {facet: asked[facet] for name, (facet, _label) in FACETS.items() if state[name]}

    @property
    def is_ranked(self) -> bool:
        return self.text is not None and self.text.is_ranked

    @property
    def sort(self) -> str:
        """How the list is ordered: by relevance when there is a text, else the newest first."""
        usual = "relevantie" if self.is_ranked else "bijgewerkt"
        chosen: str = self.state["sorteer"] or usual
        return usual if chosen == "relevantie" else chosen

    def filter_queryset(self, queryset: Any) -> Any:
        if self.text:
            queryset = queryset.filter(self.text.condition)
        found = queryset.filter(*self.conditions.values())
        if self.sort == "naam":
            return found.by_title()
        return (
            self.text.best_first(found) if self.text and self.sort == "relevantie" else found.newest_first()
        )

    # What the page shows

    @cached_property
    def counts(self) -> dict[str, Counts]:
        base = self.queryset.filter(self.text.condition) if self.text else self.queryset
        return facet_counts(base, self.conditions)

    def number_found(self) -> int:
        """How many meet all that was asked, as far as they are counted."""
        found = self.counts[ALL]
        return found.total + found.is_capped

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """Every facet; a value without initiatives is shown only when chosen."""
        return {name: self._facet(name) for name in FACETS}

    def form_for(self, page: Page) -> FacetForm:
        """The filters beside this page of results."""
        return FacetForm(
            self.path,
            tuple(self.hidden_for_facets),
            tuple(self.facets.values()),
            page.total,
            page.total_is_capped,
        )

    def _facet(self, name: str) -> Facet:
        facet, legend = FACETS[name]
        counts = self.counts[facet]
        options = [
            Option(slug, str(label), counts.values.get(key, 0), counts.is_capped, slug in self.state[name])
            for slug, key, label in self._values(name)
        ]
        if name != "provincie":  # the select and the map show all twelve
            options = [option for option in options if option.count or option.is_chosen]
        return Facet(name, str(legend), tuple(options))

    def _values(self, name: str) -> Iterator[tuple[str, str, str | Promise]]:
        """(in the address, in the counts, label) of each value of a facet."""
        if name == "thema":
            yield from ((slug, str(theme.pk), theme.name) for slug, theme in self.themes.items())
        elif name == "provincie":
            yield from ((value, value, label) for value, label in PROVINCE_CHOICES)
        else:
            groups: dict[str, Mapping[str, Any]] = {"soort": KINDS, "branche": BRANCHES, "fase": PHASES}
            known = groups[name]
            yield from ((slug, member.value, member.label) for slug, member in known.items())

    @property
    def map_cells(self) -> list[MapCell]:
        """The provinces with their counts; a link chooses one province instead of another."""
        url = self.url(self._pairs(without="provincie"), provincie="{code}").replace("%7Bcode%7D", "{code}")
        return map_cells({code: self.counts["province"].values.get(code, 0) for code in PROVINCES}, url)

    @property
    def number_chosen(self) -> int:
        return sum(len(self.state[name]) for name in FACETS)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.number_chosen or self.state["q"])

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(facet.label, option.label, self.url(self._pairs(without=name, value=option.value)))
            for name, facet in self.facets.items()
            for option in facet.chosen
        ]

    @property
    def suggestions(self) -> list[Suggestion]:
        """For a page without results: which choice to drop, and what that brings; the most promising first."""
        found = []
        for name, facet in self.facets.items():
            counts = self.counts[FACETS[name][0]]
            if facet.chosen and counts.total:
                url = self.url(self._pairs(without=name))
                found.append(Suggestion(facet.label, url, counts.total, counts.is_capped))
        return sorted(found, key=lambda item: -item.count)

    # Addresses

    def _pairs(self, *, without: str = "", value: str | None = None) -> Iterable[tuple[str, str]]:
        """The state as pairs, without one parameter or without one of its values."""
        for name, stored in self.state.items():
            for item in stored if isinstance(stored, list) else [stored] if stored else []:
                if name != without or (value is not None and item != value):
                    yield name, item

    def url(self, pairs: Iterable[tuple[str, str]], **extra: str) -> str:
        """This page with another state."""
        query = urlencode([*pairs, *extra.items()])
        return f"{self.path}?{query}" if query else self.path

    @property
    def own_url(self) -> str:
        """This page as it is."""
        return self.url(self._pairs())

    @property
    def own_query(self) -> str:
        """What was asked, whatever the order of the list: the part of an address behind the question mark."""
        return urlencode(sorted(self.hidden_for_sort))

    @property
    def clear_url(self) -> str:
        return self.url(pair for pair in self._pairs() if pair[0] not in FACETS)

    @property
    def without_text_url(self) -> str:
        return self.url(self._pairs(without="q"))

    @property
    def hidden_for_search(self) -> list[tuple[str, str]]:
        """What the search form has to carry along."""
        return [pair for pair in self._pairs(without="q") if pair[0] != "sorteer"]

    @property
    def hidden_for_facets(self) -> list[tuple[str, str]]:
        """What the filter form has to carry along; the select shows one region, further ones come with it."""
        others = [("provincie", code) for code in self.state["provincie"][1:]]
        return [pair for pair in self._pairs() if pair[0] not in FACETS] + others

    @property
    def hidden_for_sort(self) -> list[tuple[str, str]]:
        return list(self._pairs(without="sorteer"))

    @property
    def sorts(self) -> list[tuple[str, str | Promise, bool]]:
        """(value, label, chosen); relevance only when there is a text."""
        return [
            (value, label, value == self.sort)
            for value, label in SORTS.items()
            if self.is_ranked or value != "relevantie"
        ]
