"""Merging loses no link: every key to what can be merged is handed over or followed, and nothing stands twice.

A key that is added to a model is tried here by itself; one that can stand only once asks for its twins below.
"""

import importlib
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from factory.base import FactoryMetaClass

from accounts.enums import Role
from accounts.models import Person
from accounts.services import people
from core import merging
from core.dates import today
from partnerships.models import Location, Membership, Organisation
from partnerships.services import locations, organisations
from placements.models import Slot
from students.enums import GoalState, Party
from students.models import Student
from tests.consistency.source import modules
from tests.factories.accounts import ErasureRequestFactory, PersonFactory, UserFactory
from tests.factories.agreements import AgreementVersionFactory
from tests.factories.core import ImportBatchFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    CallFactory,
    ContactCardFactory,
    CooperationPartyFactory,
    CooperationVersionFactory,
    FundingFactory,
    GroupExpectationFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    InitiativeParticipantFactory,
    InitiativePartnerFactory,
    JoinRequestFactory,
    LocationFactory,
    MandateFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    PointOfContactFactory,
    RoleRequestFactory,
    SignUpFactory,
)
from tests.factories.placements import PlacementFactory, SlotFactory, SupervisionFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    PartnerEmployerFactory,
    ProgrammeFactory,
)
from tests.factories.students import (
    AssessmentFactory,
    ConsentFactory,
    EnrolmentFactory,
    GoalFactory,
    GoalVersionFactory,
    PracticeOpinionFactory,
    StudentFactory,
)
from tests.helpers import actor_of, member

pytestmark = pytest.mark.django_db

FACTORIES = {
    value._meta.get_model_class(): value
    for path in modules("tests/factories")
    for value in vars(importlib.import_module(f"tests.factories.{path.stem}")).values()
    if isinstance(value, FactoryMetaClass) and value._meta.model
}
# Only someone with an account is named there, and an account is never merged away.
OF_ACCOUNTS = {"accounts.SupportAct.administrator"}
# The role that ended keeps the mandate, the cohort and the student that the one that goes on has too.
LEFT_BEHIND = {
    "partnerships.Mandate.membership",
    "partnerships.PointOfContact.membership",
    "programmes.CohortTeacher.membership",
    "placements.Supervision.membership",
}
MERGED = (Organisation, Location, Person, Membership, Student)


def at_commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def in_days(number: int) -> date:
    return today() + timedelta(days=number)


def label(key: merging.Link) -> str:
    return f"{key.model._meta.label}.{key.name}"


def keys() -> list[tuple[type[models.Model], merging.Link]]:
    """Every key of a table to one of these, found another way than merging itself finds them."""
    written = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [
        (key.remote_field.model._meta.concrete_model, key)
        for model in written
        for key in model._meta.local_fields
        if key.is_relation
        and key.remote_field.model._meta.concrete_model in MERGED
        and label(key) not in OF_ACCOUNTS
    ]


# How a row that points at something is made, where its factory alone does not do it
def of_a_table_between(key: merging.Link, row: models.Model) -> models.Model:
    owner = key.model._meta.auto_created
    other = next(field for field in key.model._meta.local_fields if field.is_relation and field != key)
    return key.model._base_manager.create(**{key.name: row, other.name: FACTORIES[owner]()})


def made(key: merging.Link, row: models.Model) -> models.Model:
    if label(key) in MADE:
        return MADE[label(key)](row)
    if key.model._meta.auto_created:
        return of_a_table_between(key, row)
    return FACTORIES[key.model](**{key.name: row})


def placed_at(organisation: models.Model) -> models.Model:
    return PlacementFactory(slot__organisation=organisation)


def text_at(organisation: models.Model, **fields: object) -> models.Model:
    return AgreementVersionFactory(agreement__placement__slot__organisation=organisation, **fields)


def assessment(**fields: object) -> models.Model:
    """Of a goal that was assessed before: the newest result is that of the goal."""
    first = GoalFactory(state=GoalState.ASSESSED).hand_ins.get().assessments.get()
    return AssessmentFactory(hand_in=first.hand_in, corrects=first, reason="Vergist", **fields)


