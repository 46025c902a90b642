"""Who gets what of meetings, decisions, actions and needs: of a group, and of a whole partnership."""

import pytest
from django.urls import get_resolver, reverse

from accounts.enums import Role
from demo.seed.files import kept
from meetings.enums import MeetingState
from meetings.models import Paper
from tests.factories.meetings import (
    ActionFactory,
    AdoptionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    ImprovementProposalFactory,
    MeetingFactory,
    NeedFactory,
    PaperFactory,
    ProposalAdoptionFactory,
)
from tests.factories.partnerships import (
    CallFactory,
    CooperationVersionFactory,
    GroupFactory,
    IndicatorFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
    PromiseFactory,
    put_up_for_signature,
)
from tests.helpers import member
from tests.roles import Around, enter, expected, people, status_of

SEATED = ("chair", "secretary", "observer", "affiliate")
GONE = ("left_work", "left_with_member", "stood_up", "other_chair", "steering_chair")
COLUMNS = ("anonymous", "outsider", "stranger", "administrator", "contact", "coordinator", *SEATED, *GONE)
# What belongs to a group: its seats and the coordinators, and nobody else knows that it is there.
HIDDEN = {"anonymous": 302, "*": 404}
READS = HIDDEN | dict.fromkeys((*SEATED, "coordinator"), 200)
RUNS = HIDDEN | dict.fromkeys(("observer", "affiliate"), 403)
RUN_PAGE = RUNS | dict.fromkeys(("chair", "secretary", "coordinator"), 200)
RUN_BACK = RUNS | dict.fromkeys(("chair", "secretary", "coordinator"), 302)
# What belongs to all members: whoever has a role at one, or an office in a group of it.
INSIDE = (
    "contact",
    "coordinator",
    "chair",
    "secretary",
    "observer",
    "stood_up",
    "other_chair",
    "steering_chair",
)
MEMBERS = HIDDEN | dict.fromkeys(INSIDE, 200)
WRITE_BACK = HIDDEN | dict.fromkeys(INSIDE, 403) | dict.fromkeys(("coordinator", "steering_chair"), 302)
WRITE_PAGE = HIDDEN | dict.fromkeys(INSIDE, 403) | dict.fromkeys(("coordinator", "steering_chair"), 200)
COORDINATES = HIDDEN | dict.fromkeys(SEATED, 403) | {"coordinator": 200}
COMMISSIONS = HIDDEN | dict.fromkeys(SEATED, 403) | {"coordinator": 200}
OWN = {"anonymous": 302, "*": 200}
# Who takes part without a role at a member.
WRITES = {"anonymous": 302, "affiliate": 200, "*": 403}
REFUSED = HIDDEN | dict.fromkeys((*INSIDE, "affiliate"), 403)
MATRIX = {
    ("GET", "meeting-list"): OWN,
    ("GET", "action-list"): OWN,
    ("GET", "partnership-meetings"): MEMBERS,
    ("GET", "partnership-meeting-create"): WRITE_PAGE,
    ("POST", "partnership-meeting-create"): WRITE_PAGE,
    ("GET", "partnership-decisions"): MEMBERS,
    ("GET", "partnership-actions"): MEMBERS,
    ("GET", "partnership-action-create"): WRITE_PAGE,
    ("POST", "partnership-action-create"): WRITE_PAGE,
    ("GET", "need-list"): MEMBERS,
    ("GET", "need-create"): MEMBERS,
    ("POST", "need-create"): MEMBERS,
    ("GET", "need-detail"): MEMBERS,
    ("GET", "need-change"): HIDDEN | dict.fromkeys(INSIDE, 403) | {"contact": 200},
    ("POST", "need-change"): HIDDEN | dict.fromkeys(INSIDE, 403) | {"contact": 200},
    ("GET", "need-answer"): WRITE_PAGE,
    ("POST", "need-answer"): WRITE_PAGE,
    ("GET", "need-drop"): WRITE_PAGE | {"contact": 200},
    ("POST", "need-drop"): WRITE_PAGE | {"contact": 200},
    ("POST", "need-take-back"): HIDDEN
    | dict.fromkeys(INSIDE, 403)
    | dict.fromkeys(("coordinator", "steering_chair"), 302),
    # Of a version that was put up for signature.
    ("GET", "promise-give"): WRITE_PAGE | dict.fromkeys(("coordinator", "steering_chair"), 302),
    ("POST", "promise-give"): WRITE_PAGE | dict.fromkeys(("coordinator", "steering_chair"), 302),
    ("GET", "proposal-list"): MEMBERS,
    ("GET", "proposal-own"): OWN,
    ("GET", "proposal-create"): WRITES,
    ("POST", "proposal-create"): WRITES,
    # Sent in by a client of the group to an organisation of the partnership.
    ("GET", "proposal-detail"): MEMBERS | {"affiliate": 200},
    ("GET", "proposal-change"): REFUSED | {"affiliate": 302},
    ("POST", "proposal-change"): REFUSED | {"affiliate": 302},
    ("POST", "proposal-submit"): REFUSED | {"affiliate": 302},
    ("POST", "proposal-withdraw"): REFUSED | {"affiliate": 302},
    ("GET", "proposal-consider"): REFUSED | {"contact": 200},
    ("POST", "proposal-consider"): REFUSED | {"contact": 200},
    ("GET", "proposal-hand-over"): REFUSED | {"contact": 302},
    ("POST", "proposal-hand-over"): REFUSED | {"contact": 302},
    ("GET", "proposal-adopt"): REFUSED | {"contact": 302},
    ("POST", "proposal-adopt"): REFUSED | {"contact": 302},
    ("GET", "proposal-reject"): REFUSED | {"contact": 302},
    ("POST", "proposal-reject"): REFUSED | {"contact": 302},
    ("GET", "proposal-carry-out"): REFUSED | {"contact": 302},
    ("POST", "proposal-carry-out"): REFUSED | {"contact": 302},
    ("GET", "proposal-begin-too"): REFUSED,
    ("POST", "proposal-begin-too"): REFUSED,
    ("POST", "proposal-take-back"): REFUSED | {"contact": 302},
    # Said by someone of another member.
    ("POST", "proposal-begin-not"): REFUSED,
    ("POST", "item-proposal"): RUN_BACK,
    ("GET", "group-meetings"): READS,
    ("GET", "group-meeting-create"): RUN_PAGE,
    ("POST", "group-meeting-create"): RUN_PAGE,
    ("GET", "group-rhythm"): RUN_PAGE,
    ("POST", "group-rhythm"): RUN_PAGE,
    ("POST", "group-rhythm-plan"): RUN_BACK,
    ("GET", "partnership-rhythm"): WRITE_PAGE,
    ("POST", "partnership-rhythm"): WRITE_PAGE,
    ("POST", "partnership-rhythm-plan"): WRITE_BACK,
    ("POST", "meeting-adopt"): RUN_BACK,
    ("POST", "item-result"): RUN_BACK,
    ("POST", "item-phase"): RUN_BACK,
    ("GET", "call-kick-off"): WRITE_PAGE,
    ("POST", "call-kick-off"): WRITE_PAGE,
    ("GET", "item-commission"): COMMISSIONS,
    ("POST", "item-commission"): COMMISSIONS,
    ("GET", "group-decisions"): READS,
    ("GET", "group-actions"): READS,
    ("GET", "group-action-create"): RUN_PAGE,
    ("POST", "group-action-create"): RUN_PAGE,
    ("GET", "meeting-detail"): READS,
    ("GET", "meeting-change"): RUN_BACK,  # it is held
    ("POST", "meeting-change"): RUN_BACK,
    ("GET", "meeting-invite"): RUN_BACK,
    ("POST", "meeting-invite"): RUN_BACK,
    ("GET", "meeting-cancel"): RUN_BACK,
    ("POST", "meeting-cancel"): RUN_BACK,
    ("POST", "meeting-hold"): RUN_BACK,
    ("POST", "meeting-attend"): RUN_BACK,
    ("GET", "meeting-close"): RUN_PAGE,
    ("POST", "meeting-close"): RUN_BACK,
    ("GET", "meeting-reopen"): COORDINATES | {"coordinator": 302},
    ("POST", "meeting-reopen"): COORDINATES | {"coordinator": 302},
    ("GET", "item-create"): RUN_PAGE,
    ("POST", "item-create"): RUN_PAGE,
    ("GET", "item-needs"): RUN_PAGE,
    ("POST", "item-needs"): RUN_PAGE,
    ("POST", "item-action"): RUN_BACK,
    ("GET", "item-change"): RUN_PAGE,
    ("POST", "item-change"): RUN_PAGE,
    ("POST", "item-move"): RUN_BACK,
    ("POST", "item-remove"): RUN_BACK,
    ("GET", "item-minute"): RUN_PAGE,
    ("POST", "item-minute"): RUN_BACK,  # with nothing written the minutes are empty
    ("GET", "item-decide"): RUN_PAGE,
    ("POST", "item-decide"): RUN_PAGE,
    ("GET", "item-give"): RUN_PAGE,
    ("POST", "item-give"): RUN_PAGE,
    ("GET", "paper-add"): RUN_PAGE,
    ("POST", "paper-add"): RUN_PAGE,
    ("GET", "paper-file"): READS,
    ("POST", "paper-remove"): RUN_BACK,
    ("GET", "attendance-answer"): RUN_BACK,
    ("POST", "attendance-answer"): RUN_BACK,
    ("GET", "attendance-own"): {"*": 404},
    ("POST", "attendance-own"): {"*": 404},
    # The action of a client of the group.
    ("GET", "action-detail"): READS,
    ("GET", "action-change"): RUN_PAGE,
    ("POST", "action-change"): RUN_PAGE,
    ("POST", "action-take"): RUN_BACK | {"affiliate": 302},
    ("GET", "action-finish"): RUN_PAGE | {"affiliate": 200},
    ("POST", "action-finish"): RUN_PAGE | {"affiliate": 200},
    ("GET", "action-lapse"): RUN_PAGE | {"affiliate": 200},
    ("POST", "action-lapse"): RUN_PAGE | {"affiliate": 200},
    ("POST", "action-take-back"): RUN_BACK | {"affiliate": 302},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    partnership = PartnershipFactory()
    group = GroupFactory(partnership=partnership, kind="working")
    employer = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    around = Around(employer=employer, partnership=partnership, group=group)
    contact = member(employer, Role.CONTACT)
    given = {"contact": contact}
    return around, people(COLUMNS, around, **given)


def arguments(around, who):
    """What stands in each address, by what it begins with."""
    group, partnership = around.group, around.partnership
    meeting = MeetingFactory(group=group, held=True)
    item = AgendaItemFactory(meeting=meeting)
    owner = who["affiliate"].person
    attendance = AttendanceFactory(meeting=meeting, person=who["chair"].person)
    action = ActionFactory(group=group, owner=owner)
    need = NeedFactory(partnership=partnership, person=who["contact"].person)
    DecisionFactory(item=item)
    call = CallFactory(partnership=partnership)
    indicator = IndicatorFactory(initiative__partnership=partnership)
    report = AdoptionFactory(meeting=meeting).report
    version = CooperationVersionFactory(partnership=partnership)
    promise = PromiseFactory(version=version)
    put_up_for_signature(version)
    proposal = ImprovementProposalFactory(
        partnership=partnership, organisation=around.employer, author=who["affiliate"].person
    )
    found = {
        "proposal-list": [partnership.slug],
        "promise": [promise.public_id],
        "proposal-own": [],
        "proposal-create": [],
        "proposal": [proposal.public_id],
        "proposal-begin-not": [ProposalAdoptionFactory(proposal=proposal).public_id],
        "item-proposal": [meeting.public_id, proposal.public_id],
        "meeting-list": [],
        "action-list": [],
        "item-create": [meeting.public_id],
        "item-needs": [meeting.public_id],
        "item-result": [meeting.public_id, indicator.public_id],
        "item-phase": [meeting.public_id, indicator.initiative.slug],
        "meeting-adopt": [meeting.public_id, report.public_id],
        "call": [partnership.slug, call.slug],
        "item-action": [meeting.public_id, action.public_id],
        "partnership": [partnership.slug],
        "need-list": [partnership.slug],
        "need-create": [partnership.slug],
        "group": [group.public_id],
        "meeting": [meeting.public_id],
        "item": [item.public_id],
        "paper-add": [meeting.public_id],
        "paper": [paper_of(meeting).public_id],
        "attendance": [attendance.public_id],
        "action": [action.public_id],
        "need": [need.public_id],
    }
    return lambda name: found.get(name, found.get(name.partition("-")[0]))


def paper_of(meeting) -> Paper:
    return PaperFactory(meeting=meeting, file=kept("Begroting", "papers", None))


@pytest.mark.parametrize("column", COLUMNS)
def test_matrix(client, world, column):
    around, who = world
    arguments_of = arguments(around, who)
    enter(client, who[column])
    wanted = expected(MATRIX, column)
    seen = {
        (method, name): status_of(client, method, reverse(f"meetings:{name}", args=arguments_of(name)))
        for method, name in MATRIX
    }
    assert seen == wanted


def test_matrix_is_complete():
    _, resolver = get_resolver().namespace_dict["meetings"]
    assert {pattern.name for pattern in resolver.url_patterns} == {name for _, name in MATRIX}


def test_what_is_being_prepared_is_seen_by_who_plans_it(client, world):
    around, who = world
    meeting = MeetingFactory(group=around.group, draft=True)
    seen = {
        name: status_of(enter(client, who[name]), "GET", meeting.get_absolute_url())
        for name in ("coordinator", "chair", "secretary", "observer", "affiliate", "steering_chair")
    }
    assert seen == {
        "coordinator": 200,
        "chair": 200,
        "secretary": 200,
        "observer": 404,
        "affiliate": 404,
        "steering_chair": 404,
    }


@pytest.mark.parametrize("state", MeetingState)
def test_a_meeting_of_all_members_is_read_by_members(client, world, state):
    around, who = world
    meeting = MeetingFactory(partnership=around.partnership, state=state)
    seen = {
        name: status_of(enter(client, who[name]), "GET", meeting.get_absolute_url())
        for name in ("coordinator", "steering_chair", "contact", "affiliate", "stranger")
    }
    reads = 404 if state == MeetingState.DRAFT else 200
    assert seen == {
        "coordinator": 200,
        "steering_chair": 200,
        "contact": reads,
        "affiliate": 404,
        "stranger": 404,
    }
