"""Who can own an action line and who does, the groups that can work on it, and the initiatives under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q

from accounts.enums import Role
from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.lookups import keys_of
from partnerships.actors import Actor
from partnerships.models import ActionLine, Group, Indicator, Initiative, Member, Membership, Partnership
from partnerships.models.action_lines import ActionLineQuerySet
from partnerships.models.groups import GroupQuerySet
from partnerships.models.indicators import IndicatorQuerySet
from partnerships.models.initiatives import InitiativeQuerySet
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries.contacts import OVER, each_once, with_cards


def owners_to_choose(partnership: Partnership, now: int | None = None) -> PersonQuerySet:
    """The people of its members, by name, with `works_at`: where; and who owns it now, wherever that is."""
    works_at = roles_in(partnership.pk).filter(person=OuterRef("pk")).order_by("organisation__name")
    people = Person.objects.filter(
        Q(pk__in=roles_in(partnership.pk).values("person")) | Q(pk=now), merged_into=None
    )
    found = people.annotate(works_at=ArraySubquery(works_at.values("organisation__name").distinct()))
    return found.order_by("sort_name", "pk")


def can_own(partnership: Partnership, person: int) -> bool:
    """Whether this person works for one of its members and is able to act."""
    return roles_in(partnership.pk).filter(person=person).exists()


def owning(partnership: Partnership, people: Iterable[int]) -> dict[int, Membership]:
    """The first role of each of these people at the members of a partnership, with what they show; one query."""
    rows = with_cards(roles_in(partnership.pk).filter(person__in=set(people)))
    return {row.person_id: row for row in each_once(rows, list(Role))}


def roles_in(partnership_id: int) -> MembershipQuerySet:
    """The roles at the members of a partnership of who is able to act."""
    members = Member.objects.running().filter(partnership=partnership_id)
    return Membership.objects.able().filter(organisation__in=keys_of(members, "organisation"))


def groups_to_choose(partnership: Partnership, now: int | None = None) -> GroupQuerySet:
    """The groups of a partnership that run, and the one that works on it now."""
    running = Group.objects.running().filter(partnership=partnership).values("pk")
    return Group.objects.filter(Q(pk__in=running) | Q(pk=now)).order_by("name", "pk")


def lines_to_choose(partnership: Partnership, now: int | None = None) -> ActionLineQuerySet:
    """The action lines of a partnership that are not over, and the one that was chosen before."""
    open_lines = ActionLine.objects.not_over().filter(partnership=partnership).values("pk")
    return ActionLine.objects.filter(Q(pk__in=open_lines) | Q(pk=now)).order_by("number", "pk")


def next_number(partnership: Partnership) -> int:
    """The number after the highest that an action line has which is not over."""
    lines = ActionLine.objects.not_over().filter(partnership=partnership)
    return (lines.aggregate(highest=Max("number"))["highest"] or 0) + 1


def initiatives_of(line: ActionLine, actor: Actor) -> InitiativeQuerySet:
    """The initiatives under an action line that the actor may see."""
    found = Initiative.objects.visible_to(actor).filter(action_line=line)
    return found.select_related("partnership").newest_first()


def going_on_under(lines: Collection[ActionLine], actor: Actor) -> dict[int, list[Initiative]]:
    """The initiatives that are not over under each of these action lines, by title; one query."""
    rows = Initiative.objects.visible_to(actor).filter(action_line__in=lines).exclude(state__in=OVER)
    shown = rows.only("action_line", "slug", "title", "state").order_by("action_line", "title", "pk")
    return {key: list(own) for key, own in groupby(shown, lambda row: row.action_line_id) if key is not None}


def measured_under(line: ActionLine, actor: Actor) -> IndicatorQuerySet:
    """What the initiatives of an action line measure, as far as the actor sees them."""
    return Indicator.objects.with_measurements().filter(initiative__in=initiatives_of(line, actor))
