"""What must hold is looked at each night: a row that was written past services, triggers and constraints is found."""

import logging
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person, User
from agreements.enums import VersionState
from agreements.models import AgreementVersion, Signature
from core.dates import today
from core.models import Holiday
from meetings.models import Action, AgendaItem, Meeting, Rhythm
from partnerships.enums import AffiliationKind, JoinRequestState, MemberRole, Perspective
from partnerships.models import (
    CooperationSignature,
    CooperationVersion,
    Document,
    Group,
    GroupSeat,
    JoinRequest,
    Location,
    Mandate,
    Member,
    MemberLetter,
    Membership,
)
from placements.enums import PlacementState
from placements.models import Placement, Slot, Supervision
from portal.invariants import BY_NAME, INVARIANTS
from portal.tasks import check_invariants
from programmes.models import Cohort, CohortTeacher, Programme
from search.models import SearchEntry
from students.enums import EnrolmentState, GoalState
from students.models import Enrolment, Evidence, Goal
from tests.agreements.cases import agreement_case
from tests.factories.accounts import SecurityEventFactory, SupportActFactory, UserFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    NeedFactory,
    PaperFactory,
    RhythmFactory,
)
from tests.factories.partnerships import (
    CooperationSignatureFactory,
    CooperationVersionFactory,
    DocumentFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    LocationFactory,
    MemberFactory,
    MemberLetterFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    SignUpFactory,
)
from tests.factories.placements import PlacementFactory, SlotFactory, SupervisionFactory
from tests.factories.programmes import CohortTeacherFactory, ProgrammeFactory, QualificationFactory
from tests.factories.students import EnrolmentFactory, GoalFactory, StudentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_owner")]


TRIGGERS = """
SELECT format('ALTER TABLE %I DISABLE TRIGGER USER', relname) FROM pg_class
WHERE oid IN (SELECT tgrelid FROM pg_trigger WHERE NOT tgisinternal)
"""
KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) FROM pg_constraint
WHERE (contype = 'f' AND cardinality(conkey) > 1) OR conname = ANY(%s)
"""


def unguard(*constraints):
    """As the owner of the tables can, or a dump that is put back: no trigger, no key over two columns, none of these."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come is not altered
        cursor.execute(TRIGGERS)
        statements = [statement for (statement,) in cursor.fetchall()]
        cursor.execute(KEYS, [list(constraints)])
        for statement in [*statements, *(statement for (statement,) in cursor.fetchall())]:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def account_of_nobody():
    user = UserFactory()
    yield user
    unguard()
    Person.objects.filter(user=user).update(user=None)


def account_opened_off_record():
    user = UserFactory()
    act = SupportActFactory(subject=user.person)
    SecurityEventFactory(person=user.person, kind="account_reopened", support=act)
    yield user
    unguard()
    User.objects.filter(pk=user.pk).update(is_active=False)


def partnership_without_someone_who_coordinates():
    lead = MemberFactory(role=MemberRole.LEAD)
    coordinator = MembershipFactory(organisation=lead.organisation, role=Role.COORDINATOR)
    yield lead.partnership
    Membership.objects.filter(pk=coordinator.pk).update(ends_on=today(), ended_at=timezone.now())


def member_without_yes():
    member = MemberFactory()
    yield member
    unguard("join_request_accepted_by_both")
    JoinRequest.objects.filter(pk=member.join_request_id).update(state=JoinRequestState.OPEN)


def mandate_of_another_role():
    role = MembershipFactory(role=Role.CONTACT, may_sign=True)
    yield role.mandates.get()
    unguard()
    Membership.objects.filter(pk=role.pk).update(role=Role.MANAGER)


def seat_of_another_voice():
    seat = GroupSeatFactory(of=AffiliationKind.CLIENT)
    yield seat
    unguard()
    GroupSeat.objects.filter(pk=seat.pk).update(perspective=Perspective.PRACTICE_EXPERT)


def meeting_of_another_group():
    meeting = MeetingFactory(group=GroupFactory())
    yield meeting
    unguard()
    Meeting.objects.filter(pk=meeting.pk).update(group=GroupFactory())


