"""What someone at work saw of a goal: who says it, who reads it, and a hand-in that rests on it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from core import states
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from students.enums import GoalState, Party
from students.models import Evidence, Goal, HandIn, PracticeOpinion
from students.services import goals, opinions
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.students import (
    EvidenceFactory,
    GoalFactory,
    GoalVersionFactory,
    PracticeOpinionFactory,
)
from tests.helpers import login, member, press
from tests.students.test_sharing import ended, host
from tests.students.worlds import supervisor, url

pytestmark = pytest.mark.django_db
SEEN = "Deed de avondronde twee keer zonder hulp."


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, state=GoalState.BUSY)


def give(user, goal, text=SEEN):
    return opinions.give(goal_id=goal.pk, version_id=goal.current_id, text=text, by=actor_of(user))


def send(client, user, goal, text=SEEN, version=None):
    data = {"opinion-text": text, "version": goal.current_id if version is None else version}
    return login(client, user).post(url("opinion-add", goal), data, follow=True)


def page(client, user, goal):
    return login(client, user).get(goal.get_absolute_url()).content.decode()


# Giving an opinion


def test_people_at_work_write_what_they_saw_and_all_around_read_it(client, made, goal):
    guide = supervisor(made)
    assert url("opinion-add", goal) in page(client, guide, goal)
    for _ in range(2):  # a button pressed twice
        assert "Je oordeel is toegevoegd" in send(client, guide, goal).content.decode()
    given = PracticeOpinion.objects.get()
    assert (given.version, given.by, given.membership.role) == (goal.current, guide.person, Role.SUPERVISOR)
    for reader in (made.student, made.teacher, made.trainer, guide):
        read = page(client, reader, goal)
        assert SEEN in read
        assert str(guide.person) in read
        assert made.employer.name in read
    for reader in (made.student, made.teacher):
        assert url("opinion-add", goal) not in page(client, reader, goal)


def test_later_opinion_stands_beside_the_first_and_comes_before_it(client, made, goal):
    guide = supervisor(made)
    give(guide, goal)
    give(guide, goal, "Nu ook in een drukke dienst.")
    give(made.trainer, goal, "Ik zag het ook.")
    read = page(client, made.teacher, goal)
    found = [read.index(text) for text in ("Ik zag het ook.", "Nu ook in een drukke dienst.", SEEN)]
    assert found == sorted(found)


def test_it_says_as_what_and_where_one_spoke(made, goal):
    both = supervisor(made)
    MembershipFactory(person=both.person, organisation=made.employer, role=Role.CONTACT)
    elsewhere = MembershipFactory(person=made.trainer.person, role=Role.PRACTICE_TRAINER)
    assert give(both, goal).membership.role == Role.SUPERVISOR
    mine = give(made.trainer, goal).membership
    assert (mine.role, mine.organisation) == (Role.PRACTICE_TRAINER, made.employer)
    assert mine != elsewhere


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "x" * 1001}, {"text": "Nummer 111222333"}])
def test_opinion_that_cannot_be_comes_back_with_what_was_typed(client, made, goal, data):
    response = send(client, made.trainer, goal, **data)
    assert response.context["opinion_form"].errors
    assert response.context["opinion_form"]["text"].value() == data["text"]
    assert not PracticeOpinion.objects.exists()


def test_opinion_on_a_text_that_changed_meanwhile_is_refused_and_stays_typed(client, made, goal):
    read = goal.current_id
    goal.current = goal.latest = GoalVersionFactory(goal=goal, number=2, agreed=True)
    goal.save()
    for version in (read, 0, "x", ""):
        shown = send(client, made.trainer, goal, version=version).content.decode()
        assert "Er is iets gewijzigd" in shown
        assert SEEN in shown
    assert not PracticeOpinion.objects.exists()


@pytest.mark.parametrize(
    "state", [GoalState.PROPOSED, GoalState.AGREED, GoalState.ASSESSED, GoalState.LAPSED]
)
def test_opinion_is_given_while_the_goal_is_worked_on_or_handed_in(client, made, state):
    goal = GoalFactory(plan=made.plan, state=state)
    assert "of het heeft ingeleverd" in send(client, made.trainer, goal, version=1).content.decode()
    with pytest.raises(ValidationError, match="heeft ingeleverd"):
        give(made.trainer, goal)


def test_opinion_on_what_was_handed_in_is_read_above_the_decision(client, made, goal):
    made.hand_in(goal)
    give(made.trainer, goal)
    read = page(client, made.teacher, goal)
    assert read.index(SEEN) < read.index(url("goal-assess", goal))


# Taking it back


def test_opinion_is_taken_back_by_whoever_gave_it_and_only_the_words_go(client, made, goal):
    given = give(made.trainer, goal)
    assert url("opinion-take-back", given) in page(client, made.trainer, goal)
    for reader in (made.student, made.teacher, supervisor(made)):
        assert url("opinion-take-back", given) not in page(client, reader, goal)
    login(client, made.trainer)
    for _ in range(2):  # a button pressed twice
        response = client.post(url("opinion-take-back", given), follow=True)
        assert "Je oordeel is teruggedraaid." in response.content.decode()
    for reader in (made.trainer, made.student, made.teacher):
        read = page(client, reader, goal)
        assert SEEN not in read
        assert f"{made.trainer.person} gaf op" in read
        assert "Terugdraaien" not in read
    assert 'name="opinion"' not in page(client, made.student, goal)
    assert not OutgoingMail.objects.exists()  # nobody was mailed about it
    again = give(made.trainer, goal)  # the same words, anew
    assert again.text == SEEN


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_opinion_is_taken_back_for_two_weeks(client, made, goal, days, may):
    given = give(made.trainer, goal)
    with time_machine.travel(given.at + timedelta(days=days), tick=False):
        assert (url("opinion-take-back", given) in page(client, made.trainer, goal)) == may
        if not may:
            with pytest.raises(ValidationError, match="14 dagen"):
                opinions.take_back(opinion_id=given.pk, by=actor_of(made.trainer))


def test_opinion_that_was_handed_in_stays_until_the_hand_in_is_taken_back(client, made, goal):
    given, student = give(made.trainer, goal), made.actors[Party.STUDENT]
    goals.hand_in(goal_id=goal.pk, opinion_id=given.pk, by=student, read=None)
    assert url("opinion-take-back", given) not in page(client, made.trainer, goal)
    response = client.post(url("opinion-take-back", given), follow=True)
    assert "heeft dit ingeleverd" in response.content.decode()
    with pytest.raises(IntegrityError, match="rests on this"), transaction.atomic():
        PracticeOpinion.objects.update(text="", taken_back_at=timezone.now())
    goals.take_back(goal_id=goal.pk, act_id=states.last_act(goal).pk, by=student)
    opinions.take_back(opinion_id=given.pk, by=actor_of(made.trainer))
    with pytest.raises(ValidationError, match="gewijzigd"):
        goals.hand_in(goal_id=goal.pk, opinion_id=given.pk, by=student, read=None)


def test_only_whoever_gave_it_and_still_guides_the_student_takes_it_back(client, made, goal):
    given = give(made.trainer, goal)
    for user in (supervisor(made), made.student, made.teacher):
        assert login(client, user).post(url("opinion-take-back", given)).status_code == 403
        with pytest.raises(ValidationError, match="Alleen wie dit oordeel gaf"):
            opinions.take_back(opinion_id=given.pk, by=actor_of(user))
    ended(made.enrolment, today() - timedelta(days=1))
    assert login(client, made.trainer).post(url("opinion-take-back", given)).status_code == 404
    with pytest.raises(ValidationError, match="Alleen wie dit oordeel gaf"):
        opinions.take_back(opinion_id=given.pk, by=actor_of(made.trainer))
    assert PracticeOpinion.objects.get().text == SEEN


# Who may


def test_school_student_and_others_give_no_opinion(client, made, goal):
    for user in (made.student, made.teacher):
        assert send(client, user, goal).status_code == 403
        with pytest.raises(ValidationError, match="Alleen de werkbegeleider"):
            give(user, goal)
    others = [member(OrganisationFactory(), role) for role in (Role.PRACTICE_TRAINER, Role.SUPERVISOR)]
    others += [member(made.employer, role) for role in (Role.MANAGER, Role.SUPERVISOR)]
    for user in others:
        assert send(client, user, goal).status_code == 404
        with pytest.raises(ValidationError, match="niet zien"):
            give(user, goal)


def test_former_employer_gives_no_opinion(client, made, goal):
    guide = supervisor(made)
    ended(made.enrolment, today() - timedelta(days=1))
    for user in (guide, made.trainer):
        assert send(client, user, goal).status_code == 404
        with pytest.raises(ValidationError):
            give(user, goal)


def test_host_gives_an_opinion_on_the_goals_of_the_exchange_only(client, made, goal):
    other = GoalFactory(plan=made.plan, state=GoalState.BUSY)
    for user in host(made, goal):
        assert give(user, goal).by == user.person
        assert send(client, user, other).status_code == 404
        with pytest.raises(ValidationError, match="niet zien"):
            give(user, other)


# A hand-in that rests on it


def test_goal_is_handed_in_with_only_what_was_seen_at_work(client, made, goal):
    first = give(made.trainer, goal, "Eerste keer")
    seen = give(made.trainer, goal)
    form = page(client, made.student, goal)
    assert f'name="opinion" value="{seen.pk}"' in form
    assert "zonder bewijs inleveren" in form
    assert str(made.trainer.person) in form
    for _ in range(2):
        response = press(
            login(client, made.student), url("goal-hand-in", goal), goal, {"opinion": seen.pk}, follow=True
        )
        assert "Ingeleverd." in response.content.decode()
    hand_in = goal.hand_ins.get()
    assert (hand_in.opinion, hand_in.evidence.count()) == (seen, 0)
    assert hand_in.opinion != first
    for reader in (made.student, made.teacher):
        assert f"Het steunt op wat {made.trainer.person} op het werk heeft gezien" in page(
            client, reader, goal
        )
    made.assess(goal)
    assert goal.state == GoalState.ASSESSED


def test_evidence_and_what_was_seen_go_together(made, goal):
    seen = give(made.trainer, goal)
    piece = EvidenceFactory(goal=goal, for_teachers=True)
    goals.hand_in(goal_id=goal.pk, opinion_id=seen.pk, by=made.actors[Party.STUDENT], read=None)
    hand_in = goal.hand_ins.get()
    assert (hand_in.opinion, list(hand_in.evidence.all())) == (seen, [piece])


def test_without_evidence_and_opinion_nothing_is_handed_in(client, made, goal):
    EvidenceFactory(goal=goal)
    response = press(login(client, made.student), url("goal-hand-in", goal), goal, follow=True)
    assert "vraag iemand op je werk" in response.content.decode()
    with pytest.raises(ValidationError, match="vraag iemand op je werk"):
        goals.hand_in(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)


def test_opinion_on_another_text_or_goal_carries_no_hand_in(client, made, goal):
    seen, elsewhere = give(made.trainer, goal), PracticeOpinionFactory()
    goal.current = goal.latest = GoalVersionFactory(goal=goal, number=2, agreed=True)
    goal.save()
    read = page(client, made.student, goal)
    assert "Over een eerdere tekst van dit doel" in read
    assert 'name="opinion"' not in read
    for opinion in (seen, elsewhere):
        with pytest.raises(ValidationError, match="gewijzigd"):
            goals.hand_in(goal_id=goal.pk, opinion_id=opinion.pk, by=made.actors[Party.STUDENT], read=None)


def test_hand_in_that_rests_on_it_is_taken_back_and_given_again(made, goal):
    seen, student = give(made.trainer, goal), made.actors[Party.STUDENT]
    for _ in range(2):
        goals.hand_in(goal_id=goal.pk, opinion_id=seen.pk, by=student, read=None)
        goals.take_back(goal_id=goal.pk, act_id=states.last_act(goal).pk, by=student)
    assert goal.hand_ins.count() == 2


# The database


def check(write, *rows):
    """As the end of a transaction would."""
    write(*rows)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "write",
    [
        lambda goal: HandIn.objects.filter(goal=goal).update(opinion=None),
        lambda goal: HandIn.objects.filter(goal=goal).update(opinion=PracticeOpinionFactory()),
    ],
)
def test_writer_past_the_services_cannot_leave_a_hand_in_with_nothing(made, goal, write):
    seen = give(made.trainer, goal)
    goals.hand_in(goal_id=goal.pk, opinion_id=seen.pk, by=made.actors[Party.STUDENT], read=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        check(write, goal)
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")


def test_database_refuses_a_hand_in_that_rests_on_nothing(made, goal):
    def write(goal):
        HandIn.objects.create(goal=goal, version=goal.current, at=timezone.now())
        Goal.objects.filter(pk=goal.pk).update(state=GoalState.DEMONSTRATED)

    with pytest.raises(IntegrityError, match="rests on evidence"), transaction.atomic():
        check(write, goal)
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")


def test_database_keeps_every_piece_of_a_hand_in_readable(made, goal):
    piece = EvidenceFactory(goal=goal, for_teachers=True)
    made.hand_in(goal)  # with another piece
    with pytest.raises(IntegrityError, match="Teachers read"), transaction.atomic():
        check(lambda: Evidence.objects.filter(pk=piece.pk).update(for_teachers=False))
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TEACHER, Role.COLLEAGUE])
def test_database_takes_an_opinion_of_people_at_work_only(goal, role):
    with pytest.raises(IntegrityError, match="someone at work"), transaction.atomic():
        PracticeOpinionFactory(version=goal.current, membership=MembershipFactory(role=role))


def test_database_takes_an_opinion_in_ones_own_name_on_an_agreed_text(goal):
    with pytest.raises(IntegrityError, match="someone at work"), transaction.atomic():
        PracticeOpinionFactory(version=goal.current, by=MembershipFactory().person)
    with pytest.raises(IntegrityError, match="agreed"), transaction.atomic():
        PracticeOpinionFactory(version=GoalVersionFactory(goal=goal, number=2))


@pytest.mark.parametrize(
    "change", [{"text": "Anders"}, {"at": timezone.now()}, {"text": "", "taken_back_at": None}]
)
def test_opinion_cannot_be_changed(made, goal, change):
    give(made.trainer, goal)
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeOpinion.objects.update(**change)


def test_opinion_is_not_deleted(made, goal):
    give(made.trainer, goal)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        PracticeOpinion.objects.all().delete()


def test_opinion_that_was_taken_back_stays_so(made, goal):
    opinions.take_back(opinion_id=give(made.trainer, goal).pk, by=actor_of(made.trainer))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PracticeOpinion.objects.update(text=SEEN, taken_back_at=None)


@pytest.mark.parametrize("count", [1, 3])
def test_opinions_cost_no_query(client, django_assert_num_queries, count, made, goal):
    for number in range(count):
        give(made.trainer, goal, f"Keer {number}")
    login(client, made.teacher)
    with django_assert_num_queries(8):
        client.get(goal.get_absolute_url())
