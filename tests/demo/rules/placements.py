"""Places, matches, placements and who guides there. What they let people see follows in the database itself."""

from __future__ import annotations

from core.dates import local_day, today
from partnerships.models import Member
from placements.enums import LIVE_PLACEMENT, MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot, Supervision
from placements.rules import matches as match_rules
from students.enums import EnrolmentState
from tests.demo.rules.base import Faults, actor_then, enrolment_then, past, rule


@rule(lambda: Match.objects.select_related("slot", "enrolment__student", "enrolment__cohort__programme"))
def match_was_proposed_and_answered_by_its_parties(match: Match) -> Faults:
    asker = actor_then(match.proposed_by_id, match.proposed_at)
    taught = bool(
        asker.memberships()
        & enrolment_then(match.enrolment_id, match.proposed_at).parties.teacher_memberships
    )
    if not (taught or match.enrolment.cohort.programme.partnership_id in asker.coordinates):
        yield "proposed by someone who may not"
    online = past(match.slot, "publish")
    if not online or online[0].at > match.proposed_at:
        yield "proposed for a place that was not online"
    for change in past(match):
        wanted = {
            "employer_yes": {"employer"},
            "student_yes": {"student"},
            "decline": {"employer", "student"},
        }
        party = match_rules.party_of(actor_then(change.by_id, change.at), match) if change.by_id else ""
        if change.action in wanted and party not in wanted[change.action]:
            yield f"{change.action} by someone who may not"
        if change.action == "employer_yes" and change.at != match.employer_agreed_at:
            yield "agreed at another moment than the history says"
        if change.at < match.proposed_at:
            yield f"{change.action} before it was proposed"


@rule(lambda: Match.objects.open().select_related("slot", "enrolment"))
def open_match_can_still_be_answered(match: Match) -> Faults:
    if match.slot.state != SlotState.ONLINE or match.slot.is_over:
        yield "the place is not online any more"
    if match.enrolment.state != EnrolmentState.ENROLLED:
        yield "the student is not enrolled"
    placed = Placement.objects.live().filter(student=match.enrolment.student_id, kind=PlacementKind.ORDINARY)
    if placed.filter(ends_on__gte=max(match.slot.starts_on, today())).exists():
        yield "the student has a place in this period"


@rule(lambda: Match.objects.filter(state=MatchState.ACCEPTED).select_related("placement"))
def accepted_match_has_its_placement(match: Match) -> Faults:
    placement = getattr(match, "placement", None)
    if placement is None:
        yield "accepted, and there is no placement"
    elif [local_day(change.at) for change in past(match, "student_yes")] != [placement.confirmed_on]:
        yield "the placement was not confirmed on the day of the student's yes"


@rule(lambda: Placement.objects.select_related("match", "slot", "enrolment"))
def placement_fits_slot_and_enrolment(placement: Placement) -> Faults:
    match, slot, enrolment = placement.match, placement.slot, placement.enrolment
    if placement.kind == PlacementKind.ORDINARY and (
        match is None
        or match.state != MatchState.ACCEPTED
        or match.slot_id != slot.pk
        or match.enrolment != enrolment
    ):
        yield "without an accepted match of this student for this place"
    if placement.seat_no > slot.seats:
        yield "on a seat that the place does not have"
    first = max(slot.starts_on, enrolment.starts_on, placement.confirmed_on)
    if placement.starts_on < first or placement.ends_on > min(slot.ends_on, enrolment.ends_on):
        yield "outside the period of the place, the enrolment or before it was confirmed"


@rule(lambda: Placement.objects.filter(state__in=LIVE_PLACEMENT).select_related("enrolment"))
def live_placement_is_of_today(placement: Placement) -> Faults:
    if (placement.state != PlacementState.CONFIRMED) != (
        placement.starts_on <= today()
    ) or placement.ends_on < today():
        yield f"{placement.state} on another day than its period says"
    if placement.enrolment.state == EnrolmentState.DROPPED_OUT:
        yield "the student has left"


@rule(lambda: Placement.objects.filter(state=PlacementState.BROKEN_OFF))
def placement_broken_off_ended_when_its_history_says(placement: Placement) -> Faults:
    acts = past(placement, "announce") or past(placement, "break_off")
    days = [local_day(change.at) for change in [*acts, *past(placement, "leave")]]
    if not acts or placement.ends_on < min(days[0], placement.starts_on) or placement.ends_on > days[-1]:
        yield "on another day than it was ended"


@rule(lambda: Supervision.objects.select_related("placement", "membership"))
def supervision_is_within_placement_and_role(row: Supervision) -> Faults:
    if not row.placement.starts_on <= row.starts_on <= row.placement.ends_on:
        yield "on days outside the placement"
    if row.starts_on < row.membership.starts_on:
        yield "by someone who was no supervisor yet"


@rule(lambda: Placement.objects.filter(kind=PlacementKind.EXCHANGE).prefetch_related("goals"))
def exchange_has_its_goals(placement: Placement) -> Faults:
    if not placement.goals.all():
        yield "an exchange without goals"


@rule(lambda: Slot.objects.filter(state=SlotState.ONLINE).prefetch_related("qualifications"))
def online_slot_is_complete(slot: Slot) -> Faults:
    if not slot.qualifications.all():
        yield "for no programme"
    members = Member.objects.running().filter(
        partnership=slot.partnership_id, organisation=slot.organisation_id
    )
    if not members.exists():
        yield "of an organisation that is no member"
    if slot.confirmed_on is None or slot.confirmed_on < local_day(past(slot, "publish")[0].at):
        yield "confirmed before it was online"
