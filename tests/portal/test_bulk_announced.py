"""What the page of an act on many rows announces about mails is what then lies in the outbox.

Each test has what a count of rows gets wrong: somebody with two rows, a row to which it cannot be done, a person in two
roles.
"""

import re

import pytest
from django.urls import reverse

from accounts.enums import Role
from agreements.models import Agreement
from core.models import OutgoingMail
from placements.enums import SlotState
from placements.models import Match
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import LocationFactory, MemberFactory, OrganisationFactory
from tests.factories.placements import MatchFactory, PlacementFactory
from tests.factories.students import StudentFactory
from tests.helpers import login, login_fresh, member
from tests.placements.scene import colleague
from tests.portal.bulk import accredit, let_sign, many, proposed, say_yes, scene_with_processes, sent
from ui.bulk import BulkAct

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scene_with_processes()


def act(client, path, **fields):
    """Press the button of an act: what its page announced, and who then got mails: each address with how many."""
    OutgoingMail.objects.all().delete()
    page = client.get(path)
    response = client.post(path, sent(page, **fields), follow=True)
    assert response.context.get("done"), response.content.decode()
    found: dict[str, int] = {}
    whole = OutgoingMail.objects.filter(told_in=None)  # what goes into a mail about all goes not by itself
    for to in whole.values_list("to_email", flat=True):
        found[to] = found.get(to, 0) + 1
    return [str(sentence) for sentence in page.context["mails"]], found


def numbers(sentence):
    return [int(number) for number in re.findall(r"\d+", sentence)]


def closing(scene, slots):
    rows = "&".join(f"rij={slot.public_id}" for slot in slots)
    return f"{reverse('placements:slots-close', args=[scene.employer.slug])}?{rows}"


def accepting(scene):
    return reverse("placements:matches-accept", args=[scene.employer.slug]) + "?rij=alle"


def test_plans_mail_nobody(client, scene):
    rows = [scene.enrolment() for _ in range(2)]
    assert act(login(client, scene.teacher), many("students:plans-make", scene, rows)) == ([], {})


def test_confirming_mails_nobody(client, scene):
    slots = [scene.slot() for _ in range(2)]
    PlacementFactory(slot=slots[0], enrolment=scene.enrolment())
    rows = "&".join(f"rij={slot.public_id}" for slot in slots)
    path = f"{reverse('placements:slots-confirm', args=[scene.employer.slug])}?{rows}"
    assert act(login(client, scene.contact), path) == ([], {})


def test_invitations_go_to_as_many_students_as_announced(client, scene):
    rows = [scene.enrolment(student=StudentFactory(person=PersonFactory())) for _ in range(2)]
    rows.append(scene.enrolment())  # has an account already
    (sentence,), told = act(login(client, scene.teacher), many("students:students-invite", scene, rows))
    assert numbers(sentence)[0] == len(told) == 2
    assert told == {row.student.address: 1 for row in rows[:2]}


def test_proposals_go_to_as_many_employers_as_announced(client, scene):
    """Two employers; at one of them somebody is contact person and practice trainer."""
    colleague(scene.contact, Role.PRACTICE_TRAINER)
    other = OrganisationFactory()
    MemberFactory(partnership=scene.partnership, organisation=other)
    trainer = member(other, Role.PRACTICE_TRAINER)
    scene.slot(seats=2)
    scene.slot(organisation=other, location=LocationFactory(organisation=other))
    rows = [scene.enrolment() for _ in range(4)]  # one more than there are seats
    (sentence,), told = act(login(client, scene.teacher), many("placements:students-propose", scene, rows))
    assert numbers(sentence) == [2]
    assert told == {scene.contact.email: 1, trainer.email: 1}


def test_yes_goes_to_as_many_students_as_announced(client, scene):
    """One of the students is proposed for two places."""
    twice, once = scene.enrolment(), scene.enrolment()
    for enrolment in (twice, twice, once):
        scene.match(enrolment=enrolment)
    (sentence,), told = act(login(client, scene.contact), accepting(scene))
    assert told == {twice.student.address: 1, once.student.address: 1}
    assert numbers(sentence) == [2]