MADE: dict[str, Callable[[models.Model], models.Model]] = {
    "partnerships.Location.merged_into": lambda row: LocationFactory(
        merged_into=row, ends_on=today(), ended_at=timezone.now()
    ),
    "partnerships.Funding.plan_owner": lambda row: FundingFactory(plan_owner=row, plan_due_on=today()),
    "core.ImportBatch.work_by": lambda row: ImportBatchFactory(work="read", work_by=row),
    "accounts.Person.merged_into": lambda row: PersonFactory(merged_into=row, email=""),
    "partnerships.JoinRequest.organisation_yes_by": lambda row: JoinRequestFactory(
        asked=True, organisation_yes_by=row
    ),
    "students.Consent.organisation": lambda row: ConsentFactory(party=Party.EMPLOYER, organisation=row),
    "students.Assessment.by": lambda row: assessment(by=row),
    "students.PracticeOpinion.by": lambda row: PracticeOpinionFactory(membership__person=row),
    # What repeats another key follows that one.
    "placements.Placement.organisation": lambda row: PlacementFactory(slot__organisation=row),
    "placements.Placement.student": lambda row: PlacementFactory(enrolment__student=row),
    "placements.Supervision.organisation": lambda row: SupervisionFactory(placement=placed_at(row)),
    "placements.Supervision.membership": lambda row: SupervisionFactory(
        membership=row, placement=placed_at(row.organisation)
    ),
    # A place and a text name what is of their employer, a text also someone of its school.
    "placements.Slot.location": lambda row: SlotFactory(organisation=row.organisation, location=row),
    "placements.Slot.supervisor": lambda row: SlotFactory(organisation=row.organisation, supervisor=row),
    "agreements.AgreementVersion.location": lambda row: text_at(row.organisation, location=row),
    "agreements.AgreementVersion.trainer": lambda row: text_at(row.organisation, trainer=row),
    "agreements.AgreementVersion.contact": lambda row: AgreementVersionFactory(
        agreement__placement__enrolment__cohort__programme__school=row.organisation, contact=row
    ),
    "students.GoalVersion.created_by": lambda row: GoalVersionFactory(
        number=2, goal=GoalFactory(), created_by=row
    ),
}


# Keys to the role of someone at work
AT_WORK = {"students.PracticeOpinion.membership": Role.SUPERVISOR}


def pair(
    model: type[models.Model], role: Role = Role.TEACHER
) -> tuple[models.Model, models.Model, Callable[[], object]]:
    """One that stays, one that goes, and the act that makes them one; `role` is that of two memberships."""
    if model is Organisation:
        kept, dropped = OrganisationFactory(), OrganisationFactory()
        by = actor_of(UserFactory(admin=True))
        return (
            kept,
            dropped,
            lambda: organisations.merge(
                kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None
            ),
        )
    if model is Location:
        kept = LocationFactory()
        dropped = LocationFactory(organisation=kept.organisation)
        by = actor_of(member(kept.organisation, Role.MANAGER))
        return (
            kept,
            dropped,
            lambda: locations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None),
        )
    if model is Membership:
        one, other = UserFactory().person, PersonFactory()
        organisation = OrganisationFactory()
        kept, dropped = (
            MembershipFactory(person=person, organisation=organisation, role=role) for person in (one, other)
        )
        return kept, dropped, lambda: people.merge(kept=one, dropped=other, by=one.pk)
    kept, dropped = UserFactory().person, PersonFactory()
    if model is Student:
        one, other = StudentFactory(person=kept), StudentFactory(person=dropped)
        return one, other, lambda: people.merge(kept=kept, dropped=dropped, by=kept.pk)
    return kept, dropped, lambda: people.merge(kept=kept, dropped=dropped, by=kept.pk)


@pytest.mark.parametrize(
    ("model", "key"), keys(), ids=lambda value: getattr(value, "__name__", None) or label(value)
)
def test_no_link_is_lost(model, key):
    kept, dropped, merge = pair(model, AT_WORK.get(label(key), Role.TEACHER))
    row = made(key, dropped)
    merge()
    at_commit()
    held = key.model._base_manager.filter(pk=row.pk).values_list(key.name, flat=True)
    assert list(held) == [dropped.pk if merging.stands(key) else kept.pk]


# What can stand only once: how two of one key are made, one for each side
def stands_once(key: merging.Link) -> bool:
    if key.unique or key.model._meta.auto_created:
        return not merging.stands(key)
    return not merging.stands(key) and any(
        re.search(rf"\b{key.name}\b", str(constraint.deconstruct()))
        for constraint in key.model._meta.constraints
        if not isinstance(constraint, models.CheckConstraint)
    )


def both(factory: type, field: str, *rows: models.Model, **same: object) -> list[models.Model]:
    return [factory(**{field: row}, **same) for row in rows]


def in_one_partnership(kept: models.Model, dropped: models.Model) -> None:
    both(MemberFactory, "organisation", kept, dropped, partnership=PartnershipFactory())


def between(model: type[models.Model], key: str, other: str) -> Callable[[models.Model, models.Model], None]:
    """Two rows of a table between two, with one on the other side."""

    def make(kept: models.Model, dropped: models.Model) -> None:
        owner = FACTORIES[model._meta.auto_created]()
        for row in (kept, dropped):
            model._base_manager.create(**{key: row, other: owner})

    return make


