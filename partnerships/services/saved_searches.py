"""Mails about what is new in a public list: asked for by an address, confirmed from its mailbox, stopped by one press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from accounts.services.throttles import Limit
from core.mail import queue
from partnerships.enums import SearchedList
from partnerships.mail import saved_searches as mail
from partnerships.models import SavedSearch
from partnerships.queries.saved_searches import published_since

FROM_NETWORK = Limit("saved_search", 60, dt.timedelta(hours=1))
TO_MAILBOX = Limit("saved_search_mailbox", 5, dt.timedelta(days=1))
AT_ONCE = 200  # saved searches in one transaction
# What is being published while this looks gets a moment before it is to be read: it is told of in the next turn.
SETTLES = dt.timedelta(minutes=5)

# (list, filters, since when) → the rows, the newest first
Fitting = Callable[[str, str, dt.datetime], Sequence[Any]]
# (list, filters, language) → how the list is called in an address, and what was chosen in words
Words = Callable[[str, str, str], Any]


@transaction.atomic
def ask(
    *, email: str, searched: str, query: str, rhythm: str, language: str, person_id: int | None = None
) -> SavedSearch:
    """Note what is asked and mail the link to confirm it; who asks the same again gets that link again.

    What stands already goes on as it is until the mailbox says so: anyone can type an address.
    """
    person = Person.objects.select_related("user").get(pk=person_id) if person_id else None
    search, _is_new = SavedSearch.objects.get_or_create(
        email=email,
        searched=searched,
        query=query,
        stopped_at=None,
        defaults={
            "rhythm": rhythm,
            "language": language,
            "person": person if person and person.address == email else None,
        },
    )
    mail.visitor_search_asked(search, language=language)
    return search


@transaction.atomic
def confirm(*, search_id: int) -> None:
    """The mailbox says yes: what is published from now on is told."""
    row = SavedSearch.objects.standing().filter(pk=search_id, confirmed_at=None)
    row.update(confirmed_at=timezone.now(), told_until=timezone.now())


@transaction.atomic
def end(*, search_id: int) -> None:
    """No more mails; once more says the same."""
    SavedSearch.objects.standing().filter(pk=search_id).update(stopped_at=timezone.now())


def tell(*, fitting: Fitting, words: Words) -> int:
    """Mail everyone whose turn it is what is new; gives the number of mails."""
    until, told = timezone.now() - SETTLES, 0
    answers, rows = _Answers(fitting, words), {0: False}
    while rows:
        with transaction.atomic():
            rows = _tell_some(until=until, after=max(rows), answers=answers)
            told += sum(rows.values())
    return told


def _tell_some(*, until: dt.datetime, after: int, answers: _Answers) -> dict[int, bool]:
    """Those after that key whose turn it is, each with whether it was mailed; another worker takes others."""
    due = SavedSearch.objects.due(until).filter(pk__gt=after).select_related("person").order_by("pk")
    rows = list(due.select_for_update(of=("self",), no_key=True, skip_locked=True)[:AT_ONCE])
    is_new = {searched for searched in SearchedList.values if _is_anything_new(searched, rows)}
    mails = {}
    for row in rows:
        if row.searched in is_new and (new := answers.new_for(row, until)):
            mails[row.pk] = mail.visitor_search_found(row, new, answers.words_for(row))
    queue(list(mails.values()))
    SavedSearch.objects.filter(pk__in=[row.pk for row in rows]).update(told_until=until)
    return {row.pk: row.pk in mails for row in rows}


def _is_anything_new(searched: str, rows: Sequence[SavedSearch]) -> bool:
    known = [row.told_until for row in rows if row.searched == searched]
    return bool(known) and published_since(searched, min(known)).exists()


class _Answers:
    """What was found in this turn: those who ask the same share one answer."""

    def __init__(self, fitting: Fitting, words: Words) -> None:
        self._fitting, self._words = cache(fitting), cache(words)

    def new_for(self, row: SavedSearch, until: dt.datetime) -> list[Any]:
        """What is new to this one, of all that is new since the day on which it was told last."""
        day = row.told_until.replace(hour=0, minute=0, second=0, microsecond=0)
        found = self._fitting(row.searched, row.query, day)
        return [one for one in found if row.told_until < one.published_at <= until]

    def words_for(self, row: SavedSearch) -> Any:
        """What it asks, in the reader's language."""
        return self._words(row.searched, row.query, row.language)