def decision_of_another_meeting():
    decision = DecisionFactory()
    yield decision
    unguard()
    AgendaItem.objects.filter(pk=decision.item_id).update(meeting=MeetingFactory(held=True))


def paper_of_another_meeting():
    item = AgendaItemFactory()
    paper = PaperFactory(meeting=item.meeting, item=item)
    yield paper
    unguard()
    AgendaItem.objects.filter(pk=item.pk).update(meeting=MeetingFactory())


def rhythm_of_another_group():
    rhythm = RhythmFactory(group=GroupFactory())
    yield rhythm
    unguard()
    Rhythm.objects.filter(pk=rhythm.pk).update(group=GroupFactory())


def document_of_another_group():
    document = DocumentFactory(group=GroupFactory())
    yield document
    unguard()
    Document.objects.filter(pk=document.pk).update(group=GroupFactory())


def letter_to_another_group():
    letter = MemberLetterFactory(partnership=PartnershipFactory())
    yield letter
    unguard()
    MemberLetter.objects.filter(pk=letter.pk).update(group=GroupFactory())


def sign_up_of_another_sum():
    sign_up = SignUpFactory()
    yield sign_up
    unguard()
    sign_up.lines.update(places=sign_up.places + 1)


def action_of_another_table():
    action = ActionFactory(group=GroupFactory())
    yield action
    unguard()
    Action.objects.filter(pk=action.pk).update(group=GroupFactory())


def programme_of_another_partnership():
    programme = ProgrammeFactory(partnership=PartnershipFactory())
    yield programme
    unguard()
    Programme.objects.filter(pk=programme.pk).update(partnership=PartnershipFactory())


def access_of_who_left():
    placement = PlacementFactory(state=PlacementState.RUNNING)
    yield Row(placement.pk * 2)
    unguard()
    Enrolment.objects.filter(pk=placement.enrolment_id).update(
        state=EnrolmentState.COMPLETED, ended_on=today()
    )


def placement_without_access():
    placement = PlacementFactory(state=PlacementState.RUNNING)
    yield placement
    unguard("placement_ended_by_someone")
    Placement.objects.filter(pk=placement.pk).update(ended_at=timezone.now())


def goal_that_says_otherwise():
    goal = GoalFactory(state=GoalState.BUSY)
    yield goal
    unguard()
    Goal.objects.filter(pk=goal.pk).update(state=GoalState.DEMONSTRATED)


def goal_with_another_result():
    goal = GoalFactory(state=GoalState.ASSESSED)
    yield goal
    unguard()
    Goal.objects.filter(pk=goal.pk).update(result="not_yet")


def hand_in_that_rests_on_nothing():
    goal = GoalFactory(state=GoalState.DEMONSTRATED)
    yield goal.hand_ins.get()
    unguard()
    Evidence.objects.filter(goal=goal).update(for_teachers=False)


def holiday_that_is_missing():
    day = date(today().year + 1, 4, 27)
    yield Row(int(f"{day:%Y%m%d}"))
    Holiday.objects.filter(day=day).delete()


def holiday_that_is_none():
    holiday = Holiday.objects.get(day=date(today().year + 1, 12, 25))
    yield holiday
    Holiday.objects.filter(pk=holiday.pk).update(day=date(today().year + 1, 12, 24))


def seat_given_twice():
    placement = PlacementFactory(slot=SlotFactory(seats=2))
    other = PlacementFactory(slot=placement.slot, seat_no=2)
    yield other
    unguard("placement_seat_given_once")
    Placement.objects.filter(pk=other.pk).update(seat_no=1)


def student_in_two_places():
    placement, other = PlacementFactory(), PlacementFactory()
    yield other
    unguard("placement_ordinary_one_at_a_time")
    Placement.objects.filter(pk=other.pk).update(student=placement.student, enrolment=placement.enrolment)


def placement_past_its_end():
    placement = PlacementFactory(state=PlacementState.RUNNING)
    yield placement
    begun = {"starts_on": today() - timedelta(days=30), "ends_on": today() - timedelta(days=2)}
    Placement.objects.filter(pk=placement.pk).update(**begun)


