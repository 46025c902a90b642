"""What no service would leave behind, asked of each row: for data that were written without the services.

Each rule looks at the rows of one kind and says what is wrong with a row. Where the portal has a rule of its own
(`party_of`, `signers`, `readiness`), that is asked, at the moment at which the row says that it happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import time_machine
from django.apps import apps
from django.db import models

from accounts.models import User
from agreements.enums import AgreementState, Signer
from agreements.models import Agreement
from agreements.queries import readiness, signers
from core.dates import local_day, today
from core.models import StateChange
from demo.seed.history import at
from partnerships.actors import Actor, actor_of
from partnerships.models import Member
from placements.enums import LIVE_PLACEMENT, MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot
from placements.rules import matches as match_rules
from students.enums import AccessScope, Answer, EnrolmentState, GoalResult, GoalState, Party, PlanState
from students.models import Consent, Enrolment, Goal, LearnerAccess, LearningPlan
from students.rules import party_of

Faults = Iterator[str]
STATEFUL = {"students", "placements", "agreements"}  # the apps whose rows must have come into their state


@dataclass(frozen=True)
class Rule:
    """`rows` gives what is looked at; `faults` says what is wrong with one row."""

    rows: Callable[[], Iterable[Any]]
    faults: Callable[[Any], Faults]

    def broken(self) -> list[str]:
        """What is wrong, row by row; refuses to say that nothing is wrong when there was nothing to look at."""
        forget()
        found, number = [], 0
        for number, row in enumerate(self.rows(), 1):  # noqa: B007
            found += [f"{row._meta.label} {row.pk}: {fault}" for fault in self.faults(row)]
        assert number, "no row to look at"
        return found


RULES: dict[str, Rule] = {}


def rule(rows: Callable[[], Iterable[Any]]) -> Callable[[Callable[[Any], Faults]], Callable[[Any], Faults]]:
    def named(faults: Callable[[Any], Faults]) -> Callable[[Any], Faults]:
        RULES[faults.__name__] = Rule(rows, faults)
        return faults

    return named


# Who someone was then


def actor_then(user_id: int, moment: dt.datetime) -> Actor:
    """The person with the roles of that day."""
    return _actor_on(user_id, local_day(moment))


def enrolment_then(enrolment_id: int, moment: dt.datetime) -> Enrolment:
    """The enrolment with the parties of that day."""
    return _enrolment_on(enrolment_id, local_day(moment))


@cache
def _actor_on(user_id: int, day: dt.date) -> Actor:
    with time_machine.travel(at(day), tick=False):
        return actor_of(User.objects.get(pk=user_id))


@cache
def _enrolment_on(enrolment_id: int, day: dt.date) -> Enrolment:
    with time_machine.travel(at(day), tick=False):
        enrolment = Enrolment.objects.with_parties().get(pk=enrolment_id)
        assert enrolment.parties
        return enrolment


@cache
def changes() -> dict[tuple[str, str], list[StateChange]]:
    found: dict[tuple[str, str], list[StateChange]] = {}
    for change in StateChange.objects.order_by("pk"):
        found.setdefault((change.model, change.object_id), []).append(change)
    return found


def forget() -> None:
    for known in (_actor_on, _enrolment_on, changes):
        known.cache_clear()


def past(row: models.Model, action: str = "") -> list[StateChange]:
    """The changes of state of a row, as they were recorded; only those by one action when it is named."""
    known = changes().get((row._meta.label_lower, str(row.pk)), [])
    return [change for change in known if not action or change.action == action]


def party_then(user_id: int | None, enrolment_id: int, moment: dt.datetime) -> Party | None:
    if user_id is None:
        return None
    return party_of(actor_then(user_id, moment), enrolment_then(enrolment_id, moment))


# States


def _stateful() -> Iterable[models.Model]:
    for label in sorted(STATEFUL):
        for model in apps.get_app_config(label).get_models():
            if hasattr(model, "TRANSITIONS"):
                yield from model._default_manager.all()


@rule(_stateful)
def history_leads_to_the_state(row: Any) -> Faults:
    """From the first state of the model, step by step as TRANSITIONS allows, in the order of time."""
    state, moment = row._meta.get_field("state").default, None
    if isinstance(row, Enrolment) and row.state == EnrolmentState.WAITING and not past(row):
        return  # the waiting list is where one may begin too
    for change in past(row):
        sources, target = row.TRANSITIONS[change.action]
        if change.from_state != state or state not in sources or change.to_state != target:
            yield f"{change.action} from {state} to {change.to_state}"
        if moment and change.at < moment:
            yield f"{change.action} before what came before"
        if change.action in getattr(row, "REASON_REQUIRED", ()) and not change.reason:
            yield f"{change.action} without a reason"
        state, moment = change.to_state, change.at
    if moment and local_day(moment) > today():
        yield "something that is still to come"
    if row.state != state:
        yield f"in {row.state}, while the history ends in {state}"


# Plans and consent


@rule(lambda: Consent.objects.select_related("goal_version__goal__plan"))
def consent_is_of_the_party_of_then(consent: Consent) -> Faults:
    enrolment = consent.goal_version.goal.plan.enrolment_id
    if party_then(consent.by_id, enrolment, consent.at) != consent.party:
        yield "who answered did not stand for this party"
    employer = enrolment_then(enrolment, consent.at).parties.employer
    if consent.organisation_id != (employer if consent.party == Party.EMPLOYER else None):
        yield "another organisation than the employer of then"


@rule(
    lambda: Consent.objects.select_related("goal_version__goal").prefetch_related(
        "goal_version__goal__versions"
    )
)
def consent_is_to_a_text_that_was_asked(consent: Consent) -> Faults:
    version = consent.goal_version
    if version.asked_at is None or consent.at < version.asked_at:
        yield "answered before it was asked"
    elif version.created_at > version.asked_at:
        yield "asked before it was written"
    newer = (other for other in version.goal.versions.all() if other.number > version.number)
    if any(other.created_at < consent.at for other in newer):
        yield "there was a newer text"


@rule(lambda: Goal.objects.select_related("plan", "current", "latest").prefetch_related("versions__consents"))
def goal_in_force_has_three_yeses(goal: Goal) -> Faults:
    versions = sorted(goal.versions.all(), key=lambda version: version.number)
    if goal.latest_id != versions[-1].pk or [version.number for version in versions] != [
        *range(1, len(versions) + 1)
    ]:
        yield "its versions are not numbered up to the newest"
    agreed = [version for version in versions if {row.party for row in _yes(version)} == set(Party)]
    if goal.current_id != (agreed[-1].pk if agreed else None):
        yield "the text in force is not the last one that three parties agreed to"
    moments = [change.at for change in past(goal, "agree")]
    if agreed and moments != [max(row.at for row in _yes(agreed[0]))]:
        yield "not agreed at the third yes"


def _yes(version: Any) -> list[Consent]:
    return [row for row in version.consents.all() if row.answer == Answer.YES]


@rule(lambda: Goal.objects.exclude(state__in=[GoalState.PROPOSED, GoalState.LAPSED]).select_related("plan"))
def goal_is_worked_on_by_whom_it_concerns(goal: Goal) -> Faults:
    wanted = {
        "begin": {Party.STUDENT},
        "demonstrate": {Party.STUDENT},
        "assess": {Party.SCHOOL},
        "resume": {Party.STUDENT, Party.SCHOOL},
        "lapse": {Party.SCHOOL},
    }
    for change in past(goal):
        if party_then(change.by_id, goal.plan.enrolment_id, change.at) not in wanted.get(
            change.action, set(Party)
        ):
            yield f"{change.action} by someone who may not"


@rule(lambda: Goal.objects.filter(state=GoalState.ASSESSED).prefetch_related("remarks"))
def assessment_is_written_down(goal: Goal) -> Faults:
    assessed = past(goal, "assess")
    if not assessed or (assessed[-1].at, assessed[-1].by_id) != (goal.assessed_at, goal.assessed_by_id):
        yield "assessed at another moment or by someone else than the history says"
    schools = [row for row in goal.remarks.all() if row.party == Party.SCHOOL and row.at == goal.assessed_at]
    if goal.result == GoalResult.NOT_YET and not schools:
        yield "not achieved yet, and nobody says what is still needed"


def _plans() -> Iterable[LearningPlan]:
    return LearningPlan.objects.prefetch_related(
        "goals__current__consents",
        "goals__evidence",
        "goals__remarks",
        "goals__latest",
        "versions__goal_versions",
    )


@rule(_plans)
def plan_is_active_from_the_last_agreement(plan: LearningPlan) -> Faults:
    goals = [goal for goal in plan.goals.all() if goal.state != GoalState.LAPSED]
    agreed = bool(goals) and all(goal.current_id for goal in goals)
    if plan.state == PlanState.DRAFT and agreed:
        yield "a draft of which everything is agreed"
    if plan.activated_at is None:
        return
    if not agreed:
        yield "active, and not every goal is agreed"
        return
    last = max(change.at for goal in goals for change in past(goal, "agree"))
    if [change.at for change in past(plan, "activate")] != [plan.activated_at] or plan.activated_at != last:
        yield "not active from the moment that the last goal was agreed"


@rule(_plans)
def plan_versions_hold_what_was_asked(plan: LearningPlan) -> Faults:
    versions = sorted(plan.versions.all(), key=lambda version: version.number)
    if [version.number for version in versions] != [*range(1, len(versions) + 1)]:
        yield "versions that are not numbered from 1"
    asked = {goal.latest for goal in plan.goals.all() if goal.latest and goal.latest.asked_at}
    held = {text for version in versions for text in version.goal_versions.all()}
    if not asked <= held:
        yield "a text was asked that no version holds"
    for version in versions:
        if party_then(version.asked_by_id, plan.enrolment_id, version.asked_at) is None:
            yield f"version {version.number} was asked by someone who is no party"
        if enrolment_then(plan.enrolment_id, version.asked_at).parties.employer is None:
            yield f"version {version.number} was asked while there was no employer"
        if any(
            text.asked_at is None or text.asked_at > version.asked_at for text in version.goal_versions.all()
        ):
            yield f"version {version.number} holds a text that was not asked yet"


@rule(_plans)
def closed_plan_is_left_alone(plan: LearningPlan) -> Faults:
    closed = past(plan, "close")
    running = Enrolment.objects.get(pk=plan.enrolment_id).state == EnrolmentState.ENROLLED
    if running == (plan.state == PlanState.CLOSED):
        yield "open without a running enrolment, or closed with one"
    for goal in plan.goals.all() if closed else ():
        marks = [*(row.created_at for row in goal.evidence.all()), *(row.at for row in goal.remarks.all())]
        if any(moment > closed[0].at for moment in [*marks, *(change.at for change in past(goal))]):
            yield "something happened after it was closed"


# Matches, placements and what they open


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
    elif [change.at for change in past(match, "student_yes")] != [placement.created_at]:
        yield "the placement was not made at the student's yes"


@rule(lambda: Placement.objects.select_related("match", "slot", "enrolment", "supervisor"))
def placement_fits_slot_and_enrolment(placement: Placement) -> Faults:
    match, slot, enrolment = placement.match, placement.slot, placement.enrolment
    if placement.kind == PlacementKind.ORDINARY and (
        match is None
        or match.state != MatchState.ACCEPTED
        or match.slot_id != slot.pk
        or match.enrolment != enrolment
    ):
        yield "without an accepted match of this student for this place"
    if placement.student_id != enrolment.student_id:
        yield "of another student than the enrolment"
    if placement.seat_no > slot.seats:
        yield "on a seat that the place does not have"
    first = max(slot.starts_on, enrolment.starts_on, local_day(placement.created_at))
    if placement.starts_on < first or placement.ends_on > min(slot.ends_on, enrolment.ends_on):
        yield "outside the period of the place, the enrolment or before it was confirmed"
    if placement.supervisor and placement.supervisor.organisation_id != slot.organisation_id:
        yield "guided by someone of another employer"


@rule(lambda: Placement.objects.filter(state__in=LIVE_PLACEMENT).select_related("enrolment"))
def live_placement_is_of_today(placement: Placement) -> Faults:
    if (placement.state == PlacementState.RUNNING) != (
        placement.starts_on <= today()
    ) or placement.ends_on < today():
        yield f"{placement.state} on another day than its period says"
    if placement.enrolment.state == EnrolmentState.DROPPED_OUT:
        yield "the student has left"


@rule(
    lambda: Placement.objects.select_related("slot", "supervisor__membership").prefetch_related(
        "enrolment__access"
    )
)
def placement_opened_access(placement: Placement) -> Faults:
    """The employer from the confirmation on, its supervisor from the first day, until the last day or the end."""
    scope = AccessScope.PLAN if placement.kind == PlacementKind.ORDINARY else AccessScope.EXCHANGE
    last = [local_day(change.at) for change in past(placement, "break_off")] or [placement.ends_on]
    supervisor = placement.supervisor.membership if placement.supervisor else None
    for membership in [None, supervisor] if supervisor else [None]:
        held = [
            row
            for row in placement.enrolment.access.all()
            if (row.organisation_id, row.membership_id, row.scope)
            == (placement.slot.organisation_id, membership.pk if membership else None, scope)
        ]
        who = "the supervisor" if membership else "the employer"
        if not any(row.starts_on <= placement.starts_on and row.ends_on == last[0] for row in held):
            yield f"{who} does not see the goals for as long as it lasts"


@rule(lambda: LearnerAccess.objects.prefetch_related("enrolment__placements__slot", "goals"))
def access_comes_from_a_placement(access: LearnerAccess) -> Faults:
    placements = [
        row for row in access.enrolment.placements.all() if row.slot.organisation_id == access.organisation_id
    ]
    if not any(local_day(row.created_at) <= access.starts_on and access.ends_on for row in placements):
        yield "access without a placement, or from before it"
    if access.scope == AccessScope.EXCHANGE and not access.goals.all():
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


# Agreements


def _agreements() -> Iterable[Agreement]:
    for agreement in Agreement.objects.for_page():
        agreement.take_current()
        yield agreement


@rule(lambda: Placement.objects.select_related("agreement"))
def ordinary_placement_has_an_agreement(placement: Placement) -> Faults:
    if hasattr(placement, "agreement") != (placement.kind == PlacementKind.ORDINARY):
        yield "without an agreement, or an exchange with one"


@rule(_agreements)
def agreement_is_the_text_that_was_made(agreement: Agreement) -> Faults:
    for version in agreement.versions.all():
        version.agreement = agreement
        if version.digest != version.fingerprint():
            yield f"version {version.number} is not what its digest was taken of"
        if version.total_hours != sum(hours for _year, hours in version.years):
            yield f"the hours of version {version.number} do not add up"
        if version.asked_at:
            yield from (str(text) for text in readiness.problems(agreement, version))
    made = agreement.versions.all()[0].created_at if agreement.current else None
    if made is None or made < agreement.placement.created_at:
        yield "without a text, or with one from before the placement"


@rule(_agreements)
def agreement_is_signed_as_its_state_says(agreement: Agreement) -> Faults:
    signed = [*agreement.current.signatures.all()] if agreement.current else []
    complete = not signers.missing(agreement, signed)
    if (
        agreement.state in {AgreementState.ACTIVE, AgreementState.ENDED, AgreementState.COMPLETED}
        and not complete
    ):
        yield "in force without all signatures"
    if agreement.state == AgreementState.DRAFT and signed:
        yield "a draft that is signed"
    if agreement.state == AgreementState.SIGNING and complete and _accredited(agreement):
        yield "everybody has signed, and it is not in force"
    if agreement.current and [change.at for change in past(agreement, "ask")][-1:] != (
        [agreement.current.asked_at] if agreement.current.asked_at else []
    ):
        yield "asked at another moment than the history says"


@rule(lambda: [row for row in _agreements() if past(row, "activate")])
def agreement_in_force_was_ready(agreement: Agreement) -> Faults:
    if not _accredited(agreement):
        yield "the employer was not accredited on the first day"
    last = (
        max((item.at for item in agreement.current.signatures.all()), default=None)
        if agreement.current
        else None
    )
    if last is None or agreement.activated_at is None or agreement.activated_at < last:
        yield "in force before the last signature"
    if past(agreement, "activate")[-1].at != agreement.activated_at:
        yield "in force from another moment than the history says"
    version = agreement.current
    if agreement.ended_on and version and not version.starts_on <= agreement.ended_on <= version.ends_on:
        yield "ended outside its period"


def _accredited(agreement: Agreement) -> bool:
    version = agreement.current
    return version is not None and readiness.accredited(agreement, version.starts_on).holds


def _signatures() -> Iterable[Any]:
    for agreement in _agreements():
        for version in agreement.versions.all():
            for signature in version.signatures.all():
                signature.version, version.agreement = version, agreement
                yield signature


@rule(_signatures)
def signature_is_of_someone_who_signs(signature: Any) -> Faults:
    version, agreement = signature.version, signature.version.agreement
    if version.asked_at is None or signature.at < version.asked_at:
        yield "signed before it was asked"
    if signature.is_paper:
        if not local_day(version.created_at) <= signature.signed_on <= local_day(signature.at):
            yield "signed on a day before the text, or after it was recorded"
    else:
        with time_machine.travel(signature.at, tick=False):
            able = {user.pk: user for user in signers.able_for(agreement).get(Signer(signature.signer), [])}
        if signature.by_id not in able or signature.name != able[signature.by_id].get_full_name():
            yield "signed by someone who could not sign for this party, or under another name"
        if signature.signed_on != local_day(signature.at):
            yield "signed on another day than it was recorded"
    others = [item for item in version.signatures.all() if item.signer != signature.signer]
    if signature.signer not in signers.needed(agreement, others, signature.signed_on):
        yield "signed by a representative of someone who is 18"
    if [item.name for item in version.signatures.all()].count(signature.name) > 1:
        yield "one name signs for two parties"
