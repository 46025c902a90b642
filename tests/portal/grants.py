"""What people may read of a student and of a group, on what facts that rests, and how each of those facts ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role
from accounts.models import User
from accounts.services import support
from agreements import rules as agreement_rules
from agreements.enums import AfterEnd
from agreements.models import Agreement
from agreements.services import agreements
from core.dates import today
from core.states import IllegalTransition
from partnerships.actors import Actor, actor_of
from partnerships.enums import AffiliationKind, GroupKind, MemberRole
from partnerships.models import Call, Group, Initiative, Membership, Organisation
from partnerships.rules.partnerships import can_write
from partnerships.services import affiliations, closings, groups, mandates, members, memberships
from placements.models import Placement
from placements.services import break_offs, supervisors
from programmes.services import cohorts
from students.enums import AccessScope
from students.models import Enrolment, Evidence, Goal, WorkSituation
from students.services import leavings
from tests.agreements.cases import Case, agreement_case
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
)
from tests.factories.placements import SupervisionFactory, access
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EvidenceFactory, GoalFactory, LearningPlanFactory, WorkSituationFactory
from tests.helpers import member

READ = ("goal", "evidence", "situation")


@dataclass(frozen=True)
class Grant:
    """Someone reads something as long as each of these facts holds."""

    reader: str
    reads: str
    rests_on: tuple[str, ...]


AT_WORK = ("enrolment", "placement", "agreement")
AT_A_TABLE = ("group", "partnership")


def _of(reader: str, reads: str, *facts: str) -> Grant:
    return Grant(reader, reads, (*facts, f"account of {reader}"))


GRANTS = (
    *(_of("contact", what, *AT_WORK, "role of contact") for what in READ),
    *(_of("supervisor", what, *AT_WORK, "supervision", "role of supervisor") for what in READ),
    _of("host", "exchange goal", "enrolment", "exchange", "role of host"),
    *(_of("teacher", what, "teaching", "role of teacher") for what in READ),
    _of("coordinator", "name", "member that coordinates", "role of coordinator"),
    _of("signer", "contract", "mandate", "role of signer"),
    _of("delegate", "papers", *AT_A_TABLE, "seat of delegate", "member", "role of delegate"),
    _of("delegate", "mandate", *AT_A_TABLE, "member", "role of delegate"),
    _of("client", "mandate", *AT_A_TABLE, "seat of client", "affiliation"),
    _of("client", "papers", *AT_A_TABLE, "seat of client", "affiliation"),
    _of("student", "papers", *AT_A_TABLE, "seat of student", "enrolment"),
    _of("chair", "papers", *AT_A_TABLE, "seat of chair", "member", "role of chair"),
    *(
        _of("chair", what, *AT_A_TABLE, "steering", "seat of chair", "member", "role of chair")
        for what in ("draft", "draft call")
    ),
)
READERS = tuple(dict.fromkeys(grant.reader for grant in GRANTS))
# The words by which an answer gives itself away
CANARIES = {
    "goal": "Kanarie van het leerdoel",
    "exchange goal": "Kanarie van de uitwisseling",
    "evidence": "Kanarie van het bewijs",
    "situation": "Kanarie van de werksituatie",
    "contract": "Kanarie van de overeenkomst",
    "papers": "Kanariezetel",
    "mandate": "Kanarie van de opdracht",
    "draft": "Kanarie van het initiatief",
    "draft call": "Kanarie van de oproep",
    "name": "Kanarievogel",
}


@dataclass
class Region:
    """Everyone around one student and one group; `people` read, and of each kind there is another who can act."""

    case: Case
    people: dict[str, User] = field(default_factory=dict)
    others: dict[str, User] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def by(self, who: str) -> Actor:
        return actor_of(self.others[who])

    def role_of(self, reader: str) -> Membership:
        return self.people[reader].person.memberships.get()

    def end(self, fact: str) -> bool:
        """End a fact as the portal does; False when that is refused, since it is over by what ended before."""
        with suppress(ValidationError, PermissionDenied, IllegalTransition):
            ENDS[fact](self)
            return True
        return False

    def reads(self, grant: Grant) -> bool:
        """Whether the rows are there for the reader, who can still sign in."""
        user = User.objects.get(pk=self.people[grant.reader].pk)
        return user.is_active and _READS[grant.reads](actor_of(user), self.rows[grant.reads])


def _sees(model: Any) -> Callable[[Actor, Any], bool]:
    return lambda actor, row: model.objects.visible_to(actor).filter(pk=row.pk).exists()


def _writes(model: Any) -> Callable[[Actor, Any], bool]:
    """Sees it, or may write it: whoever may not see it and could still write would have kept the right."""
    return lambda actor, row: _sees(model)(actor, row) or bool(can_write(actor, row.partnership))


def _knows_mandate(actor: Actor, row: Group) -> bool:
    return Group.objects.with_mandate_for(actor).filter(pk=row.pk).exists() or _sees(Group)(actor, row)


def _reads_contract(actor: Actor, row: Agreement) -> bool:
    found = Agreement.objects.visible_to(actor).with_taught(actor).for_page().filter(pk=row.pk).first()
    return found is not None and bool(agreement_rules.can_read(actor, found))


_READS: dict[str, Callable[[Actor, Any], bool]] = {
    "goal": _sees(Goal),
    "exchange goal": _sees(Goal),
    "evidence": _sees(Evidence),
    "situation": _sees(WorkSituation),
    "contract": _reads_contract,
    "papers": _sees(Group),
    "mandate": _knows_mandate,
    "draft": _writes(Initiative),
    "draft call": _writes(Call),
    "name": _sees(Enrolment),
}


# The world


def region() -> Region:
    """A placement with a contract in force, evidence and a situation shown to all, an exchange, and a group."""
    case = agreement_case()
    made = Region(case, people={"contact": case.contact, "teacher": case.teacher, "student": case.student})
    _name_the_student(case)
    case.change(guidance=CANARIES["contract"])
    case.ask()
    case.sign_all()
    Placement.objects.filter(pk=case.placement.pk).update(state="running")
    _add_people(made)
    _add_file(made)
    _add_group(made)
    return made


def _name_the_student(case: Case) -> None:
    person = case.student.person
    person.last_name = CANARIES["name"]
    person.save()


def _add_people(made: Region) -> None:
    case = made.case
    employer, school, partnership = case.employer, case.school, case.placement.slot.partnership
    MemberFactory(partnership=partnership, organisation=school)
    for name in ("coordinator", "second"):
        body = OrganisationFactory(kind="employers")
        joined = MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
        (made.people if name == "coordinator" else made.others)["coordinator"] = member(
            body, Role.COORDINATOR
        )
        if name == "coordinator":
            made.rows["member that coordinates"] = joined
            made.others["manager of the body"] = member(body, Role.MANAGER)
            member(body, Role.COORDINATOR)
    made.people["supervisor"] = member(employer, Role.SUPERVISOR)
    made.people["signer"] = member(employer, Role.MANAGER, may_sign=True)
    made.people["delegate"] = member(employer, Role.COLLEAGUE)
    made.people["chair"] = member(employer, Role.COLLEAGUE)
    made.others["manager"] = member(employer, Role.MANAGER, may_sign=True)
    made.others["contact"] = member(employer, Role.CONTACT, may_sign=True)
    made.others["school"] = member(school, Role.MANAGER, may_sign=True)
    made.others["teacher"] = CohortTeacherFactory(
        cohort=case.placement.enrolment.cohort, membership__may_sign=True
    ).membership.person.user
    made.others["administrator"] = UserFactory(is_staff=True)


def _add_file(made: Region) -> None:
    case, enrolment = made.case, made.case.placement.enrolment
    SupervisionFactory(placement=case.placement, membership=made.role_of("supervisor"))
    plan = LearningPlanFactory(enrolment=enrolment, active=True)
    shown = dict.fromkeys(("for_teachers", "for_supervisor", "for_employer"), True)
    goal, exchange = GoalFactory(plan=plan), GoalFactory(plan=plan)
    _retell(goal, CANARIES["goal"])
    _retell(exchange, CANARIES["exchange goal"])
    elsewhere = OrganisationFactory()
    made.people["host"] = member(elsewhere, Role.CONTACT)
    made.others["host"] = member(elsewhere, Role.MANAGER)
    member(elsewhere, Role.CONTACT)
    access(enrolment=enrolment, organisation=elsewhere, scope=AccessScope.EXCHANGE)
    hosted = Placement.objects.get(organisation=elsewhere)
    hosted.goals.add(exchange)
    made.rows |= {
        "goal": goal,
        "exchange goal": exchange,
        "evidence": EvidenceFactory(goal=goal, text=CANARIES["evidence"], **shown),
        "situation": WorkSituationFactory(enrolment=enrolment, text=CANARIES["situation"], **shown),
        "name": enrolment,
        "contract": case.agreement,
        "exchange": hosted,
    }


def _retell(goal: Goal, text: str) -> None:
    """Another text for a goal: texts never change, so a newer one takes its place."""
    version = goal.latest
    goal.latest = type(version).objects.create(
        goal=goal, number=version.number + 1, text=text, due_on=version.due_on
    )
    goal.save()


def _add_group(made: Region) -> None:
    case = made.case
    partnership, enrolment = case.placement.slot.partnership, case.placement.enrolment
    group = GroupFactory(partnership=partnership, mandate=CANARIES["mandate"])
    GroupSeatFactory(group=group, of="expert", person__last_name=CANARIES["papers"])
    made.people["client"] = UserFactory()
    names = ("delegate", "client", "student", "chair")
    delegate, client, student, chair = (made.people[name].person for name in names)
    voice = {"partnership": partnership}
    as_client = AffiliationFactory(person=client, kind=AffiliationKind.CLIENT, **voice)
    as_student = AffiliationFactory(
        person=student, kind=AffiliationKind.STUDENT, source_id=enrolment.pk, **voice
    )
    made.rows |= {
        "papers": group,
        "mandate": group,
        "affiliation": as_client,
        "draft": InitiativeFactory(partnership=partnership, title=CANARIES["draft"], is_published=False),
        "draft call": CallFactory(partnership=partnership, title=CANARIES["draft call"], is_published=False),
        "seat of delegate": GroupSeatFactory(group=group, person=delegate, organisation=case.employer),
        "seat of chair": GroupSeatFactory(
            group=group, person=chair, organisation=case.employer, is_chair=True
        ),
        "seat of client": GroupSeatFactory(group=group, person=client, affiliation=as_client),
        "seat of student": GroupSeatFactory(group=group, person=student, affiliation=as_student),
    }


# How each fact ends


def _leave(reader: str, manager: str) -> Callable[[Region], Any]:
    return lambda made: memberships.end(membership_id=made.role_of(reader).pk, by=made.by(manager), read=None)


def _stand_up(reader: str) -> Callable[[Region], Any]:
    return lambda made: groups.end_seat(
        group_id=made.rows["papers"].pk,
        public_id=made.rows[f"seat of {reader}"].public_id,
        by=made.by("coordinator"),
        read=None,
    )


def _close_account(reader: str) -> Callable[[Region], Any]:
    def close(made: Region) -> None:
        administrator = made.others["administrator"].person.pk
        subject = made.people[reader].person.pk
        act = support.begin(
            administrator_id=administrator,
            subject_id=subject,
            reason="Zelf aan de telefoon gevraagd.",
        )
        support.close_account(act_id=act.pk, by=administrator)

    return close


def _break_off(made: Region, placement: Placement) -> None:
    break_offs.break_off(placement_id=placement.pk, reason="Verhuisd", by=made.by("teacher"), read=None)


def _organisation_leaves(made: Region, organisation: Organisation) -> None:
    joined = made.rows["papers"].partnership.members.get(organisation=organisation)
    members.end(member_id=joined.pk, by=made.by("coordinator"), read=None)


def _steer_no_more(made: Region) -> None:
    group = Group.objects.get(pk=made.rows["papers"].pk)
    group.kind = GroupKind.PROJECT
    groups.save(group=group, by=made.by("coordinator"), version=None)


def _teach_no_more(made: Region) -> None:
    cohort = made.case.placement.enrolment.cohort
    cohort.refresh_from_db()
    stays = made.others["teacher"].person.memberships.get()
    cohorts.save(cohort=cohort, teachers=[stays], by=made.by("school"), version=None)


def _end_agreement(made: Region) -> None:
    agreements.end(
        agreement_id=made.case.agreement.pk,
        last_day=today(),
        then=AfterEnd.PLACEMENT_ENDS,
        reason="Verhuisd",
        by=made.by("teacher"),
        read=None,
    )


def _drop_out(made: Region) -> None:
    enrolment = made.case.placement.enrolment
    leavings.drop_out(
        enrolment_id=enrolment.pk, last_day=today(), reason="Ander werk", by=made.by("teacher"), read=None
    )


ENDS: dict[str, Callable[[Region], Any]] = {
    "placement": lambda made: _break_off(made, made.case.placement),
    "exchange": lambda made: _break_off(made, made.rows["exchange"]),
    "agreement": _end_agreement,
    "enrolment": _drop_out,
    "supervision": lambda made: supervisors.hand_over(
        placement_id=made.case.placement.pk, to=None, by=made.by("contact"), read=None
    ),
    "teaching": _teach_no_more,
    "mandate": lambda made: mandates.change(
        membership_id=made.role_of("signer").pk, kinds=(), by=made.by("manager"), version=None
    ),
    "steering": _steer_no_more,
    "group": lambda made: closings.group(
        group_id=made.rows["papers"].pk, by=made.by("coordinator"), read=None
    ),
    "partnership": lambda made: closings.partnership(
        partnership_id=made.rows["papers"].partnership_id, by=made.by("coordinator"), read=None
    ),
    "member": lambda made: _organisation_leaves(made, made.case.employer),
    "member that coordinates": lambda made: _organisation_leaves(
        made, made.rows["member that coordinates"].organisation
    ),
    "affiliation": lambda made: affiliations.end(
        affiliation_id=made.rows["affiliation"].pk, by=made.by("coordinator"), read=None
    ),
    "role of teacher": _leave("teacher", "school"),
    "role of host": _leave("host", "host"),
    "role of coordinator": _leave("coordinator", "manager of the body"),
    **{
        f"role of {name}": _leave(name, "manager")
        for name in ("contact", "supervisor", "signer", "delegate", "chair")
    },
    **{f"seat of {name}": _stand_up(name) for name in ("delegate", "client", "student", "chair")},
    **{f"account of {name}": _close_account(name) for name in READERS},
}