def slot_that_counts_wrong():
    slot = PlacementFactory(state=PlacementState.RUNNING).slot
    yield slot
    unguard()
    Slot.objects.filter(pk=slot.pk).update(taken=2)


def slot_for_another_qualification():
    slot = SlotFactory(qualifications=[QualificationFactory()])
    yield slot
    unguard()
    Slot.objects.filter(pk=slot.pk).update(qualification_ids=[QualificationFactory().pk])


def initiative_found_otherwise():
    initiative = InitiativeFactory()
    yield initiative
    unguard()
    type(initiative).objects.filter(pk=initiative.pk).update(schools=3)


def cooperation_of_too_few():
    version = CooperationVersionFactory(parties=OrganisationFactory.create_batch(2))
    for party in version.parties.all():
        party.version = version
        CooperationSignatureFactory(party=party)
    CooperationVersion.objects.filter(pk=version.pk).update(state="signed", signed_on=today())
    yield version
    unguard()
    CooperationSignature.objects.filter(party__version=version).first().delete()


def slot_of_two_employers():
    slot = SlotFactory()
    yield slot
    unguard()
    Location.objects.filter(pk=slot.location_id).update(organisation=OrganisationFactory())


def placement_of_another_student():
    placement = PlacementFactory()
    yield placement
    unguard()
    Placement.objects.filter(pk=placement.pk).update(student=StudentFactory())


def supervision_of_another_employer():
    supervision = SupervisionFactory()
    yield supervision
    unguard()
    Supervision.objects.filter(pk=supervision.pk).update(organisation=OrganisationFactory())


def text_without_trainer():
    case = signed_case()
    yield case.agreed
    unguard()
    AgreementVersion.objects.filter(pk=case.agreed.pk).update(practice_trainer="")


def text_under_the_norm():
    case = signed_case()
    text = case.agreed
    yield text
    few = dict.fromkeys(text.hours_per_year, 10)
    unguard()
    AgreementVersion.objects.filter(pk=text.pk).update(
        hours_per_year=few, total_hours=sum(few.values()), hours_reason=""
    )


def text_signed_by_too_few():
    case = signed_case()
    yield case.agreed
    unguard()
    Signature.objects.filter(version=case.agreed, signer="school").delete()


def text_without_accreditation():
    case = signed_case()
    yield case.agreed
    unguard()
    case.agreed.grounds.all().delete()


def text_that_names_others():
    case = signed_case()
    yield case.agreed
    unguard()
    AgreementVersion.objects.filter(pk=case.agreed.pk).update(location=LocationFactory())


def agreement_without_signed_text():
    case = signed_case()
    yield case.agreement
    unguard()
    AgreementVersion.objects.filter(agreement=case.agreement).update(
        state=VersionState.LAPSED, holds=None, signed_at=None, signed_digest=""
    )


def placement_that_ends_otherwise():
    case = signed_case()
    yield case.placement
    unguard()
    Placement.objects.filter(pk=case.placement.pk).update(ends_on=case.placement.ends_on - timedelta(days=7))


class Row:
    """What has no row of its own, by the key under which it is found."""

    def __init__(self, pk):
        self.pk = pk


def seat_that_is_not_there():
    placement = PlacementFactory(slot=SlotFactory(seats=2), seat_no=2)
    yield placement
    Slot.objects.filter(pk=placement.slot_id).update(seats=1)


def overfull_cohort():
    cohort = EnrolmentFactory().cohort
    CohortTeacherFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort)
    yield cohort
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)


def overfull_group():
    group = GroupSeatFactory(group__max_size=3).group
    GroupSeatFactory.create_batch(2, group=group)
    GroupSeatFactory(group=group, is_observer=True)
    GroupSeatFactory(group=group, is_secretary=True)
    yield group
    Group.objects.filter(pk=group.pk).update(max_size=2)


def organisation_without_manager():
    manager = MembershipFactory(role=Role.MANAGER)
    MembershipFactory(organisation=manager.organisation, role=Role.CONTACT)
    yield manager.organisation
    Membership.objects.filter(pk=manager.pk).update(ends_on=today(), ended_at=timezone.now())


def partnership_without_coordinator():
    lead = MemberFactory(role=MemberRole.LEAD)
    yield lead.partnership
    Member.objects.filter(pk=lead.pk).update(ends_on=today(), ended_at=timezone.now())


