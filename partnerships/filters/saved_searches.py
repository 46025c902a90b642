"""The lists of which one can hear what is new: what was chosen there, in words, and what of the new fits it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnerships.enums import SearchedList
from partnerships.filters.initiatives import FACETS, InitiativeFilter
from partnerships.models import Call, Initiative
from partnerships.models.saved_searches import LONGEST_QUERY
from partnerships.queries.saved_searches import published_since

MOST_TOLD = 20  # in one mail; the list has the rest
PAGES = {
    SearchedList.INITIATIVES: "partnerships:initiative-list",
    SearchedList.CALLS: "partnerships:call-list",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen in a list: as its address says it, and in words."""

    searched: SearchedList
    query: str
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the list is called."""
        return str(self.searched.label)

    @property
    def url(self) -> str:
        """The list as it was asked for."""
        path = reverse(PAGES[self.searched])
        return f"{path}?{self.query}" if self.query else path


def _filter(query: Any) -> InitiativeFilter:
    rows = Initiative.objects.published()
    return InitiativeFilter(query, path=reverse(PAGES[SearchedList.INITIATIVES]), queryset=rows)


def asked_for(searched: SearchedList, query: Any) -> Asked:
    """What is asked by `query`, the part of an address behind the question mark; what a list does not know is left out."""
    if searched == SearchedList.CALLS:
        return Asked(searched, "", ())
    filters = _filter(query)
    pairs = sorted(filters.hidden_for_sort)
    while len(urlencode(pairs)) > LONGEST_QUERY:  # more choices than one makes by hand
        pairs.pop()
    return Asked(searched, urlencode(pairs), tuple(_words(filters, pairs)))


def asked_before(searched: str, query: str, language: str) -> Asked:
    """The same of what was kept, in that language."""
    with translation.override(language):
        return asked_for(SearchedList(searched), QueryDict(query))


def _words(filters: InitiativeFilter, pairs: Sequence[tuple[str, str]]) -> list[str]:
    found = []
    for name, value in pairs:
        if name in FACETS:
            labels = {slug: label for slug, _key, label in filters._values(name)}
            found.append(str(labels[value]))
        else:
            found.append(_("“{text}”").format(text=value))
    return found


def fitting(searched: str, query: str, since: dt.datetime) -> list[Initiative] | list[Call]:
    """What is new since then and fits, the newest first; at most one more than a mail tells."""
    new = published_since(searched, since)
    if searched == SearchedList.INITIATIVES:
        filters = _filter(QueryDict(query))
        conditions = list(filters.conditions.values())
        if filters.text:
            conditions.append(filters.text.condition)
        new = new.filter(*conditions)
    return list(new.only("slug", "title", "published_at")[: MOST_TOLD + 1])  # type: ignore[return-value]  # of one of the two
