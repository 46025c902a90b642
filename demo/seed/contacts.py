"""What the people of the demo show of themselves, and whom one can ask about what: a contact of each kind and state."""

from __future__ import annotations

from typing import Any

from accounts.models import Person
from demo.seed.context import Seed
from partnerships.enums import Audience, PointOfContactState
from partnerships.models import Call, ContactCard, Initiative, Membership, PointOfContact

NOBODY, NEAR, ALL = Audience.NOBODY, Audience.PARTNERSHIPS, Audience.MEMBERS
# Who shows what: the phone number, what one can be asked, and to whom these, the number and the address are shown.
CARDS = (
    (
        "coordinator",
        "0320 00 00 01",
        "samenwerking en nieuwe leden, op maandag tot en met donderdag",
        ALL,
        ALL,
        ALL,
    ),
    ("contact", "0320 00 00 02", "plekken en aanmeldingen", NEAR, NEAR, ALL),
    ("trainer", "0320 00 00 03", "", NEAR, NEAR, NEAR),
    ("supervisor", "06 00 00 00 04", "", NEAR, NEAR, NOBODY),
    ("supervisor-2", "", "", NEAR, NOBODY, NOBODY),
    ("teacher", "0320 00 00 05", "BBL Verzorgende IG", NEAR, NEAR, NEAR),
    ("linde-manager", "0320 00 00 06", "rollen en locaties", NEAR, NOBODY, NEAR),
)
PACT = "zorg-en-welzijnspact-flevoland"
ASKED = PointOfContactState.ASKED
# What, who, asked by whom, how many days ago, the answer, and what visitors see of number and address.
POINTS = (
    ("partnership", PACT, "coordinator", "coordinator", -120, "agree", True, True),
    ("call", "", "coordinator", "coordinator", -40, "agree", True, True),
    ("initiative", "", "trainer", "coordinator", -30, "agree", False, True),
    ("initiative", "", "teacher", "coordinator", -4, "", False, False),
    ("organisation", "de-linde", "contact", "linde-manager", -90, "agree", True, False),
    ("organisation", "de-linde", "supervisor", "linde-manager", -91, "refuse", False, False),
    ("organisation", "de-linde", "trainer", "linde-manager", -200, "stop", False, True),
    ("organisation", "roc-de-delta", "teacher", "delta-manager", -80, "agree", False, True),
)


def load(seed: Seed) -> None:
    """Cards first, since a point of contact shows what is on them."""
    for key, phone, line, line_to, phone_to, email_to in CARDS:
        person = seed.people[key]
        Person.objects.filter(pk=person.pk, phone="").update(phone=phone)
        shown = {"line": line, "show_line": line_to, "show_phone": phone_to, "show_email": email_to}
        ContactCard.objects.get_or_create(person=person, defaults=shown)
    for point in POINTS:
        _point(seed, *point)


def _point(
    seed: Seed, kind: str, slug: str, who: str, by: str, days: int, answer: str, phone: bool, email: bool
) -> None:
    person = seed.people[who]
    membership = Membership.objects.filter(person=person, ended_at=None).earliest("pk")
    state = PointOfContact.TRANSITIONS[answer][1] if answer else ASKED
    over = (
        {"ends_on": seed.day(days + 60), "ended_at": seed.at(days + 60)}
        if answer in {"refuse", "stop"}
        else {}
    )
    if answer == "refuse":
        over = {"ends_on": seed.day(days + 1), "ended_at": seed.at(days + 1)}
    point, made = PointOfContact.objects.get_or_create(
        membership=membership,
        **{kind: _thing(seed, kind, slug)},
        defaults={
            "state": state,
            "shows_phone": phone,
            "shows_email": email,
            "asked_at": seed.at(days),
            "starts_on": seed.day(days),
            **over,
        },
    )
    if not made:
        return
    if answer == "stop":
        seed.history.note(point, "agree", seed.at(days + 1), person)
        seed.history.note(point, "stop", seed.at(days + 60), seed.people[by])
    elif answer:
        seed.history.note(point, answer, seed.at(days + 1), person)


def _thing(seed: Seed, kind: str, slug: str) -> Any:
    if kind == "partnership":
        return seed.partnerships[slug]
    if kind == "organisation":
        return seed.organisations[slug]
    partnership = seed.partnerships[PACT]
    rows: Any = Call.objects.filter(partnership=partnership, is_published=True)
    if kind == "initiative":
        rows = Initiative.objects.filter(partnership=partnership, is_published=True)
    return rows.earliest("pk")
