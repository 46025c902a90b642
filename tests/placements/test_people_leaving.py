"""Someone is about to leave a role: what hangs on it, who takes it over, and who hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from core.versions import Changed
from partnerships.services import memberships, returns
from placements.enums import PlacementState
from placements.models import Supervision, Supervisor
from placements.presenters.next_steps import for_employer
from placements.services import supervisors
from programmes.models import CohortTeacher
from students.models import LearnerAccess
from tests.factories.partnerships import GroupSeatFactory, MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.helpers import login, member
from tests.placements.scene import Scene, actor


@pytest.fixture
def role(scene):
    return Supervisor.objects.get(person=scene.supervisor.person)


@pytest.fixture
def manager(scene):
    return member(scene.employer, Role.MANAGER)


@pytest.fixture
def colleague(scene):
    return SupervisorFactory(organisation=scene.employer, person__first_name="Joke")


def address_of(membership):
    return reverse("partnerships:people-end", args=[membership.organisation.slug, membership.public_id])


def page_of(client, membership, manager):
    login(client, manager)
    return client.get(address_of(membership)).content.decode()


def gaps(scene):
    return reverse("placements:supervisor-gaps", args=[scene.employer.slug])


def guides(placement):
    return [row.membership for row in placement.supervisions.standing()]


def test_manager_reads_what_hangs_on_a_supervisor_and_no_names_of_students(client, scene, role, manager):
    placement = scene.placement(supervisor=role)
    scene.placement(supervisor=role, state=PlacementState.COMPLETED)
    scene.slot(supervisor=role)
    seat = GroupSeatFactory(
        group__partnership=scene.partnership, person=role.person, organisation=scene.employer
    )
    page = page_of(client, role, manager)
    assert "Begeleidt 1 student." in page
    assert "Staat als begeleider bij 1 plek." in page
    assert f"Zit in de groep {seat.group.name}" in page
    assert placement.student.full_name not in page


def test_seat_stays_with_who_keeps_another_role_there(client, scene, role, manager):
    seat = GroupSeatFactory(
        group__partnership=scene.partnership, person=role.person, organisation=scene.employer
    )
    MembershipFactory(person=role.person, organisation=scene.employer, role=Role.CONTACT)
    assert seat.group.name not in page_of(client, role, manager)


def test_last_who_can_answer_proposals_is_told_before_the_end(client, scene, manager):
    scene.match()
    contact = scene.contact.person.memberships.get()
    words = "Niemand anders kan op 1 voorstel antwoorden."
    assert words in page_of(client, contact, manager)
    member(scene.employer, Role.PRACTICE_TRAINER)
    assert words not in page_of(client, contact, manager)


def test_all_students_of_a_supervisor_go_to_a_colleague_as_the_role_ends(
    client, scene, role, manager, colleague, outbox
):
    """By parties_handed_over: supervisor_students_handed_over.txt, and for each student and teacher
    student_supervisor_changed.txt and teacher_supervisor_changed.txt.
    """
    placements = [scene.placement(supervisor=role) for _turn in range(2)]
    login(client, manager)
    response = client.post(address_of(role), {"students": colleague.pk, "read": role.row_version})
    assert response.status_code == 302
    assert [guides(row) for row in placements] == [[colleague], [colleague]]
    assert {row.membership_id for row in LearnerAccess.objects.running() if row.membership_id} == {
        colleague.pk
    }
    kinds = [kind for kind, _address in outbox()]
    assert kinds.count("supervisor_students_handed_over") == 1
    assert kinds.count("student_supervisor_changed") == kinds.count("teacher_supervisor_changed") == 2
    assert "employer_supervisor_left" not in kinds


def test_hand_over_leaves_to_others_the_days_that_they_guide(scene, role, manager, colleague):
    """One leaves who was to guide from next week on, another who guides until then."""
    other = SupervisorFactory(organisation=scene.employer)
    week, placement = today() + timedelta(7), scene.placement(supervisor=role)
    supervisors.hand_over(
        placement_id=placement.pk, to=other, by=actor(scene.contact), starts_on=week, read=None
    )
    memberships.end(
        membership_id=other.pk, by=actor(manager), successors={"students": colleague.pk}, read=None
    )
    assert [(row.membership, row.starts_on) for row in placement.supervisions.standing()] == [
        (role, placement.starts_on),
        (colleague, week),
    ]
    last = SupervisorFactory(organisation=scene.employer)
    memberships.end(membership_id=role.pk, by=actor(manager), successors={"students": last.pk}, read=None)
    assert [(row.membership, row.starts_on, row.ends_on) for row in placement.supervisions.standing()] == [
        (last, today(), week - timedelta(1)),
        (colleague, week, None),
    ]


@pytest.mark.parametrize("wrong", ["own", "elsewhere", "contact"])
def test_students_go_only_to_another_supervisor_of_the_same_employer(scene, role, manager, wrong):
    scene.placement(supervisor=role)
    to = {
        "own": role.pk,
        "elsewhere": SupervisorFactory().pk,
        "contact": scene.contact.person.memberships.get().pk,
    }[wrong]
    with pytest.raises(Exception, match="begeleider van dezelfde werkgever"):
        memberships.end(membership_id=role.pk, by=actor(manager), successors={"students": to}, read=None)


def test_cohorts_of_a_teacher_are_named_with_who_else_teaches_them(client, scene):
    manager = member(scene.school, Role.MANAGER)
    teacher = scene.teacher.person.memberships.get()
    assert f"Is de enige docent van {scene.cohort.name}" in page_of(client, teacher, manager)
    other = member(scene.school, Role.TEACHER)
    CohortTeacher.objects.create(cohort=scene.cohort, membership=other.person.memberships.get())
    assert f"samen met {other.person}" in page_of(client, teacher, manager)


def test_only_teacher_of_students_leaves_when_another_takes_the_cohort_over(client, scene):
    scene.enrolment()
    manager = member(scene.school, Role.MANAGER)
    teacher = scene.teacher.person.memberships.get()
    successor = member(scene.school, Role.TEACHER).person.memberships.get()
    login(client, manager)
    client.post(address_of(teacher), {"read": teacher.row_version})
    teacher.refresh_from_db()
    assert teacher.ended_at is None
    client.post(address_of(teacher), {f"cohort-{scene.cohort.pk}": successor.pk, "read": teacher.row_version})
    teacher.refresh_from_db()
    assert teacher.ended_at is not None
    assert scene.cohort.cohort_teachers.running().filter(membership=successor).exists()


def test_cohort_goes_to_a_teacher_of_the_school_or_nothing_ends(scene):
    teacher = scene.teacher.person.memberships.get()
    elsewhere = MembershipFactory(role=Role.TEACHER)
    manager = actor(member(scene.school, Role.MANAGER))
    chosen = {f"cohort-{scene.cohort.pk}": elsewhere.pk}
    with pytest.raises(ValidationError, match="docent van dezelfde school"):
        memberships.end(membership_id=teacher.pk, by=manager, successors=chosen, read=None)
    teacher.refresh_from_db()
    assert teacher.ended_at is None


def test_employer_student_and_school_hear_that_a_supervisor_left(scene, role, manager, outbox):
    """By parties_supervisor_left: employer_supervisor_left.txt, student_supervisor_left.txt, teacher_supervisor_left.txt."""
    placement = scene.placement(supervisor=role)
    scene.placement(supervisor=role, state=PlacementState.BROKEN_OFF)
    scene.placement()
    memberships.end(membership_id=role.pk, by=actor(manager), read=None)
    assert sorted(outbox()) == sorted(
        [
            ("employer_supervisor_left", scene.contact.email),
            ("student_supervisor_left", placement.student.address),
            ("teacher_supervisor_left", scene.teacher.email),
            ("person_role_ended", scene.supervisor.email),
        ]
    )
    to_employer = OutgoingMail.objects.get(kind="employer_supervisor_left")
    assert to_employer.subject == "1 student heeft een andere begeleider nodig"
    assert placement.student.full_name in to_employer.body


def test_role_that_goes_on_after_all_brings_the_students_back_and_cancels_the_mails(scene, role, manager):
    placement, other = scene.placement(supervisor=role), scene.placement(supervisor=role)
    memberships.end(membership_id=role.pk, by=actor(manager), read=None)
    assert guides(placement) == []
    supervisors.fill_gaps(
        chosen={other.pk: SupervisorFactory(organisation=scene.employer)}, by=actor(scene.contact)
    )
    returns.role(membership_id=role.pk, by=actor(manager), read=None)
    assert guides(placement) == [role]
    assert role not in guides(other)
    left = OutgoingMail.objects.filter(kind__endswith="supervisor_left")
    assert {mail.state for mail in left} == {"cancelled"}


def test_role_that_goes_on_brings_back_students_who_begin_later_and_days_before_a_successor(
    scene, role, manager, colleague
):
    later = scene.placement(supervisor=role, starts_on=today() + timedelta(40))
    shared, week = scene.placement(supervisor=role), today() + timedelta(7)
    supervisors.hand_over(
        placement_id=shared.pk, to=colleague, by=actor(scene.contact), starts_on=week, read=None
    )
    memberships.end(membership_id=role.pk, by=actor(manager), read=None)
    assert (guides(later), guides(shared)) == ([], [colleague])
    returns.role(membership_id=role.pk, by=actor(manager), read=None)
    assert (guides(later), guides(shared)) == ([role], [role, colleague])


def test_who_guides_nobody_leaves_without_a_word_to_others(scene, role, manager, outbox):
    memberships.end(membership_id=role.pk, by=actor(manager), read=None)
    assert outbox() == [("person_role_ended", scene.supervisor.email)]


def test_students_without_a_supervisor_are_a_task_until_each_has_one(client, scene, colleague):
    placement = scene.placement()
    Scene().placement()
    (step,) = [one for one in for_employer(actor(scene.contact), scene.employer.pk) if one.url == gaps(scene)]
    assert "1 student heeft geen werkbegeleider" in str(step.title)
    page = login(client, scene.contact).get(gaps(scene)).content.decode()
    assert placement.student.full_name in page
    client.post(gaps(scene), {str(placement.public_id): str(colleague.public_id)})
    assert guides(placement) == [colleague]
    assert not [
        one for one in for_employer(actor(scene.contact), scene.employer.pk) if one.url == gaps(scene)
    ]
    again = client.post(gaps(scene), {str(placement.public_id): str(colleague.public_id)})
    assert again.status_code == 200
    assert Supervision.objects.filter(placement=placement).count() == 1


def test_nonsense_and_nothing_chosen_are_said(client, scene, colleague):
    placement = scene.placement()
    login(client, scene.contact)
    assert "minstens één student" in client.post(gaps(scene), {}).content.decode()
    page = client.post(gaps(scene), {str(placement.public_id): "geen"}).content.decode()
    assert 'class="errsum' in page
    assert guides(placement) == []


def test_gap_that_someone_filled_meanwhile_is_read_again(scene, colleague, role):
    placement = scene.placement(supervisor=role)
    with pytest.raises(Changed):
        supervisors.fill_gaps(chosen={placement.pk: colleague}, by=actor(scene.contact))


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_and_three(
    client, scene, role, manager, colleague, count, django_assert_num_queries
):
    GroupSeatFactory.create_batch(
        count, group__partnership=scene.partnership, person=role.person, organisation=scene.employer
    )
    for _turn in range(count):
        scene.placement()
        scene.placement(supervisor=role)
    page_of(client, role, manager)
    with django_assert_num_queries(10):
        client.get(address_of(role))
    login(client, scene.contact).get(gaps(scene))
    with django_assert_num_queries(5):
        client.get(gaps(scene))
