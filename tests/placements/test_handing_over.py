"""A supervisor leaves on a day that is chosen: each student, and each place, goes to whom was chosen for it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.services import memberships, returns
from placements.forms.placements import PlacementSupervisorForm
from placements.models import Slot, Supervisor
from placements.queries.supervising import candidates, guided_by_nobody, key_of
from placements.services import placements, supervisors
from students.models import LearnerAccess
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.helpers import at_noon, login, member
from tests.placements.scene import actor, in_days
from ui.formats import day

GONE = 10  # days until the last one


@pytest.fixture
def role(scene) -> Supervisor:
    return Supervisor.objects.get(person=scene.supervisor.person)


@pytest.fixture
def manager(scene):
    return member(scene.employer, Role.MANAGER)


@pytest.fixture
def joke(scene) -> Supervisor:
    return SupervisorFactory(organisation=scene.employer, person__first_name="Joke")


@pytest.fixture
def ans(scene) -> Supervisor:
    return SupervisorFactory(organisation=scene.employer, person__first_name="Ans")


def end(role, manager, last_day=None, **successors):
    chosen = {key.replace("_", "-"): value for key, value in successors.items()}
    memberships.end(membership_id=role.pk, by=actor(manager), last_day=last_day, successors=chosen, read=None)


def guide_on(placement, days: int) -> list[Supervisor]:
    """Who guides the student so many days from now."""
    rows = placement.supervisions.filter(ended_at=None).select_related("membership")
    on = in_days(days)
    return [
        row.membership for row in rows if row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)
    ]


def address_of(membership):
    return reverse("partnerships:people-end", args=[membership.organisation.slug, membership.public_id])


def running(scene, role, **fields):
    return scene.placement(supervisor=role, starts_on=in_days(-40), ends_on=in_days(90), **fields)


# To whom


def test_each_student_goes_to_whom_was_chosen_and_the_others_to_one_for_all(
    scene, role, manager, joke, ans, outbox
):
    first, second, third = (running(scene, role) for _turn in range(3))
    end(role, manager, students=joke.pk, **{f"students_{second.pk}": ans.pk, f"students_{third.pk}": 0})
    assert [guide_on(row, 0) for row in (first, second, third)] == [[joke], [ans], []]
    sent = outbox()
    for new in (joke, ans):
        assert ("supervisor_students_handed_over", new.person.address) in sent
    assert ("employer_supervisor_left", scene.contact.email) in sent
    assert ("student_supervisor_left", third.student.address) in sent


def test_page_asks_for_each_student_by_name_of_who_knows_them_only(client, scene, role, manager, joke):
    first, second = running(scene, role), running(scene, role)
    page = login(client, manager).get(address_of(role)).content.decode()
    assert first.student.full_name not in page
    assert f"Iemand anders voor student {first.seat_no} op “{first.slot.title}”" in page
    MembershipFactory(person=manager.person, organisation=scene.employer, role=Role.CONTACT)
    for person in (manager, scene.supervisor):
        page = login(client, person).get(address_of(role)).content.decode()
        assert f"Iemand anders voor {second.student.full_name}?" in page


def test_page_hands_over_what_was_chosen_on_it(client, scene, role, manager, joke, ans):
    first, second = running(scene, role), running(scene, role)
    slot = scene.slot(supervisor=role)
    login(client, manager)
    sent = {"students": joke.pk, key_of(second.pk): ans.pk, "slots": ans.pk, "read": role.row_version}
    client.post(address_of(role), {**sent, "last_day": in_days(GONE).isoformat()})
    for row, new in ((first, joke), (second, ans)):
        assert (guide_on(row, GONE), guide_on(row, GONE + 1)) == ([role], [new])
    slot.refresh_from_db()
    assert slot.names == ans


@pytest.mark.parametrize("wrong", ["nonsense", "elsewhere"])
def test_who_cannot_take_over_is_refused_at_the_field(client, scene, role, manager, joke, wrong):
    first, second = running(scene, role), running(scene, role)
    to = {"nonsense": "99999999999999999999", "elsewhere": SupervisorFactory().pk}[wrong]
    login(client, manager)
    page = client.post(address_of(role), {key_of(second.pk): to, "read": role.row_version})
    assert page.status_code == 200
    assert f'href="#id_{key_of(second.pk)}"' in page.content.decode()
    with pytest.raises(ValidationError, match="dezelfde werkgever"):
        end(role, manager, **{f"students_{second.pk}": SupervisorFactory().pk})
    assert guide_on(first, 0) == [role]


# On which day


def test_who_leaves_on_a_day_guides_until_then_and_the_next_from_the_day_after(
    scene, role, manager, joke, outbox
):
    placement = running(scene, role)
    end(role, manager, in_days(GONE), students=joke.pk)
    assert (guide_on(placement, GONE), guide_on(placement, GONE + 1)) == ([role], [joke])
    with at_noon(GONE):
        assert set(LearnerAccess.objects.running().values_list("membership", flat=True)) == {None, role.pk}
    with at_noon(GONE + 1):
        assert set(LearnerAccess.objects.running().values_list("membership", flat=True)) == {None, joke.pk}
    kinds = ("supervisor_students_handed_over", "student_supervisor_changed", "teacher_supervisor_changed")
    for kind in kinds:
        assert day(in_days(GONE)) in OutgoingMail.objects.get(kind=kind).body
    assert "employer_supervisor_left" not in [kind for kind, _address in outbox()]


def test_nobody_left_without_is_a_task_before_the_day_and_mails_name_the_day(
    client, scene, role, manager, joke
):
    """By parties_supervisor_left: employer_supervisor_left.txt, student_supervisor_left.txt, teacher_supervisor_left.txt."""
    placement = running(scene, role)
    end(role, manager, in_days(GONE))
    assert guide_on(placement, GONE) == [role]
    for kind in ("employer_supervisor_left", "student_supervisor_left", "teacher_supervisor_left"):
        assert day(in_days(GONE)) in OutgoingMail.objects.get(kind=kind).body
    assert list(guided_by_nobody()) == [placement]
    page = login(client, scene.contact).get(reverse("placements:supervisor-gaps", args=[scene.employer.slug]))
    assert f"{role.name} begeleidt nu, en gaat weg." in page.content.decode()
    listed = client.get(reverse("placements:supervisor-list", args=[scene.employer.slug])).content.decode()
    assert f"tot en met {day(in_days(GONE))}" in " ".join(listed.split())
    supervisors.fill_gaps(chosen={placement.pk: joke}, by=actor(scene.contact))
    assert (guide_on(placement, GONE), guide_on(placement, GONE + 1)) == ([role], [joke])
    assert not guided_by_nobody().exists()


def test_days_before_the_next_one_are_a_task_and_whoever_fills_them_guides_until_then(
    scene, role, manager, joke, ans
):
    placement, by = running(scene, role), actor(scene.contact)
    supervisors.hand_over(placement_id=placement.pk, to=joke, by=by, starts_on=in_days(30), read=None)
    assert not guided_by_nobody().exists()
    end(role, manager)
    assert list(guided_by_nobody()) == [placement]
    supervisors.fill_gaps(chosen={placement.pk: ans}, by=by)
    assert not guided_by_nobody().exists()
    assert [guide_on(placement, days) for days in (0, 29, 30)] == [[ans], [ans], [joke]]


def test_last_day_far_ahead_is_no_task_yet(scene, role, manager):
    running(scene, role)
    end(role, manager, in_days(40))
    assert not guided_by_nobody().exists()
    with at_noon(30):
        assert guided_by_nobody().exists()


def test_what_was_arranged_for_later_stays(scene, role, manager, joke, ans):
    placement = running(scene, role)
    supervisors.hand_over(
        placement_id=placement.pk, to=ans, by=actor(scene.contact), starts_on=in_days(5), read=None
    )
    end(role, manager, in_days(GONE), students=joke.pk)
    assert (guide_on(placement, 4), guide_on(placement, GONE + 1)) == ([role], [ans])


def test_student_who_leaves_sooner_is_handed_to_nobody(scene, role, manager, joke, outbox):
    placement = scene.placement(supervisor=role, starts_on=in_days(-40), ends_on=in_days(5))
    end(role, manager, in_days(GONE), students=joke.pk)
    assert guide_on(placement, 5) == [role]
    assert outbox() == [("person_role_ended", scene.supervisor.email)]


def test_who_leaves_is_named_for_nothing_new(scene, role, manager, joke):
    placement, slot = running(scene, role), scene.slot(supervisor=role)
    end(role, manager, in_days(GONE))
    assert role not in candidates(scene.employer.pk)
    other = running(scene, joke)
    assert role not in PlacementSupervisorForm(placement=other).fields["supervisor"].queryset
    role.refresh_from_db()
    with pytest.raises(ValidationError, match="gaat weg"):
        supervisors.hand_over(placement_id=placement.pk, to=role, by=actor(scene.contact), read=None)
    slot.refresh_from_db()
    match = scene.agreed(slot)
    student = actor(match.enrolment.student.person.user)
    new = placements.place(match_id=match.pk, by=student)
    assert not new.supervisions.exists()


# It is taken back


@pytest.mark.parametrize("last_day", [None, in_days(GONE)])
def test_role_that_goes_on_has_students_and_places_back(scene, role, manager, last_day):
    placement, later = (
        running(scene, role),
        scene.placement(supervisor=role, starts_on=in_days(40), ends_on=in_days(90)),
    )
    slot = scene.slot(supervisor=role)
    end(role, manager, last_day)
    slot.refresh_from_db()
    assert slot.names is None
    returns.role(membership_id=role.pk, by=actor(manager), read=None)
    assert [guide_on(row, 50) for row in (placement, later)] == [[role], [role]]
    slot.refresh_from_db()
    assert slot.names == role


@pytest.mark.parametrize("last_day", [None, in_days(GONE)])
def test_what_was_handed_over_comes_back_with_the_role(scene, role, manager, joke, last_day, outbox):
    placement, slot = running(scene, role), scene.slot(supervisor=role)
    closed = scene.slot(supervisor=role, state="closed")
    end(role, manager, last_day, students=joke.pk, slots=joke.pk)
    slot.refresh_from_db()
    assert (guide_on(placement, GONE + 1), slot.names) == ([joke], joke)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
    assert returns.role(membership_id=role.pk, by=actor(manager), read=None) == []
    assert [guide_on(placement, days) for days in (0, GONE + 1)] == [[role], [role]]
    for row in (slot, closed):
        row.refresh_from_db()
        assert row.names == role
    assert ("reader_act_taken_back", joke.person.address) in outbox()


def test_what_was_changed_meanwhile_stays_with_who_has_it_and_is_said(
    client, scene, role, manager, joke, ans
):
    placement, slot = running(scene, role), scene.slot(supervisor=role)
    end(role, manager, in_days(GONE), students=joke.pk, slots=joke.pk)
    supervisors.hand_over(
        placement_id=placement.pk, to=ans, by=actor(scene.contact), starts_on=in_days(20), read=None
    )
    Slot.objects.filter(pk=slot.pk).update(supervisor=ans)
    role.refresh_from_db()
    address = reverse("partnerships:people-take-back", args=[scene.employer.slug, role.public_id])
    page = login(client, manager).post(address, {"read": role.row_version}, follow=True).content.decode()
    assert "1 student blijft bij wie nu begeleidt. Bij 1 plek staat nu iemand anders als begeleider." in page
    assert [guide_on(placement, days) for days in (GONE, GONE + 1, 20)] == [[role], [joke], [ans]]


def test_who_guided_meanwhile_does_not_keep_away_who_comes_back(scene, role, manager, joke):
    placement, by = running(scene, role), actor(scene.contact)
    end(role, manager)
    supervisors.fill_gaps(chosen={placement.pk: joke}, by=by)
    supervisors.hand_over(placement_id=placement.pk, to=None, by=by, starts_on=in_days(3), read=None)
    with at_noon(5):
        returns.role(membership_id=role.pk, by=actor(manager), read=None)
        assert guide_on(placement, 0) == [role]


def test_who_was_taken_off_a_student_since_stays_off_when_the_role_goes_on(scene, role, manager):
    placement = running(scene, role)
    end(role, manager, in_days(GONE))
    supervisors.hand_over(placement_id=placement.pk, to=None, by=actor(scene.contact), read=None)
    returns.role(membership_id=role.pk, by=actor(manager), read=None)
    assert not placement.supervisions.standing().exists()