def cohort_without_teacher():
    cohort = EnrolmentFactory().cohort
    teacher = CohortTeacherFactory(cohort=cohort, starts_on=today() - timedelta(days=2))
    yield cohort
    CohortTeacher.objects.filter(pk=teacher.pk).update(ends_on=today() - timedelta(days=1))


def overfull_delegation():
    seat = GroupSeatFactory(group__delegates_per_organisation=2)
    GroupSeatFactory(group=seat.group, organisation=seat.organisation)
    GroupSeatFactory(group=seat.group)
    yield seat
    Group.objects.filter(pk=seat.group_id).update(delegates_per_organisation=1)


def placement_outside_enrolment():
    placement = PlacementFactory()
    yield placement
    Enrolment.objects.filter(pk=placement.enrolment_id).update(ends_on=placement.ends_on - timedelta(days=1))


def signed_case():
    case = agreement_case()
    case.ask()
    case.sign_all()
    return case


def text_outside_enrolment():
    case = signed_case()
    yield case.agreed
    enrolment = Enrolment.objects.filter(pk=case.placement.enrolment_id)
    enrolment.update(ends_on=case.placement.ends_on - timedelta(days=1))


def employer_without_signer():
    case = signed_case()
    yield case.employer
    Mandate.objects.filter(membership__organisation=case.employer).update(
        ends_on=today(), ended_at=timezone.now()
    )


def cohort_without_signer():
    case = signed_case()
    yield case.placement.enrolment.cohort
    Mandate.objects.filter(membership__person=case.teacher.person).update(
        ends_on=today(), ended_at=timezone.now()
    )


def entry_unlike_its_row():
    need = NeedFactory()
    entry = SearchEntry.objects.get(kind="need", object_id=need.pk)
    yield entry
    SearchEntry.objects.filter(pk=entry.pk).update(title="Iets anders")


def row_without_an_entry():
    need = NeedFactory()
    yield need
    SearchEntry.objects.filter(kind="need", object_id=need.pk).delete()


PLANTED = {
    "accounts_of_nobody": account_of_nobody,
    "accounts_opened_off_record": account_opened_off_record,
    "organisations_that_lost_their_managers": organisation_without_manager,
    "partnerships_that_nobody_coordinates": partnership_without_coordinator,
    "partnerships_that_lost_their_coordinators": partnership_without_someone_who_coordinates,
    "members_without_two_yeses": member_without_yes,
    "mandates_of_another_role": mandate_of_another_role,
    "overfull_groups": overfull_group,
    "overfull_delegations": overfull_delegation,
    "seats_of_another_voice": seat_of_another_voice,
    "initiatives_found_otherwise": initiative_found_otherwise,
    "cooperation_signed_by_too_few": cooperation_of_too_few,
    "sign_ups_with_another_sum": sign_up_of_another_sum,
    "meetings_of_other_groups": meeting_of_another_group,
    "decisions_of_other_meetings": decision_of_another_meeting,
    "actions_of_other_tables": action_of_another_table,
    "papers_of_other_meetings": paper_of_another_meeting,
    "rhythms_of_other_groups": rhythm_of_another_group,
    "documents_of_other_groups": document_of_another_group,
    "letters_to_others": letter_to_another_group,
    "programmes_of_another_partnership": programme_of_another_partnership,
    "overfull_cohorts": overfull_cohort,
    "cohorts_without_teacher": cohort_without_teacher,
    "access_that_rests_on_nothing": access_of_who_left,
    "placements_without_access": placement_without_access,
    "goals_that_say_otherwise": goal_that_says_otherwise,
    "goals_with_another_result": goal_with_another_result,
    "hand_ins_that_rest_on_nothing": hand_in_that_rests_on_nothing,
    "holidays_that_are_missing": holiday_that_is_missing,
    "holidays_that_are_none": holiday_that_is_none,
    "seats_that_are_not_there": seat_that_is_not_there,
    "seats_given_twice": seat_given_twice,
    "students_in_two_places": student_in_two_places,
    "placements_past_their_end": placement_past_its_end,
    "slots_that_count_wrong": slot_that_counts_wrong,
    "slots_for_other_qualifications": slot_for_another_qualification,
    "slots_of_two_employers": slot_of_two_employers,
    "placements_of_others": placement_of_another_student,
    "supervisions_of_others": supervision_of_another_employer,
    "placements_outside_their_enrolment": placement_outside_enrolment,
    "texts_outside_their_enrolment": text_outside_enrolment,
    "texts_without_trainer": text_without_trainer,
    "texts_under_the_norm": text_under_the_norm,
    "texts_signed_by_too_few": text_signed_by_too_few,
    "texts_without_accreditation": text_without_accreditation,
    "texts_that_name_others": text_that_names_others,
    "agreements_without_signed_text": agreement_without_signed_text,
    "placements_that_end_otherwise": placement_that_ends_otherwise,
    "employers_that_lost_their_signers": employer_without_signer,
    "cohorts_that_lost_their_signers": cohort_without_signer,
    "entries_unlike_their_rows": entry_unlike_its_row,
    "rows_without_an_entry": row_without_an_entry,
}


