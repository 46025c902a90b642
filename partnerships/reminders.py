"""What this app reminds of: organisations and partnerships that asked each other, signatures and second steps that lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from accounts.models.second_step import has_second_step
from core.dates import local_day
from core.reminding import Reminder
from core.reminding.ladders import Calendar, Due, Rung, due_rungs, in_days, on_days
from core.reminding.waiting import Item, Told, Waiting
from partnerships.models import CooperationParty, Funding, JoinRequest, Membership, Partnership
from partnerships.models.initiatives import GOING_ON
from partnerships.queries.initiative_partners import inside_of
from partnerships.queries.people import coordinators, people
from partnerships.roles import NEEDS_SECOND_STEP

# Six and two months ahead: enough to decide what comes after, and to see that it was decided.
BEFORE_MONEY_ENDS = (Rung("half-a-year-before", -183), Rung("two-months-before", -61))
LADDER = (Rung("day-7", 7), Rung("day-14", 14), Rung("day-21", 21))


class JoinRequestUnanswered:
    """A request to join was not answered: after one, two and three weeks of the four that it waits.

    It goes to whose turn it is: the managers of the organisation, or the coordinators of the partnership.
    """

    kind = "join_request"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(LADDER, calendar)
        waiting = JoinRequest.objects.open().filter(in_days("asked_at", due), expires_on__gte=calendar.day)
        keys = waiting.order_by("partnership", "pk").values_list("pk", flat=True)
        rows = JoinRequest.objects.select_related("partnership", "organisation").order_by()
        return Waiting(keys, rows, lambda rows: _of(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "partnerships/mail/party_join_request_waiting.txt", items, kind=self.kind)


def _of(rows: list[JoinRequest], due: Due) -> Iterator[Told]:
    invited = [row for row in rows if row.was_invited]
    managers = people({row.organisation_id for row in invited}, [Role.MANAGER])
    leading = coordinators({row.partnership_id for row in rows if not row.was_invited})
    for row in rows:
        rung = due.get(local_day(row.asked_at))
        if rung is None:
            continue
        if row.was_invited:
            overview = reverse("partnerships:organisation-partnerships", args=[row.organisation.slug])
            recipients = managers.get(row.organisation_id, [])
        else:
            overview = reverse("partnerships:coordination-members", args=[row.partnership.slug])
            recipients = leading.get(row.partnership_id, [])
        words = {
            "organisation": row.organisation.name,
            "partnership": row.partnership.name,
            "was_invited": row.was_invited,
            "last_day": row.expires_on,
            "path": row.get_absolute_url(),
            "overview": overview,
        }
        for person in recipients:
            yield person, overview, Item(f"join_request:{row.pk}", rung, words)


class CooperationUnsigned:
    """An organisation has not signed the cooperation agreement: its managers hear it after one, two and three weeks."""

    kind = "cooperation"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(LADDER, calendar)
        waiting = CooperationParty.objects.unsigned().filter(in_days("version__asked_at", due))
        waiting = waiting.filter(version__partnership__in=Partnership.objects.running())
        keys = waiting.order_by("organisation", "pk").values_list("pk", flat=True)
        rows = CooperationParty.objects.select_related("version__partnership", "organisation").order_by()
        return Waiting(keys, rows, lambda rows: _unsigned(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "partnerships/mail/manager_cooperation_waiting.txt", items, kind=self.kind)


def _unsigned(rows: list[CooperationParty], due: Due) -> Iterator[Told]:
    managers = people({row.organisation_now for row in rows}, [Role.MANAGER])
    overview = reverse("start")
    for row in rows:
        asked_at = row.version.asked_at
        rung = due.get(local_day(asked_at)) if asked_at else None
        if rung is None:
            continue
        words = {
            "organisation": row.organisation.name,
            "partnership": row.version.partnership.name,
            "number_of": row.version.number,
            "path": row.version.get_absolute_url(),
            "overview": overview,
        }
        for person in managers.get(row.organisation_now, []):
            yield person, overview, Item(f"cooperation:{row.pk}", rung, words)


class SecondStepMissing:
    """Someone manages or coordinates without a second step: the day after the role began, halfway, and near the end.

    What counts is the first of one's roles that asks for it; administrators are asked at the door of their tables.
    """

    kind = "second_step"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        days = settings.SECOND_STEP_AFTER_DAYS
        if days is None:
            return None
        after = sorted({number for number in (1, days // 2, days - 2) if 0 < number < days})
        due = due_rungs([Rung(f"day-{number}", number) for number in after], calendar)
        asked = Membership.objects.working().filter(role__in=NEEDS_SECOND_STEP)
        earlier = asked.filter(person=OuterRef("person"), starts_on__lt=OuterRef("starts_on"))
        without = asked.filter(~Exists(earlier), ~has_second_step("person__user"), on_days("starts_on", due))
        rows = Membership.objects.select_related("person__user").order_by()
        keys = without.order_by("person", "pk").values_list("pk", flat=True)
        return Waiting(keys, rows, lambda rows: _without_step(rows, due, days))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        # Two roles of one day are one thing.
        letters.remind(person, "partnerships/mail/person_second_step_missing.txt", items[:1], kind=self.kind)


def _without_step(rows: list[Membership], due: Due, days: int) -> Iterator[Told]:
    path = reverse("mfa_index")
    for row in rows:
        rung = due.get(row.starts_on)
        if rung is not None:
            words = {"last_day": row.starts_on + dt.timedelta(days=days), "path": path, "overview": path}
            yield row.person, path, Item(f"second_step:{row.person_id}", rung, words)


class FundingEnds:
    """Money of an initiative that goes on ends: six and two months ahead, to owner, coordinators and who plans for after."""

    kind = "funding"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(BEFORE_MONEY_ENDS, calendar)
        going_on = Funding.objects.filter(on_days("ends_on", due), initiative__state__in=GOING_ON)
        going_on = going_on.filter(initiative__partnership__in=Partnership.objects.running())
        keys = going_on.order_by("initiative__partnership", "pk").values_list("pk", flat=True)
        rows = Funding.objects.select_related(
            "initiative__partnership", "initiative__owner__user", "plan_owner__user"
        )
        return Waiting(keys, rows.order_by(), lambda rows: _fundings(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "partnerships/mail/party_initiative_money_ends.txt", items, kind=self.kind)


def _fundings(rows: list[Funding], due: Due) -> Iterator[Told]:
    leading = coordinators({row.initiative.partnership_id for row in rows})
    named = {row.pk: [one for one in (row.initiative.owner, row.plan_owner) if one] for row in rows}
    inside = inside_of(
        {one.pk for people in named.values() for one in people},
        {row.initiative.partnership_id for row in rows},
    )
    overview = reverse("start")
    for row in rows:
        rung = due.get(row.ends_on) if row.ends_on else None
        if rung is None:
            continue
        partnership = row.initiative.partnership_id
        asked = [one for one in named[row.pk] if one.can_sign_in and (one.pk, partnership) in inside]
        found = {one.pk: one for one in (*leading.get(partnership, []), *asked)}
        words = {
            "title": row.initiative.title,
            "source": row.source,
            "ends_on": row.ends_on,
            "is_planned": bool(row.plan),
            "path": row.get_absolute_url(),
            "overview": overview,
        }
        for pk in sorted(found):
            yield found[pk], overview, Item(f"funding:{row.pk}", rung, words)


REMINDERS: tuple[Reminder, ...] = (
    JoinRequestUnanswered(),
    CooperationUnsigned(),
    SecondStepMissing(),
    FundingEnds(),
)
