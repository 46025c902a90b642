"""Whether a text names someone: a playbook tells how people work together, never who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Person
from core.text import full_name
from partnerships.models import Affiliation, GroupSeat, Member, Membership, Partnership, Studying
from partnerships.models.initiative_participants import InitiativeParticipant

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# A Dutch number, with or without what separates its digits; not a year, a crebo or an amount.
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)\d{2}[\d ()-]{8,14}\d|(?<!\d)0[1-9](?:[ .-]?\d){8}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_FAMILY_NAME = 4  # words
_TITLES = r"(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|heer|dokter|dr|juf|meester)\.? "


def reached_in(text: str) -> list[str]:
    """The e-mail addresses and phone numbers in a text."""
    return [*_MAIL.findall(text), *_PHONE.findall(text)]


def named_in(partnership: Partnership, texts: Iterable[str]) -> list[str]:
    """Whom of the partnership these texts name, and what addresses and numbers stand in them; one query.

    Asked of everyone with a role at a member, a seat, a part in it or an enrolment there, now or before.
    """
    whole = "\n".join(texts)
    found = reached_in(whole)
    families = _families(whole)
    if families:
        rows = Person.objects.filter(_around(partnership), last_name__in=families)
        plain = _plain(whole)
        for first, prefix, last in rows.values_list("first_name", "name_prefix", "last_name").distinct():
            if _is_named(plain, first, prefix, last):
                found.append(full_name(first_name=first, last_name=last, prefix=prefix))
    return list(dict.fromkeys(found))


def _around(partnership: Partnership) -> Q:
    members = Member.objects.filter(partnership=partnership).values("organisation")
    ways = (
        Membership.objects.filter(organisation__in=members),
        GroupSeat.objects.filter(group__partnership=partnership),
        Affiliation.objects.filter(partnership=partnership),
        InitiativeParticipant.objects.filter(initiative__partnership=partnership),
        Studying.objects.filter(partnership=partnership),
    )
    people = Q()
    for rows in ways:
        people |= Q(pk__in=rows.order_by().values("person"))
    return people


def _families(text: str) -> set[str]:
    """What could be a family name: words after each other of which the first has a capital."""
    words = _WORD.findall(text)
    return {
        " ".join(words[at : at + length])
        for at, word in enumerate(words)
        if word[0].isupper()
        for length in range(1, LONGEST_FAMILY_NAME + 1)
    }


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_named(text: str, first: str, prefix: str, last: str) -> bool:
    """By first and family name, by prefix and family name, or by family name after mevrouw or meneer."""
    family = re.escape(_plain(f"{prefix} {last}"))
    ways = [rf"{re.escape(_plain(first))} {family}", _TITLES + family]
    ways += [rf"{re.escape(first[:1].casefold())}\. ?{family}"]
    if prefix:
        ways.append(family)
    return any(re.search(rf"(?<!\w){way}(?!\w)", text) for way in ways)