@pytest.mark.parametrize("name", PLANTED)
def test_row_that_breaks_it_is_found_and_no_other(name, caplog):
    fault = PLANTED[name]()
    row = next(fault)
    assert row.pk not in list(BY_NAME[name].broken())
    next(fault, None)
    assert row.pk in list(BY_NAME[name].broken())
    with caplog.at_level(logging.ERROR, logger="portal.watching"):
        assert check_invariants() >= 1
    assert any(record.getMessage().startswith(f"{name}: ") for record in caplog.records)


def test_every_invariant_was_broken_once():
    assert [one.name for one in INVARIANTS] == list(PLANTED)


# What the ground says of rows: an L is held by a service under its lock, a fact is kept beside its source. `docs/domain.md`
# and the models have the words. Each has invariants, or a reason why there is nothing to look at.
TRUTHS = {
    "User: belongs to a person": None,
    "User: closed and opened on record": None,
    "Organisation: managers stay": None,
    "Organisation: likeness answered": "asked before a row is made, and nothing is kept of the answer",
    "Partnership: coordinators stay": None,
    "Member: rests on two yeses": None,
    "Mandate: of the role that carries it": None,
    "Group: size": None,
    "GroupSeat: speaks as the affiliation": None,
    "GroupSeat: right to papers": "asked with the actor each time: nothing is stored that could outlive a fact",
    "Initiative: partners and themes kept": None,
    "CooperationVersion: signed by all": None,
    "SignUp: has the places of its lines": None,
    "Affiliation: follows the enrolment": "a view over enrolments; a row that names none gives nothing",
    "Meeting: of one partnership with all that hangs on it": None,
    "Programme: names the partnership that runs": None,
    "Cohort: capacity": None,
    "Cohort: teachers stay": None,
    "LearnerAccess: follows placements and supervisions": None,
    "Goal: text and hand-in agree": None,
    "Goal: result is the newest assessment": None,
    "HandIn: rests on what teachers can read": None,
    "Holiday: last year to five ahead": None,
    "Slot: seats not under what is taken": None,
    "Slot: taken": None,
    "Slot: qualifications kept": None,
    "Slot: of one employer": None,
    "Match: at most so many wait": "asked when one is proposed: an employer may want fewer than wait, and those go on",
    "Placement: a seat is given once": None,
    "Placement: one at a time": None,
    "Placement: of the enrolment and the slot": None,
    "Placement: inside the enrolment": None,
    "Placement: ends as signed": None,
    "PlacementTerms: follow the signed texts": "a view over signed texts",
    "Supervision: of the employer of the placement": None,
    "AgreementVersion: trainer named": None,
    "AgreementVersion: inside the enrolment": None,
    "AgreementVersion: norm or reason": None,
    "AgreementVersion: signed by all": None,
    "AgreementVersion: accredited": None,
    "AgreementVersion: of the parties": None,
    "Agreement: in force by a signed text": None,
    "Agreement: signers stay": None,
    "SearchEntry: as the row that it is of": None,
}


