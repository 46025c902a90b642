"""What is done to many proposals and places at once: each by its own rule, done or refused by itself (`core.bulk`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.mail import letters
from accounts.models import Person
from core import versions
from core.access import ensure
from core.bulk import Outcome, Picked, by_reader, each
from core.states import last_act
from partnerships.actors import Actor
from partnerships.models import Organisation
from placements.mail import matches as mail
from placements.mail import slots as slot_mail
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries.due import answer_by
from placements.queries.people import employers_of
from placements.queries.seats import openings
from placements.rules import matches as rules
from placements.rules import slots as slot_rules
from placements.services import locks, matches, slots
from programmes.models import Cohort
from students.models import Enrolment
from students.queries.asks import of_cohort


@transaction.atomic
def propose(*, picked: Sequence[Picked], known: Mapping[str, int], by: Actor) -> list[Outcome]:
    """Propose each student for the place that was chosen (`given["slot"]`, with what was read of it).

    `given["reason"]` is why. Each of the employer's people gets one mail about all that were proposed.
    """
    locks.enrolments(known.values())
    locks.slots(Slot.objects.filter(pk__in={one.given["slot"].pk for one in picked}))
    made: list[Match] = []

    def one_proposal(one: Picked) -> str:
        enrolment = Enrolment.objects.get(pk=known[one.key])
        ensure(rules.can_propose_in(by, Cohort.objects.for_page(by).get(pk=enrolment.cohort_id)))
        match = matches.propose(
            slot_id=one.given["slot"].pk,
            enrolment_id=enrolment.pk,
            reason=one.given["reason"],
            by=by,
            read=f"{one.given['slot_read']}.{one.read}",
            tell=False,
        )
        made.append(match)
        return f"{match.pk}:{match.row_version}"

    outcomes = each(picked, one_proposal)
    readers = _employers(made)
    for person, told in by_reader((readers[match.slot.organisation_id], match) for match in made):
        mail.employer_matches_proposed(told, person)
    return outcomes


def _employers(rows: Sequence[Match]) -> dict[int, list[Person]]:
    """The employer party of each, asked once for each employer."""
    slots_of = {match.slot.organisation_id: match.slot for match in rows}
    return {employer: employers_of(slot) for employer, slot in slots_of.items()}


@transaction.atomic
def withdraw(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """Take back the proposals that were just made, as long as nobody has answered."""
    known = {one.key: one.undo.partition(":") for one in outcomes}
    locks.matches([int(number) for number, _colon, _read in known.values()])
    gone: list[Match] = []

    def take_back(one: Picked) -> str:
        number, _colon, read = known[one.key]
        match = (
            Match.objects.with_taught(by)
            .select_related("slot")
            .get(pk=int(number), enrolment__public_id=one.key)
        )
        ensure(rules.can_withdraw_match(by, match))
        if match.employer_agreed_at is not None:
            raise versions.Changed
        reason = _("Taken back right after it was proposed.")
        gone.append(matches.withdraw(match_id=match.pk, reason=reason, by=by, read=read, tell=False))
        return ""

    found = each([Picked(one.key, "") for one in outcomes], take_back)
    readers = _employers(gone)
    for person, told in by_reader((readers[match.slot.organisation_id], match) for match in gone):
        mail.employer_matches_withdrawn(told, person)
    return found


@transaction.atomic
def accept(*, picked: Sequence[Picked], employer: Organisation, by: Actor) -> list[Outcome]:
    """The employer's yes to each proposal, to the offer that was read; each student gets a mail and answers then."""
    known = Match.objects.filter(public_id__in=[one.key for one in picked]).values_list("pk", "slot_id")
    locks.slots(Slot.objects.filter(pk__in={slot_id for _match_id, slot_id in known}))
    rows = locks.matches([match_id for match_id, _slot_id in known])
    prefetch_related_objects(rows, "slot__qualifications")
    found = openings([(match.slot, match.enrolment) for match in rows])
    asks = {cohort: of_cohort(cohort) for cohort in {match.enrolment.cohort_id for match in rows}}
    until = answer_by()
    facts = {
        str(match.public_id): matches.Answered(match, free, until, asks[match.enrolment.cohort_id])
        for match, free in zip(rows, found, strict=True)
    }

    def say_yes(one: Picked) -> str:
        if one.key not in facts:
            raise versions.Changed
        match = facts[one.key].match
        matches.employer_answer(
            match_id=match.pk, yes=True, reason="", by=by, read=one.read, among=facts[one.key]
        )
        act = last_act(match)
        return str(act.pk) if act else ""

    with mail.student_matches_agreed(employer):
        return each(picked, say_yes)


