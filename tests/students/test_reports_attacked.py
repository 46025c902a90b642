"""Reports of texts in which a client can be recognised: who may not, what is over, and what another report leaves alone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core import changes
from core.models import OutgoingMail
from students.enums import Party
from students.models import Evidence
from students.services import evidence as evidence_service
from students.services import plans, remarks, reports, situations
from students.services.evidence import MOST_PER_GOAL
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EvidenceFactory, GoalFactory, GoalRemarkFactory, WorkSituationFactory
from tests.helpers import edit, login, member, press
from tests.students.worlds import page_name, supervisor

pytestmark = pytest.mark.django_db
TEXT = "Mevrouw Pieterse van kamer 12 viel"
SHOWN = {"for_teachers": True, "for_employer": True, "for_supervisor": True}
KINDS = ("evidence", "remark")


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, agreed=True)


def made_of(kind, goal, made, **more):
    if kind == "evidence":
        return EvidenceFactory(goal=goal, text=TEXT, **SHOWN | more)
    return GoalRemarkFactory(goal=goal, text=TEXT, by=made.student.person, party=Party.STUDENT, **more)


def page(kind, act, row):
    return reverse(page_name(f"{kind}-{act}"), args=[row.public_id])


def waiting(kind="author_text_reported"):
    return sorted(OutgoingMail.objects.filter(state="queued", kind=kind).values_list("to_email", flat=True))


def test_mail_about_other_feedback_on_the_same_goal_still_goes(made, goal):
    mine = made_of("remark", goal, made)
    theirs = GoalRemarkFactory(goal=goal, text=TEXT, by=made.trainer.person, party=Party.EMPLOYER)
    reports.report(row=mine, by=made.actors[Party.EMPLOYER], read=None)
    reports.report(row=theirs, by=made.actors[Party.STUDENT], read=None)
    assert waiting() == sorted([made.student.email, made.trainer.email])
    reports.keep(row=mine, by=made.actors[Party.SCHOOL], read=None)
    assert waiting() == [made.trainer.email]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["failed", "held"])
def test_mail_that_could_not_be_sent_is_not_sent_again_once_it_is_over(made, goal, kind, state):
    row = made_of(kind, goal, made)
    reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)
    OutgoingMail.objects.update(state=state)
    reports.keep(row=row, by=made.actors[Party.SCHOOL], read=None)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("removed", [False, True])
def test_only_a_teacher_gets_an_answer_where_it_is_removed(client, made, goal, kind, removed):
    row = made_of(kind, goal, made)
    if removed:
        reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    for user in (made.trainer, made.student, supervisor(made)):
        login(client, user)
        for act in ("take-away", "keep"):
            answer = client.post(page(kind, act, row), {"reason": "Naam", "read": ""})
            assert answer.status_code == 403, (user, act)


@pytest.mark.parametrize("kind", KINDS)
def test_strangers_find_nothing(client, made, goal, kind):
    row = made_of(kind, goal, made)
    other = OrganisationFactory()
    ended = member(made.employer, Role.PRACTICE_TRAINER)
    ended.person.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    strangers = [
        member(other, Role.CONTACT),
        member(other, Role.COORDINATOR),
        member(made.school, Role.MANAGER),
        CohortTeacherFactory().membership.person.user,
        ended,
    ]
    for user in strangers:
        login(client, user)
        for act in ("report", "take-away", "keep"):
            answer = client.post(page(kind, act, row), {"reason": "Naam", "read": ""})
            assert answer.status_code == 404, (user, act)
    row.refresh_from_db()
    assert (row.text, row.is_reported) == (TEXT, False)


def test_student_does_not_wipe_out_that_the_school_removed_something(client, made, goal):
    row = made_of("evidence", goal, made)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    login(client, made.student)
    shown = client.get(page("evidence", "share", row)).content.decode()
    assert page("evidence", "remove", row) not in shown
    row.refresh_from_db()
    press(client, page("evidence", "remove", row), row, {"goal": goal.public_id})
    assert Evidence.objects.get(pk=row.pk).removed_because == "Naam"


def test_what_the_school_removed_leaves_room_for_another_piece(made, goal):
    rows = [made_of("evidence", goal, made) for _ in range(MOST_PER_GOAL)]
    student = made.actors[Party.STUDENT]
    with pytest.raises(ValidationError, match="50"):
        evidence_service.add(goal_id=goal.pk, by=student, text="Iemand viel")
    reports.remove(row=rows[0], reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    evidence_service.add(goal_id=goal.pk, by=student, text="Iemand viel")


def host(made, goal):
    """A contact person where the student is for an exchange of this goal."""
    organisation = OrganisationFactory()
    user = member(organisation, Role.CONTACT)
    access(enrolment=made.enrolment, organisation=organisation, scope="exchange")
    made.enrolment.placements.get(organisation=organisation).goals.set([goal])
    return user


@pytest.mark.parametrize("who", [supervisor, host])
def test_whoever_wrote_it_at_work_hears_of_it_without_a_say_in_the_plan(made, goal, who):
    user = who(made) if who is supervisor else who(made, goal)
    row = GoalRemarkFactory(goal=goal, text=TEXT, by=user.person, party=Party.EMPLOYER)
    reports.report(row=row, by=made.actors[Party.STUDENT], read=None)
    assert waiting() == [user.email]
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    assert waiting("author_text_removed") == [user.email]


def test_whoever_wrote_it_and_left_hears_nothing(made, goal):
    user = supervisor(made)
    row = GoalRemarkFactory(goal=goal, text=TEXT, by=user.person, party=Party.EMPLOYER)
    user.person.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    reports.report(row=row, by=made.actors[Party.STUDENT], read=None)
    assert waiting() == []


@pytest.mark.parametrize("act", ["hide", "edit", "remove"])
def test_in_a_closed_plan_the_student_can_do_something_about_what_was_reported(client, made, goal, act):
    row = made_of("evidence", goal, made, for_teachers=False)
    plans.close(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL], read=None)
    login(client, made.student)
    assert client.get(row.author_url).status_code == 302  # what nobody reported stands as it is
    reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)
    if act == "hide":
        edit(client, row.author_url, {"readers": []})
    elif act == "edit":
        edit(client, page("evidence", "edit", row), {"text": "Iemand viel"})
    else:
        row.refresh_from_db()
        press(client, page("evidence", "remove", row), row, {"goal": goal.public_id})
    found = Evidence.objects.filter(pk=row.pk).first()
    assert {
        "hide": lambda: not found.readers,
        "edit": lambda: (found.text, found.is_reported) == ("Iemand viel", False),
        "remove": lambda: found is None,
    }[act]()


def test_feedback_that_the_school_removed_is_not_said_to_be_taken_back(client, made, goal):
    row = GoalRemarkFactory(goal=goal, text=TEXT, by=made.trainer.person, party=Party.EMPLOYER)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    with pytest.raises(ValidationError, match="weggehaald"):
        remarks.take_back(remark_id=row.pk, by=made.actors[Party.EMPLOYER])
    with pytest.raises(ValidationError, match="weggehaald"):
        remarks.correct(remark_id=row.pk, text="Anders", by=made.actors[Party.EMPLOYER])


@pytest.mark.parametrize("kind", KINDS)
def test_reason_and_report_stand_in_the_history(made, goal, kind):
    row = made_of(kind, goal, made)
    reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    found = [(change.field, change.by) for change in changes.history(row)]
    assert ("reported_at", made.trainer.person) in found
    assert ("removed_because", made.teacher.person) in found


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_told_that_it_stays_once_a_colleague_removed_it(client, made, goal, kind):
    row = made_of(kind, goal, made)
    reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    login(client, made.teacher)
    answer = client.post(page(kind, "keep", row), {"read": "1"}, follow=True).content.decode()
    assert "De tekst blijft staan." not in answer
    assert "De tekst is al weg." in answer


def test_teacher_whose_feedback_is_reported_gets_one_mail(made, goal):
    row = GoalRemarkFactory(goal=goal, text=TEXT, by=made.teacher.person, party=Party.SCHOOL)
    colleague = CohortTeacherFactory(cohort=made.enrolment.cohort).membership.person.user
    made.enrolment.refresh_from_db()
    reports.report(row=row, by=made.actors[Party.STUDENT], read=None)
    assert waiting() == [made.teacher.email]
    assert waiting("teachers_text_reported") == [colleague.email]


@pytest.mark.parametrize("kind", ["evidence", "situation"])
def test_teachers_are_not_sent_to_what_the_student_shows_them_no_more(made, goal, kind):
    student = made.actors[Party.STUDENT]
    if kind == "evidence":
        row, share = made_of(kind, goal, made), evidence_service.share
    else:
        row, share = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN), situations.share
    reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)
    share(**{f"{kind}_id": row.pk}, readers=["employer"], by=student, version=None)
    assert waiting("teachers_text_reported") == []
    assert waiting() == [made.student.email]


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "\u00a0\n", "x" * 501])
def test_reason_that_is_none_removes_nothing(client, made, goal, reason):
    row = made_of("evidence", goal, made)
    login(client, made.teacher)
    assert press(client, page("evidence", "take-away", row), row, {"reason": reason}).status_code == 200
    row.refresh_from_db()
    assert row.text == TEXT


def test_reason_is_text_and_not_markup(client, made, goal):
    row = made_of("evidence", goal, made)
    login(client, made.teacher)
    press(client, page("evidence", "take-away", row), row, {"reason": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(goal.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_database_lets_nothing_that_was_removed_come_back(made, goal, kind):
    row = made_of(kind, goal, made)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    back = {"removed_because": "", "text": TEXT} | ({"taken_back_at": None} if kind == "remark" else {})
    for wrong in (back, {"removed_because": "Iets anders"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**wrong)


def test_page_of_the_goal_has_the_place_that_the_mail_leads_to(client, made, goal):
    row = made_of("remark", goal, made)
    page_of_goal = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert f'id="{row.author_url.split("#")[1]}"' in page_of_goal