TWINS: dict[str, Callable[[models.Model, models.Model], object]] = {
    "accounts.ErasureRequest.person": lambda *rows: both(ErasureRequestFactory, "person", *rows),
    "meetings.Attendance.person": lambda *rows: both(
        AttendanceFactory, "person", *rows, meeting=MeetingFactory()
    ),
    "partnerships.Location.organisation": lambda *rows: both(
        LocationFactory, "organisation", *rows, name="Zuid"
    ),
    "partnerships.Member.organisation": in_one_partnership,
    "partnerships.InitiativeParticipant.person": lambda *rows: both(
        InitiativeParticipantFactory, "person", *rows, initiative=InitiativeFactory()
    ),
    "partnerships.InitiativePartner.organisation": lambda *rows: both(
        InitiativePartnerFactory, "organisation", *rows, initiative=InitiativeFactory()
    ),
    "partnerships.GroupExpectation.organisation": lambda *rows: both(
        GroupExpectationFactory, "organisation", *rows, group=GroupFactory()
    ),
    "partnerships.CooperationParty.organisation": lambda *rows: both(
        CooperationPartyFactory, "organisation", *rows, version=CooperationVersionFactory()
    ),
    "partnerships.Membership.organisation": lambda *rows: both(
        MembershipFactory, "organisation", *rows, person=PersonFactory()
    ),
    "partnerships.JoinRequest.organisation": lambda *rows: both(
        JoinRequestFactory, "organisation", *rows, partnership=PartnershipFactory()
    ),
    "partnerships.RoleRequest.organisation": lambda *rows: both(
        RoleRequestFactory, "organisation", *rows, person=PersonFactory()
    ),
    "programmes.PartnerEmployer.organisation": lambda *rows: both(
        PartnerEmployerFactory, "organisation", *rows, programme=ProgrammeFactory()
    ),
    "programmes.Programme.school": lambda *rows: both(
        ProgrammeFactory, "school", *rows, name="Verzorgende IG"
    ),
    "placements.Slot_partners.organisation": between(Slot.partners.through, "organisation", "slot"),
    "partnerships.Affiliation.person": lambda *rows: both(
        AffiliationFactory, "person", *rows, partnership=PartnershipFactory()
    ),
    "partnerships.Membership.person": lambda *rows: both(
        MembershipFactory, "person", *rows, organisation=OrganisationFactory()
    ),
    "partnerships.GroupSeat.person": lambda *rows: both(
        GroupSeatFactory, "person", *rows, group=GroupFactory(), organisation=OrganisationFactory()
    ),
    "partnerships.RoleRequest.person": lambda *rows: both(
        RoleRequestFactory, "person", *rows, organisation=OrganisationFactory()
    ),
    "partnerships.SignUp.contact": lambda *rows: both(
        SignUpFactory, "contact", *rows, call=CallFactory(), confirmed_at=timezone.now()
    ),
    "students.Student.person": lambda *rows: both(StudentFactory, "person", *rows),
    "partnerships.ContactCard.person": lambda *rows: both(ContactCardFactory, "person", *rows),
    "partnerships.PointOfContact.membership": lambda *rows: both(PointOfContactFactory, "membership", *rows),
    "partnerships.Mandate.membership": lambda *rows: both(MandateFactory, "membership", *rows),
    "programmes.CohortTeacher.membership": lambda *rows: both(
        CohortTeacherFactory, "membership", *rows, cohort=CohortFactory()
    ),
    "students.Enrolment.student": lambda *rows: both(
        EnrolmentFactory, "student", *rows, cohort=CohortFactory()
    ),
    "placements.Supervision.membership": lambda kept, dropped: both(
        SupervisionFactory, "membership", kept, dropped, placement=placed_at(kept.organisation)
    ),
    "placements.Placement.student": lambda kept, dropped: [
        PlacementFactory(enrolment__student=kept, starts_on=in_days(-90), ends_on=in_days(-60)),
        PlacementFactory(enrolment__student=dropped, starts_on=in_days(-50), ends_on=in_days(-20)),
    ],
}
# Which the employer's list of supervisors and the access to students hold of themselves.
OF_THEMSELVES = ("placements.Supervisor.", "students.LearnerAccess.")
ONCE = {
    label(key): (model, key)
    for model, key in keys()
    if stands_once(key) and not label(key).startswith(OF_THEMSELVES)
}


def test_every_key_that_stands_once_is_tried_with_its_twin():
    assert set(TWINS) == set(ONCE)


@pytest.mark.parametrize("name", TWINS)
def test_what_stands_twice_is_solved_and_said_or_kept(name):
    model, key = ONCE[name]
    kept, dropped, merge = pair(model)
    TWINS[name](kept, dropped)
    merge()
    at_commit()
    left = key.model._base_manager.filter(**{key.name: dropped.pk})
    assert not left.exists() or name in LEFT_BEHIND
    assert key.model._base_manager.filter(**{key.name: kept.pk}).exists()


def test_every_key_to_what_can_be_merged_is_kept_from_what_was():
    """The database sends away who begins something at a row that is one with another: by two triggers for each key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'O'")
        there = set(cursor.fetchall())
    wanted = {
        (key.model._meta.db_table, f"merged_{when}_{key.column}")
        for key in merging.kept_from_merged()
        for when in ("begins", "moves")
    }
    assert wanted <= there
    models_ = {key.related_model for key in merging.kept_from_merged()}
    assert models_ == {Organisation, Location, Person}