@transaction.atomic
def unaccept(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """Take back the yes to each, as long as the student has not answered."""
    known = {one.key: int(one.undo) for one in outcomes}
    rows = Match.objects.filter(public_id__in=known)
    locks.enrolments(rows.values_list("enrolment_id", flat=True))
    locks.slots(Slot.objects.filter(pk__in=list(rows.values_list("slot_id", flat=True))))

    def take_back(one: Picked) -> str:
        match = (
            Match.objects.select_related("slot", "enrolment__student").with_taught(by).get(public_id=one.key)
        )
        ensure(rules.can_take_back(by, match, last_act(match)))
        matches.take_back_act(match_id=match.pk, act_id=known[one.key], by=by)
        return ""

    with letters.reader_acts_taken_back(by=_name(by)):
        return each([Picked(one.key, "") for one in outcomes], take_back)


def _name(by: Actor) -> str:
    return str(Person.objects.get(pk=by.person_id))


def _own(by: Actor) -> SlotQuerySet:
    return Slot.objects.own(by).select_related("organisation", "location", "partnership")


def _chosen(keys: Collection[str], by: Actor) -> QuerySet[Slot]:
    return Slot.objects.own(by).filter(public_id__in=keys)


@transaction.atomic
def confirm(*, picked: Sequence[Picked], by: Actor) -> list[Outcome]:
    """Note of each place that it still stands; taking it back gives the former day back."""
    locks.slots(_chosen([one.key for one in picked], by))

    def confirm_one(one: Picked) -> str:
        slot = _own(by).get(public_id=one.key)
        ensure(slot_rules.can_confirm_slot(by, slot))
        former = slot.confirmed_on
        slot = slots.confirm(slot_id=slot.pk, by=by, read=one.read)
        slot.refresh_from_db(fields=["row_version"])
        return f"{former or ''}:{slot.row_version}"

    return each(picked, confirm_one)


@transaction.atomic
def unconfirm(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """The places have the day again on which they were confirmed before."""
    locks.slots(_chosen([one.key for one in outcomes], by))
    known = {one.key: one.undo.partition(":") for one in outcomes}

    def take_back(one: Picked) -> str:
        former, _colon, read = known[one.key]
        slot = locks.slot(_own(by).get(public_id=one.key).pk)
        ensure(slot_rules.can_confirm_slot(by, slot))
        versions.ensure(read, slot)
        slot.confirmed_on = dt.date.fromisoformat(former) if former else None
        slot.save(update_fields=["confirmed_on"])
        return ""

    return each([Picked(one.key, "") for one in outcomes], take_back)


@transaction.atomic
def close(*, picked: Sequence[Picked], employer: Organisation, reason: str, by: Actor) -> list[Outcome]:
    """Close each place of an employer; who is placed there stays. Each one concerned is told once, with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    locks.slots(_chosen([one.key for one in picked], by))

    def close_one(one: Picked) -> str:
        slot = _own(by).get(public_id=one.key)
        ensure(slot_rules.can_close_slot(by, slot))
        slots.close(slot_id=slot.pk, reason=reason, by=by, read=one.read)
        slot.refresh_from_db(fields=["row_version"])
        return str(slot.row_version)

    with slot_mail.parties_slots_closed(employer=employer, reason=reason.strip()):
        return each(picked, close_one)


@transaction.atomic
def reopen(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """Put the places online again that were just closed; proposals that ended with them are open again."""
    locks.to_open_again(_chosen([one.key for one in outcomes], by))
    known = {one.key: one.undo for one in outcomes}

    def reopen_one(one: Picked) -> str:
        slot = _own(by).get(public_id=one.key)
        ensure(slot_rules.can_reopen_slot(by, slot))
        slots.reopen(slot_id=slot.pk, by=by, read=known[one.key])
        return ""

    with letters.reader_acts_taken_back(by=_name(by)):
        return each([Picked(one.key, "") for one in outcomes], reopen_one)