def test_each_truth_is_looked_at_or_says_why_not():
    looked_at = {one.truth for one in INVARIANTS}
    assert looked_at == {truth for truth, reason in TRUTHS.items() if reason is None}


# What the database itself holds over more than one row → the invariants that look whether it still does.
HELD = {
    "user_is_somebody": ["accounts_of_nobody"],
    "person_leaves_no_account": ["accounts_of_nobody"],
    "user_open_on_record": ["accounts_opened_off_record"],
    "member_by_two_yeses": ["members_without_two_yeses"],
    "seat_speaks_as_affiliation": ["seats_of_another_voice"],
    "mandate_role_of_membership": ["mandates_of_another_role"],
    "cooperation_signed_by_all": ["cooperation_signed_by_too_few"],
    "meeting_group_of_its_partnership": ["meetings_of_other_groups"],
    "decision_group_of_its_partnership": ["decisions_of_other_meetings"],
    "decision_meeting_of_its_partnership": ["decisions_of_other_meetings"],
    "decision_item_of_its_meeting": ["decisions_of_other_meetings"],
    "rhythm_group_of_its_partnership": ["rhythms_of_other_groups"],
    "document_group_of_its_partnership": ["documents_of_other_groups"],
    "member_letter_group_of_its_partnership": ["letters_to_others"],
    "paper_item_of_its_meeting": ["papers_of_other_meetings"],
    "action_group_of_its_partnership": ["actions_of_other_tables"],
    "action_meeting_of_its_partnership": ["actions_of_other_tables"],
    "action_item_of_its_meeting": ["actions_of_other_tables"],
    "partnership_runs": ["programmes_of_another_partnership"],
    "goal_agrees": ["goals_that_say_otherwise", "goals_with_another_result", "hand_ins_that_rest_on_nothing"],
    "handin_agrees": ["goals_that_say_otherwise", "hand_ins_that_rest_on_nothing"],
    "part_agrees": ["hand_ins_that_rest_on_nothing"],
    "evidence_agrees": ["hand_ins_that_rest_on_nothing"],
    "assessment_agrees": ["goals_with_another_result"],
    "placement_of_student_of_enrolment": ["placements_of_others"],
    "placement_at_employer_of_slot": ["placements_of_others"],
    "supervision_at_employer_of_placement": ["supervisions_of_others"],
    "supervision_by_someone_of_the_employer": ["supervisions_of_others"],
    "slot_at_location_of_employer": ["slots_of_two_employers"],
    "slot_names_supervisor_of_employer": ["slots_of_two_employers"],
    "placement_seat_given_once": ["seats_given_twice"],
    "placement_ordinary_one_at_a_time": ["students_in_two_places"],
    "placement_exchange_one_at_a_time": ["students_in_two_places"],
    "begins_signed_by_all": ["texts_signed_by_too_few", "texts_without_accreditation"],
    "signed_by_all": ["texts_signed_by_too_few", "texts_without_accreditation"],
    "objection_unsigns": ["texts_signed_by_too_few"],
    "period_as_signed": ["placements_that_end_otherwise"],
    "text_names_own": ["texts_that_name_others"],
    "in_force_is_signed": ["agreements_without_signed_text"],
    "students_learneraccess": ["access_that_rests_on_nothing", "placements_without_access"],
}
NOT_LOOKED_AT = {
    "partnerships_studying": TRUTHS["Affiliation: follows the enrolment"],
    "placements_placementterms": TRUTHS["PlacementTerms: follow the signed texts"],
    "securityevent_support_of_person": "a record of what an administrator did; nothing follows from it",
}
HOLDERS = """
SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgdeferrable
UNION SELECT conname FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) > 1
UNION SELECT conname FROM pg_constraint WHERE contype = 'x' AND conrelid = 'placements_placement'::regclass
UNION SELECT viewname FROM pg_views WHERE schemaname = current_schema()
"""


def test_each_thing_that_the_database_holds_over_rows_is_looked_at_or_says_why_not():
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS)
        holders = {name for (name,) in cursor.fetchall()}
    assert len(holders) >= 25
    assert holders == HELD.keys() | NOT_LOOKED_AT.keys()
    assert {name for names in HELD.values() for name in names} <= BY_NAME.keys()