def test_page_that_comes_back_announces_for_what_is_still_ticked(client, scene):
    slots = [scene.slot(), scene.slot()]
    for slot in slots:
        scene.placement(slot)
    employer, path = login(client, scene.contact), closing(scene, slots)
    back = employer.post(path, sent(employer.get(path), without=slots[:1]))  # no reason given
    assert back.context["form"].errors.keys() == {"reason"}
    assert [numbers(str(sentence)) for sentence in back.context["mails"]] == [[1]]


def test_closing_tells_as_many_as_announced(client, scene):
    """A place that is closed already has somebody too, and hears nothing."""
    closed, full, asked = scene.slot(state=SlotState.CLOSED), scene.slot(seats=2), scene.slot(seats=3)
    for slot in (closed, full, full):
        scene.placement(slot, seat_no=slot.placements.count() + 1)
    staying = [row.student.address for row in full.placements.all()]
    for _ in range(2):
        MatchFactory(slot=asked, enrolment=scene.enrolment(), proposed_by=scene.teacher.person)
    sentences, told = act(
        login(client, scene.contact), closing(scene, [closed, full, asked]), reason="De verbouwing begint."
    )
    assert [numbers(sentence) for sentence in sentences] == [[2], [2]]
    assert told == {scene.teacher.email: 1} | dict.fromkeys(staying, 1)


def ready_to_sign(client, scene, number=2):
    let_sign(scene)
    accredit(scene)
    rows, _response = proposed(login(client, scene.teacher), scene, number)
    page = login(client, scene.contact)
    page.post(accepting(scene), sent(page.get(accepting(scene))))
    say_yes(client, Match.objects.all())
    return rows


def test_signatures_are_asked_of_as_many_people_as_announced(client, scene):
    """One more person signs for the school besides the teacher, who asks and hears nothing."""
    rows = ready_to_sign(client, scene)
    path = many("agreements:agreements-ask", scene, [*rows, scene.enrolment()])
    (students, others), told = act(login(client, scene.teacher), path)
    assert (numbers(students), numbers(others)) == ([2], [1])
    assert told == {row.student.address: 1 for row in rows} | {scene.contact.email: 1}


def test_last_signatures_tell_the_parties_and_the_first_nobody(client, scene):
    rows = ready_to_sign(client, scene)
    act(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    (sentence,), told = act(login_fresh(client, scene.teacher), sign, agreed="on")
    assert (sentence, told) == (
        "Als iedereen een overeenkomst heeft getekend, krijgen de partijen een mail.",
        {},
    )
    for row in rows:
        own = login_fresh(client, row.student.person.user)
        agreement = Agreement.objects.for_page().get(placement__enrolment=row)
        data = {"version": agreement.pending.pk, "signer": "student", "agreed": "on"}
        own.post(reverse("agreements:agreement-sign", args=[agreement.public_id]), data)
    _sentences, told = act(login_fresh(client, scene.contact), sign, agreed="on")
    everyone = [scene.contact.email, scene.teacher.email, *(row.student.address for row in rows)]
    assert told == dict.fromkeys(everyone, 1)


HELD_BY = {
    "Accept": test_yes_goes_to_as_many_students_as_announced,
    "Ask": test_signatures_are_asked_of_as_many_people_as_announced,
    "CloseSlots": test_closing_tells_as_many_as_announced,
    "ConfirmSlots": test_confirming_mails_nobody,
    "Invite": test_invitations_go_to_as_many_students_as_announced,
    "MakePlans": test_plans_mail_nobody,
    "Propose": test_proposals_go_to_as_many_employers_as_announced,
    "Sign": test_last_signatures_tell_the_parties_and_the_first_nobody,
}


def test_every_act_is_held_here():
    """An act that is new gets a test of what it announces, and its row above."""

    def leaves(kind):
        found = kind.__subclasses__()
        return {name for one in found for name in leaves(one)} if found else {kind.__name__}

    assert leaves(BulkAct) == set(HELD_BY)
