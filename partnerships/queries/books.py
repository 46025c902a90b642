"""The contact book of a partnership: whom its people find at the other members, for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Role
from core.lookups import keys_of
from core.text import unaccented
from partnerships.actors import Actor
from partnerships.enums import Audience
from partnerships.models import (
    ActionLine,
    ContactCard,
    Initiative,
    Member,
    Membership,
    Organisation,
    Partnership,
    PartnershipTheme,
    PointOfContact,
)
from partnerships.models.memberships import MembershipQuerySet
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.queries.contacts import OVER

MOST_WORDS = 5


def in_the_book(partnership: Partnership) -> MembershipQuerySet:
    """Whoever works for a member and shows something of oneself: once for each organisation, by name.

    Who shows nothing at all cannot be reached by it and is not in it.
    """
    return in_the_books([partnership.pk])


def in_the_books(partnerships: Collection[int]) -> MembershipQuerySet:
    """The same of several partnerships, each person once for each organisation."""
    others = Membership.objects.able().filter(
        person=OuterRef("person"), organisation=OuterRef("organisation"), pk__lt=OuterRef("pk")
    )
    members = Member.objects.running().filter(partnership__in=partnerships)
    found = Membership.objects.able().filter(organisation__in=keys_of(members, "organisation"))
    return found.filter(~Exists(others), ~Exists(_silent())).order_by("person__sort_name", "pk")


def _silent() -> QuerySet[ContactCard]:
    """The card of someone who shows neither an address, nor a phone number, nor a line."""
    nobody = Audience.NOBODY
    return ContactCard.objects.filter(
        Q(show_phone=nobody) | Q(person__phone=""),
        Q(show_line=nobody) | Q(line=""),
        person=OuterRef("person"),
        show_email=nobody,
    )


def with_roles(*, keys: Collection[int]) -> list[Membership]:
    """These of them, with person, card and organisation, and `roles`: all that someone is there."""
    same = Membership.objects.running().filter(
        person=OuterRef("person"), organisation=OuterRef("organisation")
    )
    rows = Membership.objects.filter(pk__in=list(keys)).select_related(
        "person__user", "person__contact_card", "organisation"
    )
    return list(rows.annotate(roles=ArraySubquery(same.order_by("pk").values("role"))))


def named(words: str) -> Q:
    """Each word is in the name, in that of the organisation, or in what someone shows that one can be asked."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        shown = Q(person__contact_card__line__icontains=word)
        shown &= ~Q(person__contact_card__show_line=Audience.NOBODY)
        found &= (
            Q(person__sort_name__icontains=unaccented(word)) | Q(organisation__name__icontains=word) | shown
        )
    return found


def having(role: Role | str) -> Exists:
    """Who has this role at that organisation, whatever else."""
    same = Membership.objects.running().filter(
        person=OuterRef("person"), organisation=OuterRef("organisation"), role=role
    )
    return Exists(same)


def working_on(theme: PartnershipTheme, actor: Actor) -> Q:
    """Who owns an action line or an initiative under a theme, or can be asked about such an initiative."""
    lines = ActionLine.objects.running().filter(theme=theme, owner__isnull=False)
    under = Initiative.objects.visible_to(actor).filter(
        partnership=theme.partnership_id, theme_ids__contains=[theme.root_id]
    )
    under = under.exclude(state__in=OVER)
    asked = PointOfContact.objects.running().filter(initiative__in=under.values("pk"))
    return (
        Q(person__in=lines.values("owner"))
        | Q(person__in=under.filter(owner__isnull=False).values("owner"))
        | Q(person__in=asked.values("membership__person"))
    )


def organisations_in(partnership: Partnership) -> OrganisationQuerySet:
    """The members of today, by name."""
    members = Member.objects.running().filter(partnership=partnership)
    return Organisation.objects.filter(pk__in=keys_of(members, "organisation")).order_by("name", "pk")


def themes_in(partnership: Partnership) -> list[PartnershipTheme]:
    """The themes that run, by name."""
    return list(PartnershipTheme.objects.running().filter(partnership=partnership).order_by("name", "pk"))


def owned_by(
    partnership: Partnership, people: Collection[int], actor: Actor
) -> dict[int, list[ActionLine | Initiative]]:
    """What each of these people owns in a partnership: action lines, then initiatives; two queries."""
    found: dict[int, list[ActionLine | Initiative]] = defaultdict(list)
    if not people:
        return found
    lines = ActionLine.objects.running().filter(partnership=partnership, owner__in=list(people))
    for line in lines.select_related("partnership").order_by("number", "pk"):
        found[line.owner_id or 0].append(line)
    initiatives = Initiative.objects.visible_to(actor).filter(partnership=partnership, owner__in=list(people))
    for initiative in initiatives.exclude(state__in=OVER).order_by("title", "pk"):
        found[initiative.owner_id or 0].append(initiative)
    return found
