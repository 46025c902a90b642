"""One person gets one mail about all that one act on many places did, as it comes out of the SMTP server."""

import pytest
from django.urls import reverse

from core import outbox
from core.models import OutgoingMail
from placements.models import Slot
from placements.services import slots as service
from tests.factories.placements import MatchFactory
from tests.helpers import login
from tests.placements.scene import actor
from tests.portal.bulk import press, say_yes, scene_with_processes, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scene_with_processes()


@pytest.fixture
def places(scene):
    """Three places: a student learns at each of the first two, and two students are proposed for the third."""
    found = [scene.slot(seats=3) for _ in range(3)]
    scene.placed = [scene.placement(slot) for slot in found[:2]]
    by = scene.teacher.person
    scene.matches = [
        MatchFactory(slot=found[2], enrolment=scene.enrolment(), proposed_by=by) for _ in range(2)
    ]
    return found


def close(client, scene, places):
    page = reverse("placements:slots-close", args=[scene.employer.slug])
    rows = "&".join(f"rij={slot.public_id}" for slot in places)
    response = press(client, f"{page}?{rows}", reason="De verbouwing begint.")
    assert "3 plekken gesloten" in response.content.decode()
    return response


def arrived(smtp_server):
    """What came since the last look: each address with its subject and text."""
    outbox.deliver_due()
    found = [(mail["To"], mail["Subject"], mail.get_content()) for mail in smtp_server.messages]
    smtp_server.messages.clear()
    return found


def test_closing_many_places_tells_each_person_once(client, scene, places, smtp_server, socket_enabled):
    close(login(client, scene.contact), scene, places)
    mails = arrived(smtp_server)
    teacher, students = scene.teacher.email, [row.student.address for row in scene.placed]
    assert sorted(to for to, _subject, _text in mails) == sorted([teacher, *students])
    (text,) = [text for to, _subject, text in mails if to == teacher]
    told = [row.student.first_name for row in scene.placed]
    told += [row.enrolment.student.first_name for row in scene.matches]
    assert all(name in text for name in told)
    assert text.count("http") >= 4  # each with its page
    assert "De verbouwing begint." in text
    assert f"- {scene.contact.person.full_name}, " in text  # whom to ask: the employer


def test_opening_them_again_before_it_went_stops_it(client, scene, places, smtp_server, socket_enabled):
    employer = login(client, scene.contact)
    response = close(employer, scene, places)
    take_back(employer, response)
    assert arrived(smtp_server) == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {OutgoingMail.State.CANCELLED}


def test_opening_one_again_takes_its_line_out(client, scene, places, smtp_server, socket_enabled):
    close(login(client, scene.contact), scene, places)
    service.reopen(slot_id=places[0].pk, by=actor(scene.contact), read=None)
    mails = arrived(smtp_server)
    gone, stays = (row.student for row in scene.placed)
    assert gone.address not in {to for to, _subject, _text in mails}
    (text,) = [text for to, _subject, text in mails if to == scene.teacher.email]
    assert (f"waar {gone.first_name} leert" in text, f"waar {stays.first_name} leert" in text) == (
        False,
        True,
    )


def test_opening_them_again_after_it_went_is_told_once_too(
    client, scene, places, smtp_server, socket_enabled
):
    employer = login(client, scene.contact)
    response = close(employer, scene, places)
    arrived(smtp_server)
    take_back(employer, response)
    assert set(Slot.objects.values_list("state", flat=True)) == {"online"}
    back = [text for to, _subject, text in arrived(smtp_server) if to == scene.teacher.email]
    (text,) = [text for text in back if str(scene.contact.person) in text]
    assert all(f"waar {row.student.first_name} leert" in text for row in scene.placed)


def test_opening_one_again_after_it_went_is_answered_with_its_part(
    client, scene, places, smtp_server, socket_enabled
):
    close(login(client, scene.contact), scene, places)
    arrived(smtp_server)
    service.reopen(slot_id=places[0].pk, by=actor(scene.contact), read=None)
    (subject,) = [subject for to, subject, _text in arrived(smtp_server) if to == scene.teacher.email]
    name = scene.placed[0].student.first_name
    assert subject == f"Teruggedraaid: {scene.employer} sluit een plek waar {name} leert"


def test_student_hears_once_of_several_places_at_one_employer(client, scene, smtp_server, socket_enabled):
    """student_matches_agreed: with a page for each answer; taken back it goes no further."""
    enrolment = scene.enrolment()
    matches = [scene.match(enrolment=enrolment) for _ in range(2)]
    employer = login(client, scene.contact)
    response = press(employer, reverse("placements:matches-accept", args=[scene.employer.slug]) + "?rij=alle")
    ((to, subject, text),) = arrived(smtp_server)
    assert (to, subject) == (
        enrolment.student.address,
        f"{scene.employer} heeft plekken voor je: zeg ja of nee",
    )
    assert all(match.get_absolute_url() in text for match in matches)
    take_back(employer, response)
    ((to, subject, _text),) = arrived(smtp_server)
    assert (to, subject) == (enrolment.student.address, "Er is een aantal dingen teruggedraaid")


def test_who_proposed_a_student_to_several_hears_once_that_they_ended(
    client, scene, smtp_server, socket_enabled
):
    """parties_matches_ended: the student said yes elsewhere."""
    enrolment = scene.enrolment()
    others = [scene.match(enrolment=enrolment) for _ in range(2)]
    say_yes(client, [scene.agreed(enrolment=enrolment)])
    mails = arrived(smtp_server)
    for reader in (scene.teacher, scene.contact):
        ended = [
            text
            for to, subject, text in mails
            if (to, subject) == (reader.email, "Er zijn voorstellen gestopt")
        ]
        assert len(ended) == 1
        assert all(match.get_absolute_url() in ended[0] for match in others)
    assert f"- {scene.teacher.person.full_name}, " in ended[0]  # whom the employer asks


def close_one(client, scene, slot):
    page = reverse("placements:slot-close", args=[scene.employer.slug, slot.public_id])
    data = {"reason": "De verbouwing begint.", "read": client.get(page).context["read"]}
    return client.post(page, data)


def test_closing_one_place_tells_the_teacher_of_all_its_students_once(
    client, scene, smtp_server, socket_enabled
):
    slot = scene.slot(seats=4)
    placed = [scene.placement(slot, seat_no=number) for number in (1, 2)]
    proposed = [scene.match(slot) for _ in range(2)]
    close_one(login(client, scene.contact), scene, slot)
    mails = [mail for mail in arrived(smtp_server) if mail[0] == scene.teacher.email]
    ((_to, subject, text),) = mails
    assert subject == f"{scene.employer} sluit een plek"
    told = [row.student.first_name for row in placed]
    told += [row.enrolment.student.first_name for row in proposed]
    assert all(name in text for name in told)
    service.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    back = [mail for mail in arrived(smtp_server) if mail[0] == scene.teacher.email]
    ((_to, _subject, text),) = back
    assert all(row.student.first_name in text for row in placed)
