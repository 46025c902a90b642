"""Faults planted in the loaded demo region, one for each thing that a rule can say: rule, what it says, how."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.enums import Role
from accounts.models import SupportAct, User
from agreements.enums import AgreementState, SigningMethod, VersionState
from agreements.models import Agreement, AgreementVersion, Signature
from core.dates import today
from core.models import StateChange
from demo.seed.history import at, made_at
from partnerships.enums import JoinRequestKind
from partnerships.models import JoinRequest, Member, Membership
from placements.enums import MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot, Supervision
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck, Session
from students.enums import EnrolmentState, GoalState, Party, PlanState
from students.models import (
    Consent,
    Enrolment,
    Evidence,
    Goal,
    GoalRemark,
    GoalVersion,
    HandIn,
    LearningPlan,
    PlanVersion,
    Student,
    Treatment,
    WorkSituation,
)

LONG_AGO = at(dt.date(2001, 1, 1))
DAY = dt.timedelta(days=1)
IN_FORCE = Agreement.objects.filter(state=AgreementState.ACTIVE)
SIGNED = AgreementVersion.objects.filter(state=VersionState.SIGNED)
DRAFTS = AgreementVersion.objects.filter(state=VersionState.DRAFT)
TEXT = "agreements.agreementversion"
ACTIVE = LearningPlan.objects.filter(state=PlanState.ACTIVE)
ORDINARY = Placement.objects.filter(kind=PlacementKind.ORDINARY)
ASKED = JoinRequest.objects.filter(kind=JoinRequestKind.ASKED)
FIRST_TEXTS = GoalVersion.objects.filter(number=1, asked_at__isnull=False)


def change(rows: QuerySet[Any], **values: Any) -> Callable[[], Any]:
    """Write these values into the first of the rows; a callable gives the value when its turn comes."""

    def plant() -> None:
        now = {name: value() if callable(value) else value for name, value in values.items()}
        first = rows.order_by("pk").values("pk").first()
        assert first, "nothing to plant the fault in"
        assert rows.model._base_manager.filter(pk=first["pk"]).update(**now)

    return plant


def step(action: str, model: str = "", **values: Any) -> Callable[[], Any]:
    """Write these values into the first recorded change of that name."""
    steps = StateChange.objects.filter(action=action)
    return change(steps.filter(model=model) if model else steps, **values)


def stranger() -> int:
    """Someone with no role at all."""
    return User.objects.get(is_superuser=True).person.pk


def write_a_newer_text() -> None:
    first = FIRST_TEXTS.earliest("pk")
    with made_at(first.asked_at or LONG_AGO):
        GoalVersion.objects.create(goal=first.goal, number=9, text="Anders", due_on=first.due_on)


def unagree() -> None:
    Consent.objects.filter(
        goal_version=Goal.objects.filter(state=GoalState.AGREED).earliest("pk").current
    ).delete()


def placed_elsewhere() -> int:
    return ORDINARY.live().earliest("pk").enrolment_id


def organisation_elsewhere() -> int:
    """An employer that is not the one of the first placement and its plan."""
    return (
        Slot.objects.exclude(organisation=ORDINARY.earliest("pk").slot.organisation_id)
        .earliest("pk")
        .organisation_id
    )


def session_elsewhere() -> int:
    """A session of another cohort than that of the first treated work situation."""
    cohort = Treatment.objects.earliest("pk").situation.enrolment.cohort_id
    return Session.objects.exclude(cohort=cohort).earliest("pk").pk


def dutch(text: str) -> str:
    with translation.override("nl"):
        return gettext(text)


def _coordinator() -> Any:
    """Someone who speaks for the partnerships, and for no organisation in them."""
    return JoinRequest.objects.exclude(partnership_yes_by=None).earliest("pk").partnership_yes_by


FAULTS: list[tuple[str, str, Callable[[], Any]]] = [
    (
        "history_leads_to_the_state",
        "while the history ends in running",
        change(ORDINARY.filter(state=PlacementState.RUNNING), state=PlacementState.COMPLETED),
    ),
    (
        "history_leads_to_the_state",
        "assess from demonstrated to busy",
        step("assess", to_state=GoalState.BUSY),
    ),
    ("history_leads_to_the_state", "hand_in before what came before", step("hand_in", at=LONG_AGO)),
    ("history_leads_to_the_state", "break_off without a reason", step("break_off", reason="")),
    ("history_leads_to_the_state", "still to come", step("publish", at=lambda: timezone.now() + 2 * DAY)),
    (
        "consent_is_of_the_party_of_then",
        "did not stand for this party",
        change(Consent.objects.filter(party=Party.SCHOOL), by=stranger),
    ),
    (
        "consent_is_of_the_party_of_then",
        "another organisation",
        change(Consent.objects.filter(party=Party.EMPLOYER), organisation=organisation_elsewhere),
    ),
    (
        "consent_is_to_a_text_that_was_asked",
        "answered before it was asked",
        change(Consent.objects.all(), at=LONG_AGO),
    ),
    (
        "consent_is_to_a_text_that_was_asked",
        "asked before it was written",
        change(FIRST_TEXTS, created_at=timezone.now),
    ),
    ("consent_is_to_a_text_that_was_asked", "there was a newer text", write_a_newer_text),
    ("goal_in_force_has_three_yeses", "not numbered", change(FIRST_TEXTS, number=5)),
    ("goal_in_force_has_three_yeses", "not the last one that three parties agreed to", unagree),
    ("goal_in_force_has_three_yeses", "not agreed at the third yes", step("agree", at=F("at") + DAY)),
    (
        "goal_in_force_has_three_yeses",
        "does not say when it was agreed",
        change(GoalVersion.objects.filter(agreed_at=None), agreed_at=timezone.now()),
    ),
    ("goal_is_worked_on_by_whom_it_concerns", "assess by someone who may not", step("assess", by=stranger)),
    (
        "assessment_is_written_down",
        "than the history says",
        step("assess", "students.goal", by=stranger),
    ),
    (
        "assessment_is_written_down",
        "when its newest decision",
        change(Goal.objects.filter(state=GoalState.ASSESSED), assessed_at=timezone.now),
    ),
    ("hand_in_is_of_its_moment", "than the history says", change(HandIn.objects.all(), at=LONG_AGO)),
    (
        "hand_in_is_of_its_moment",
        "not there yet",
        lambda: Evidence.objects.update(created_at=timezone.now() + DAY),
    ),
    (
        "hand_in_is_of_its_moment",
        "another text",
        change(HandIn.objects.all(), version=lambda: HandIn.objects.latest("pk").version_id),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "a draft of which everything is agreed",
        change(ACTIVE, state=PlanState.DRAFT),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "not every goal is agreed",
        change(Goal.objects.filter(state=GoalState.AGREED), state=GoalState.PROPOSED, current=None),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "not active from the moment",
        change(ACTIVE, activated_at=timezone.now),
    ),
    ("plan_versions_hold_what_was_asked", "not numbered from 1", change(PlanVersion.objects.all(), number=7)),
    (
        "plan_versions_hold_what_was_asked",
        "that no version holds",
        lambda: PlanVersion.objects.latest("pk").goal_versions.clear(),
    ),
    (
        "plan_versions_hold_what_was_asked",
        "who is no party",
        change(PlanVersion.objects.all(), asked_by=stranger),
    ),
    (
        "plan_versions_hold_what_was_asked",
        "was no employer",
        change(PlanVersion.objects.all(), asked_at=LONG_AGO),
    ),
    ("plan_versions_hold_what_was_asked", "not asked yet", change(FIRST_TEXTS, asked_at=timezone.now)),
    (
        "closed_plan_is_left_alone",
        "open without a running enrolment",
        change(
            Enrolment.objects.filter(plans__state=PlanState.ACTIVE),
            state=EnrolmentState.COMPLETED,
            ended_on=dt.date.today,
        ),
    ),
    (
        "closed_plan_is_left_alone",
        "something happened after it was closed",
        change(GoalRemark.objects.filter(goal__plan__state=PlanState.CLOSED), at=timezone.now),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "proposed by someone who may not",
        change(Match.objects.all(), proposed_by=stranger),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "a place that was not online",
        lambda: StateChange.objects.filter(action="publish").update(at=timezone.now()),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "employer_yes by someone who may not",
        step("employer_yes", by=stranger),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "agreed at another moment",
        change(Match.objects.filter(state=MatchState.ACCEPTED), employer_agreed_at=timezone.now),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "student_yes before it was proposed",
        change(Match.objects.filter(state=MatchState.ACCEPTED), proposed_at=timezone.now),
    ),
    (
        "open_match_can_still_be_answered",
        "not online any more",
        lambda: Slot.objects.update(state=SlotState.CLOSED),
    ),
    (
        "open_match_can_still_be_answered",
        "the student is not enrolled",
        change(Enrolment.objects.filter(matches__state=MatchState.PROPOSED), state=EnrolmentState.WAITING),
    ),
    (
        "open_match_can_still_be_answered",
        "has a place in this period",
        change(Match.objects.open(), enrolment=placed_elsewhere),
    ),
    ("accepted_match_has_its_placement", "there is no placement", change(ORDINARY, match=None)),
    (
        "accepted_match_has_its_placement",
        "not confirmed on the day",
        change(ORDINARY, confirmed_on=LONG_AGO.date()),
    ),
    ("placement_fits_slot_and_enrolment", "without an accepted match", change(ORDINARY, match=None)),
    ("placement_fits_slot_and_enrolment", "seat that the place does not have", change(ORDINARY, seat_no=99)),
    ("placement_fits_slot_and_enrolment", "outside the period", change(ORDINARY, starts_on=LONG_AGO.date())),
    (
        "live_placement_is_of_today",
        "on another day than its period says",
        change(ORDINARY.filter(state=PlacementState.RUNNING), state=PlacementState.CONFIRMED),
    ),
    (
        "live_placement_is_of_today",
        "the student has left",
        change(
            Enrolment.objects.filter(placements__state=PlacementState.RUNNING),
            state=EnrolmentState.DROPPED_OUT,
            ended_on=dt.date.today,
            leaving_reason="Verhuisd",
        ),
    ),
    (
        "placement_broken_off_ended_when_its_history_says",
        "on another day than it was ended",
        step("break_off", at=LONG_AGO),
    ),
    (
        "supervision_is_within_placement_and_role",
        "outside the placement",
        change(Supervision.objects.all(), starts_on=LONG_AGO.date()),
    ),
    (
        "supervision_is_within_placement_and_role",
        "no supervisor yet",
        lambda: Membership.objects.filter(role=Role.SUPERVISOR).update(starts_on=today() + DAY),
    ),
    (
        "exchange_has_its_goals",
        "without goals",
        lambda: Placement.objects.filter(kind=PlacementKind.EXCHANGE).earliest("pk").goals.clear(),
    ),
    (
        "online_slot_is_complete",
        "for no programme",
        lambda: Slot.objects.filter(state=SlotState.ONLINE).earliest("pk").qualifications.clear(),
    ),
    (
        "online_slot_is_complete",
        "that is no member",
        lambda: Member.objects.update(starts_on=LONG_AGO.date(), ends_on=LONG_AGO.date() + DAY),
    ),
    (
        "online_slot_is_complete",
        "confirmed before it was online",
        change(Slot.objects.filter(state=SlotState.ONLINE), confirmed_on=LONG_AGO.date()),
    ),
    (
        "ordinary_placement_has_an_agreement",
        "without an agreement",
        change(
            Agreement.objects.all(),
            placement=lambda: Placement.objects.filter(kind=PlacementKind.EXCHANGE).earliest("pk").pk,
        ),
    ),
    (
        "agreement_is_the_text_that_was_made",
        "not what its digest was taken of",
        change(AgreementVersion.objects.all(), guidance="Niemand"),
    ),
    (
        "agreement_is_the_text_that_was_made",
        "do not add up",
        change(AgreementVersion.objects.all(), total_hours=F("total_hours") + 1),
    ),
    (
        "agreement_is_the_text_that_was_made",
        dutch("Name the practice trainer of the workplace."),
        change(AgreementVersion.objects.filter(asked_at__isnull=False), practice_trainer=""),
    ),
    (
        "agreement_is_the_text_that_was_made",
        "from before the placement",
        change(AgreementVersion.objects.all(), created_at=LONG_AGO),
    ),
    (
        "agreement_says_what_its_texts_are",
        "while its first text is",
        change(IN_FORCE, state=AgreementState.SIGNING),
    ),
    (
        "agreement_says_what_its_texts_are",
        "without a history",
        lambda: StateChange.objects.filter(action="activate").delete(),
    ),
    (
        "agreement_says_what_its_texts_are",
        "another than that of the placement",
        change(Placement.objects.filter(agreements__in=IN_FORCE), ends_on=F("ends_on") + DAY),
    ),
    (
        "text_is_signed_as_its_state_says",
        "signed without all signatures",
        lambda: (
            Signature.objects.filter(version__in=SIGNED, objection=None, replaces=None).latest("pk").delete()
        ),
    ),
    (
        "text_is_signed_as_its_state_says",
        "a draft that is signed",
        change(Signature.objects.filter(objection=None), version=lambda: DRAFTS.earliest("pk").pk),
    ),
    (
        "text_is_signed_as_its_state_says",
        "it does not hold",
        change(SIGNED, state=VersionState.SIGNING, holds=None, signed_at=None, signed_digest=""),
    ),
    ("text_is_signed_as_its_state_says", "asked at another moment", step("ask", TEXT, at=LONG_AGO)),
    (
        "text_holds_when_it_was_ready",
        "not accredited",
        change(AccreditationCheck.objects.all(), status=AccreditationStatus.UNKNOWN),
    ),
    (
        "text_holds_when_it_was_ready",
        "before the last signature",
        change(Signature.objects.filter(version__in=SIGNED), at=timezone.now),
    ),
    (
        "text_holds_when_it_was_ready",
        "in force from another moment",
        change(SIGNED, signed_at=timezone.now),
    ),
    (
        "text_holds_when_it_was_ready",
        "holds on other days",
        change(SIGNED, holds=DateRange(LONG_AGO.date(), LONG_AGO.date() + DAY)),
    ),
    (
        "signature_is_of_someone_who_signs",
        "signed before it was asked",
        change(Signature.objects.all(), at=LONG_AGO),
    ),
    (
        "signature_is_of_someone_who_signs",
        "on a day before it was asked",
        change(Signature.objects.filter(method=SigningMethod.PAPER), signed_on=LONG_AGO.date()),
    ),
    (
        "signature_is_of_someone_who_signs",
        "recorded by someone who could not",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), by=stranger),
    ),
    (
        "signature_is_of_someone_who_signs",
        "who could not sign for this party",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), person=stranger),
    ),
    (
        "signature_is_of_someone_who_signs",
        "on another day than it was recorded",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), signed_on=LONG_AGO.date()),
    ),
    (
        "signature_is_of_someone_who_signs",
        "someone who is 18",
        lambda: Student.objects.update(born_on=dt.date(1980, 1, 1)),
    ),
    (
        "signature_is_of_someone_who_signs",
        "one name signs for two parties",
        lambda: Signature.objects.update(name="Eén Naam"),
    ),
    (
        "situation_is_handled_by_whom_it_concerns",
        "plan by someone who may not",
        step("plan", "students.worksituation", by=stranger),
    ),
    (
        "situation_is_handled_by_whom_it_concerns",
        "before it was brought in",
        step("withdraw", "students.worksituation", at=LONG_AGO),
    ),
    (
        "situation_is_handled_by_whom_it_concerns",
        "cannot read why",
        lambda: WorkSituation.objects.update(removed_because=""),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "of another cohort",
        change(Treatment.objects.all(), session=session_elsewhere),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "not treated when",
        change(Treatment.objects.filter(treated_at__isnull=False), treated_at=LONG_AGO),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "treated by nobody",
        change(Treatment.objects.filter(treated_at__isnull=False), by=None),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "its teachers may not read it",
        lambda: WorkSituation.objects.update(for_teachers=False),
    ),
    (
        "join_request_is_asked_and_answered_by_two_sides",
        "asked by someone else",
        change(ASKED, organisation_yes_by=_coordinator),
    ),
    (
        "join_request_is_asked_and_answered_by_two_sides",
        "answered by someone else",
        lambda: StateChange.objects.filter(model="partnerships.joinrequest", action="decline").update(
            by=ASKED.earliest("pk").organisation_yes_by
        ),
    ),
    (
        "support_act_begins_at_once_and_its_deeds_follow",
        "does not begin when it began",
        change(SupportAct.objects.all(), begun_at=F("begun_at") + dt.timedelta(minutes=1)),
    ),
    (
        "account_is_closed_by_a_support_act",
        "closed by nobody",
        lambda: User.objects.create(email="weg@voorbeeld.example", is_active=False),
    ),
]


def let_texts_change() -> None:
    """Plant also what the database itself refuses to change."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE students_goalversion DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE agreements_agreementversion DISABLE TRIGGER USER")
