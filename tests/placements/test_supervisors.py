"""Work supervisors: a role whose person may be without an account, and the students whom they guide for a time."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person
from accounts.services import invitations
from accounts.services.people import Name
from core.models import OutgoingMail
from partnerships.enums import MandateKind
from partnerships.services import memberships
from placements.models import Supervision, Supervisor
from placements.services import supervisors
from students.models import Enrolment, LearnerAccess
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.helpers import login, member
from tests.placements.scene import Scene, actor, in_days

pytestmark = pytest.mark.django_db
ANS = Name(first_name="Ans", last_name="Terpstra")


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def known(scene):
    return Supervisor.objects.get(person=scene.supervisor.person)


def sees(user) -> bool:
    return Enrolment.objects.visible_to(actor(user)).exists()


def running(membership) -> bool:
    return LearnerAccess.objects.running().filter(membership=membership.pk).exists()


def test_hand_over_moves_the_plan_from_one_to_the_other(scene, known, outbox):
    placement, by = scene.placement(), actor(scene.contact)
    for _press in range(2):
        supervisors.hand_over(placement_id=placement.pk, to=known, by=by, read=None)
    assert sees(scene.supervisor)
    assert outbox() == [("supervisor_placement_assigned", scene.supervisor.email)]
    other = SupervisorFactory(organisation=scene.employer)
    supervisors.hand_over(placement_id=placement.pk, to=other, by=by, read=None)
    assert not sees(scene.supervisor)
    assert running(other)
    assert placement.supervisor == other
    assert Supervision.objects.count() == 2  # who guided before stays known


def test_hand_over_on_a_day_leaves_the_plan_with_the_former_until_then(scene, known):
    placement, by = scene.placement(), actor(scene.contact)
    supervisors.hand_over(placement_id=placement.pk, to=known, by=by, read=None)
    other = SupervisorFactory(organisation=scene.employer)
    supervisors.hand_over(placement_id=placement.pk, to=other, by=by, starts_on=in_days(5), read=None)
    assert sees(scene.supervisor)
    assert not running(other)
    former, following = Supervision.objects.order_by("starts_on", "pk")
    assert (former.ends_on, following.starts_on) == (in_days(4), in_days(5))


def days_of(placement):
    rows = Supervision.objects.filter(placement=placement, ended_at=None).order_by("starts_on", "pk")
    return [(row.membership_id, row.starts_on, row.ends_on) for row in rows]


def test_one_guides_at_a_time_however_often_another_day_or_person_is_chosen(scene, known):
    placement, by = scene.placement(scene.slot(starts_on=in_days(-30))), actor(scene.contact)
    second, third = SupervisorFactory.create_batch(2, organisation=scene.employer)

    def hand_over(to, days):
        supervisors.hand_over(placement_id=placement.pk, to=to, by=by, starts_on=in_days(days), read=None)

    hand_over(known, 0)
    hand_over(second, 5)
    hand_over(third, 9)
    first = (known.pk, in_days(0), in_days(4))
    assert days_of(placement) == [first, (second.pk, in_days(5), in_days(8)), (third.pk, in_days(9), None)]
    hand_over(third, 7)  # sooner than was arranged
    assert days_of(placement) == [first, (second.pk, in_days(5), in_days(6)), (third.pk, in_days(7), None)]
    hand_over(third, 12)  # later: until then as it was
    assert days_of(placement) == [first, (second.pk, in_days(5), in_days(6)), (third.pk, in_days(7), None)]
    hand_over(known, 0)  # stays after all
    assert days_of(placement) == [(known.pk, in_days(0), None)]


def test_who_leaves_before_the_first_day_never_sees_the_plan(scene, known):
    placement = scene.placement(scene.slot(starts_on=in_days(10)), supervisor=known)
    supervisors.hand_over(placement_id=placement.pk, to=None, by=actor(scene.contact), read=None)
    assert placement.supervisor is None
    assert not LearnerAccess.objects.open().filter(membership=known.pk).exists()


def test_hand_over_refuses_strangers_other_roles_who_left_and_ended_placements(scene):
    placement, by = scene.placement(), actor(scene.contact)
    left = SupervisorFactory(organisation=scene.employer)
    memberships.end(membership_id=left.pk, by=actor(member(scene.employer, Role.MANAGER)), read=None)
    left.refresh_from_db()
    for wrong in (SupervisorFactory(), left):
        with pytest.raises(ValidationError):
            supervisors.hand_over(placement_id=placement.pk, to=wrong, by=by, read=None)
    type(placement).objects.update(state="completed")
    with pytest.raises(ValidationError):
        supervisors.hand_over(placement_id=placement.pk, to=None, by=by, read=None)


def test_end_of_the_role_ends_the_supervision_and_leaves_no_name_behind(scene, known):
    slot = scene.slot(supervisor=known)
    placement = scene.placement(slot, supervisor=known)
    assert sees(scene.supervisor)
    memberships.end(membership_id=known.pk, by=actor(member(scene.employer, Role.MANAGER)), read=None)
    assert not sees(scene.supervisor)
    assert placement.supervisor is None
    slot.refresh_from_db()
    assert slot.names is None
    assert not Supervisor.objects.running().exists()


def test_access_ends_with_the_role_even_past_the_service(scene, known):
    """The access is a view of what is stored, so no writer can leave it behind."""
    scene.placement(supervisor=known)
    assert running(known)
    Supervisor.objects.filter(pk=known.pk).update(ends_on=in_days(-1))
    assert not running(known)


def test_supervisor_without_account_guides_from_the_first_day_and_finds_it_after_an_invitation(scene):
    named = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    assert (
        supervisors.add(
            organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
        )
        == named
    )
    scene.placement(supervisor=named)
    assert running(named)
    manager = actor(member(scene.employer, Role.MANAGER))
    invited = memberships.invite(
        organisation_id=scene.employer.pk,
        email="ans@zorg.example",
        role=Role.SUPERVISOR,
        by=manager,
        name=ANS,
        may_consent=True,
    )
    assert invited.invitation.person == named.person
    kept = memberships.begin(invitation=invited, person=named.person)
    assert kept.pk == named.pk
    assert kept.mandates.running().get().kind == MandateKind.CONSENT


def test_assigned_supervisor_without_account_gets_a_mail_without_a_link(scene):
    placement = scene.placement()
    named = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    supervisors.hand_over(placement_id=placement.pk, to=named, by=actor(scene.contact), read=None)
    told = OutgoingMail.objects.get(kind="supervisor_placement_assigned")
    assert told.to_email == "ans@zorg.example"
    assert placement.get_absolute_url() not in told.body


def test_name_and_address_are_corrected_until_there_is_an_account(scene, known):
    by = actor(scene.contact)
    named = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    supervisors.correct(
        membership_id=named.pk, name=Name(first_name="Anneke"), email="anneke@zorg.example", by=by, read=None
    )
    named.person.refresh_from_db()
    assert (named.person.first_name, named.person.email) == ("Anneke", "anneke@zorg.example")
    with pytest.raises(ValidationError):  # the colleague has that one
        supervisors.correct(membership_id=named.pk, name=ANS, email=scene.supervisor.email, by=by, read=None)
    with pytest.raises(ValidationError):  # whose account it is
        supervisors.correct(membership_id=known.pk, name=ANS, email="ans@zorg.example", by=by, read=None)


def test_address_known_elsewhere_tells_nothing(scene):
    elsewhere = SupervisorFactory(person=PersonFactory(email="ans@zorg.example"))
    named = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    assert named.person != elsewhere.person


# One of one's own people before someone new


@pytest.fixture
def bo(scene):
    return MembershipFactory(
        person__user=None,
        person__first_name="Bo",
        person__last_name="Jansen",
        person__email="bo@zorg.example",
        organisation=scene.employer,
        role=Role.PRACTICE_TRAINER,
    ).person


NEW = {"first_name": "Bo", "last_name": "Janssen", "email": "bo.janssen@prive.example"}


@pytest.fixture
def adding(client, scene):
    login(client, scene.contact)
    url = reverse("placements:supervisor-create", args=[scene.employer.slug])
    return lambda **more: client.post(url, {**NEW, **more})


def names(scene):
    return sorted(
        str(row)
        for row in Supervisor.objects.filter(
            organisation=scene.employer, person__last_name__startswith="Jans"
        )
    )


def test_new_supervisor_who_may_be_someone_there_is_asked_about(scene, adding, bo):
    page = adding().content.decode()
    assert "Is dit dezelfde persoon?" in page
    assert "Bo Jansen, bo@zorg.example, praktijkopleider" in page
    assert NEW["email"] in page
    assert names(scene) == []
    assert adding(likely=bo.pk).status_code == 302
    assert Supervisor.objects.get(person=bo).organisation == scene.employer
    assert Person.objects.filter(last_name="Janssen").count() == 0


def test_someone_else_of_nearly_the_name_becomes_a_supervisor_too(scene, adding, bo):
    assert adding(likely=f"another.{bo.pk}").status_code == 302
    assert names(scene) == ["Bo Janssen"]


@pytest.mark.parametrize("answer", ["", "99999999", "another", "x" * 900])
def test_no_answer_and_nonsense_are_asked_again(scene, adding, bo, answer):
    page = adding(likely=answer)
    assert page.status_code == 200
    assert "Zeg of het een van deze is." in page.content.decode()
    assert names(scene) == []


def test_people_of_others_are_not_told_of(scene, adding):
    stranger = MembershipFactory(person__first_name="Bo", person__last_name="Jansen").person
    assert adding().status_code == 302
    assert names(scene) == ["Bo Janssen"]
    add = {"name": Name(first_name="Bo"), "email": "bo@elders.example", "known": stranger}
    with pytest.raises(ValidationError, match="niet bekend"):
        supervisors.add(organisation_id=scene.employer.pk, by=actor(scene.contact), **add)


def test_correcting_a_name_asks_nothing(client, scene, bo):
    row = SupervisorFactory(organisation=scene.employer)
    login(client, scene.contact)
    url = reverse("placements:supervisor-edit", args=[scene.employer.slug, row.public_id])
    assert client.post(url, {**NEW, "read": row.person.row_version}).status_code == 302


def test_address_that_was_wrong_opens_nothing_once_it_is_put_right(scene):
    """What went to the wrong mailbox is a stranger's: its link gives neither an account nor students."""
    manager = actor(member(scene.employer, Role.MANAGER))
    row = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="fout@elders.example"
    )
    scene.placement(supervisor=row)
    memberships.invite(
        organisation_id=scene.employer.pk,
        email="fout@elders.example",
        role=Role.SUPERVISOR,
        by=manager,
        name=ANS,
        known=row.person,
    )
    wrong = OutgoingMail.objects.latest("pk")
    supervisors.correct(
        membership_id=row.pk, name=ANS, email="goed@zorg.example", by=actor(scene.contact), read=None
    )
    token = wrong.link.rstrip("/").rpartition("/")[2]
    with pytest.raises(invitations.InvitationUnusable):
        invitations.accept_as_new(
            token=token, first_name="Vreemd", last_name="Eling", password="een lang wachtwoord"
        )
    assert OutgoingMail.objects.latest("pk").to_email == "goed@zorg.example"


def test_invitation_to_a_role_that_was_ended_does_not_begin_it_anew(scene):
    manager = actor(member(scene.employer, Role.MANAGER))
    row = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    invited = memberships.invite(
        organisation_id=scene.employer.pk,
        email="ans@zorg.example",
        role=Role.SUPERVISOR,
        by=manager,
        name=ANS,
        known=row.person,
    )
    memberships.end(membership_id=row.pk, by=manager, read=None)
    invited.invitation.refresh_from_db()
    assert invited.invitation.revoked_at


def test_whom_others_know_too_is_corrected_by_an_administrator(client, scene):
    row = supervisors.add(
        organisation_id=scene.employer.pk, by=actor(scene.contact), name=ANS, email="ans@zorg.example"
    )
    MembershipFactory(person=row.person, role=Role.SUPERVISOR)
    with pytest.raises(ValidationError, match="beheerder"):
        supervisors.correct(
            membership_id=row.pk, name=ANS, email="anders@zorg.example", by=actor(scene.contact), read=None
        )
    login(client, scene.contact)
    edit = reverse("placements:supervisor-edit", args=[scene.employer.slug, row.public_id])
    assert "beheerder" in client.get(edit, follow=True).content.decode()
