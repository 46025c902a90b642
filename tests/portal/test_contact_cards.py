"""Who can be asked stands on the page it is about, with what that person shows; what someone hides stands nowhere on it."""

from functools import partial

import pytest
from django.urls import reverse

from accounts.enums import Role
from agreements.models import AgreementVersion
from core.models import OutgoingMail
from partnerships.enums import Audience
from partnerships.models import ContactCard
from placements.enums import PlacementState
from placements.mail.placements import employer_placement_confirmed
from placements.models import Placement
from tests.agreements.cases import agreement_case
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.partnerships import ContactCardFactory
from tests.factories.placements import SupervisionFactory
from tests.factories.students import StudentFactory
from tests.helpers import login, member
from tests.placements.scene import Scene

pytestmark = pytest.mark.django_db
OWN_WORDS = "Bel gerust op maandag"


def shows(user, **choices):
    """What someone shows, in place of what was chosen before."""
    user.person.phone = "0612345678"
    user.person.save()
    ContactCard.objects.filter(person=user.person).delete()
    ContactCardFactory(person=user.person, line=OWN_WORDS, **choices)


def text(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def own_student(scene):
    """An enrolment of someone with an account."""
    return scene.enrolment(student=StudentFactory(person=UserFactory().person))


def placement_page(scene):
    placement = scene.placement(enrolment=own_student(scene))
    SupervisionFactory(placement=placement, membership=scene.supervisor.person.memberships.get())
    return placement.get_absolute_url(), scene.teacher, [scene.supervisor, scene.contact]


def own_placement_page(scene):
    placement = scene.placement(enrolment=own_student(scene))
    SupervisionFactory(placement=placement, membership=scene.supervisor.person.memberships.get())
    return placement.get_absolute_url(), placement.student.person.user, [scene.supervisor, scene.teacher]


def proposal_page(scene):
    return scene.match().get_absolute_url(), scene.contact, [scene.teacher]


def own_proposal_page(scene):
    match = scene.agreed(enrolment=own_student(scene))
    return match.get_absolute_url(), match.enrolment.student.person.user, [scene.contact, scene.teacher]


def slot_page(scene):
    return scene.slot().get_absolute_url(), scene.teacher, [scene.contact]


def agreement_page(_scene):
    case = agreement_case()
    trainer = member(case.employer, Role.PRACTICE_TRAINER)
    rows = AgreementVersion.objects.filter(agreement=case.agreement)
    assert rows.update(trainer=trainer.person.memberships.get()) == 1
    return case.agreement.get_absolute_url(), case.student, [trainer]


def supervisor_page(scene):
    return reverse("students:supervisor-start"), scene.supervisor, [scene.contact]


PAGES = [
    placement_page,
    own_placement_page,
    proposal_page,
    own_proposal_page,
    slot_page,
    agreement_page,
    supervisor_page,
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_who_can_be_asked_stands_on_the_page_with_what_is_shown(client, scene, page):
    address, reader, named = page(scene)
    login(client, reader)
    for user in named:
        shows(user, show_phone=Audience.PARTNERSHIPS, show_email=Audience.PARTNERSHIPS)
    content = text(client, address)
    for user in named:
        assert user.person.full_name in content
        assert f'href="mailto:{user.person.address}"' in content
        assert f'href="tel:{user.person.phone}"' in content
    assert content.count(OWN_WORDS) >= len(named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_what_someone_hides_stands_nowhere_on_the_page(client, scene, page):
    address, reader, named = page(scene)
    login(client, reader)
    for user in named:
        shows(user, show_line=Audience.NOBODY, show_phone=Audience.NOBODY, show_email=Audience.NOBODY)
    content = text(client, address)
    for user in named:
        assert user.person.full_name in content
        assert user.person.address not in content
    assert "0612345678" not in content
    assert OWN_WORDS not in content


def test_address_that_a_student_hides_stands_on_no_page_of_the_place(client, scene):
    placement = scene.placement(enrolment=own_student(scene), state=PlacementState.CONFIRMED)
    student = placement.student.person.user
    login(client, scene.contact)
    assert student.person.address in text(client, placement.get_absolute_url())
    shows(student, show_email=Audience.NOBODY)
    content = text(client, placement.get_absolute_url())
    assert student.person.full_name in content
    assert student.person.address not in content


def test_address_that_a_student_hides_is_not_on_the_page_of_the_enrolment(client, scene):
    own, invited = own_student(scene), scene.enrolment(student=StudentFactory(person=PersonFactory()))
    user = own.student.person.user
    login(client, scene.teacher)
    page = partial(reverse, "enrolment-detail")
    where = [scene.school.slug, scene.cohort.public_id]
    assert user.person.address in text(client, page(args=[*where, own.public_id]))
    shows(user, show_email=Audience.NOBODY)
    assert user.person.address not in text(client, page(args=[*where, own.public_id]))
    # whom the school still invites there, the school knows by the address
    assert invited.student.address in text(client, page(args=[*where, invited.public_id]))


def test_address_that_a_supervisor_hides_is_not_in_the_list(client, scene):
    login(client, scene.contact)
    listed = reverse("placements:supervisor-list", args=[scene.employer.slug])
    assert scene.supervisor.person.address in text(client, listed)
    shows(scene.supervisor, show_email=Audience.NOBODY)
    content = text(client, listed)
    assert scene.supervisor.person.full_name in content
    assert scene.supervisor.person.address not in content
    file = client.get(listed, {"download": "csv"})
    assert scene.supervisor.person.address not in b"".join(file).decode()


def test_who_works_elsewhere_reads_the_name_alone(client, scene):
    slot = scene.slot(visibility="region")
    stranger = Scene().teacher
    login(client, stranger)
    content = text(client, slot.get_absolute_url())
    assert scene.contact.person.full_name in content
    # Shown to people one works with, unless chosen otherwise.
    assert scene.contact.person.address not in content


def test_address_that_a_student_hides_is_in_no_mail(scene):
    placement = scene.placement(enrolment=own_student(scene))
    employer_placement_confirmed(placement, [scene.contact.person])
    shows(placement.student.person.user, show_email=Audience.NOBODY)
    employer_placement_confirmed(Placement.objects.get(pk=placement.pk), [scene.contact.person])
    shown, hidden = OutgoingMail.objects.order_by("pk")
    assert placement.student.person.address in shown.body
    assert placement.student.person.address not in hidden.body
    assert "E-mailadres" not in hidden.body


@pytest.fixture
def scene():
    return Scene()
