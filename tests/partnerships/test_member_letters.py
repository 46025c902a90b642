"""A coordinator writes to many in one act: shown first, once a day, answers to the writer, kept."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from core.versions import NO_PAGE, Changed
from partnerships.actors import actor_of
from partnerships.models import MemberLetter
from partnerships.services import member_letters as service
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MemberLetterFactory,
    SignUpFactory,
)
from tests.helpers import at_noon, closed, login, member

pytestmark = pytest.mark.django_db

LETTER = {"subject": "De bijeenkomst van maart", "text": "We beginnen om twee uur.\n\nTot dan!"}


def write(partnership) -> str:
    return reverse("partnerships:coordination-letter-write", args=[partnership.slug])


def shown(client, partnership, audience="iedereen", **typed):
    page = client.post(write(partnership), {"audience": audience, **LETTER, **typed})
    assert page.status_code == 200
    return page


def send(client, partnership, page, audience="iedereen", **typed):
    data = {"audience": audience, **LETTER, **typed, "read": page.context["edition"], "send": "1"}
    return client.post(write(partnership), data)


def mailed() -> set[str]:
    return set(OutgoingMail.objects.values_list("to_email", flat=True))


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership, organisation__name="Zorggroep De Linde")


@pytest.fixture
def manager(joined):
    return member(joined.organisation, Role.MANAGER)


def test_letter_goes_to_who_speaks_for_each_member_after_they_were_shown(
    client, coordinator, partnership, joined, manager
):
    contact = member(joined.organisation, Role.CONTACT)
    member(joined.organisation, Role.SUPERVISOR)
    closed(member(joined.organisation, Role.MANAGER))
    silent = MemberFactory(partnership=partnership, organisation__name="Het Stille Huis")
    page = shown(client, partnership)
    said = page.content.decode()
    assert not OutgoingMail.objects.exists()
    for told in ("2 mensen", manager.person.full_name, silent.organisation.name, coordinator.email):
        assert told in said
    answer = send(client, partnership, page)
    letter = MemberLetter.objects.get()
    assert answer.url.endswith(f"/berichten/{letter.public_id}/")
    assert mailed() == {manager.email, contact.email}
    assert (letter.recipients, letter.by_id) == (2, coordinator.person.pk)
    mail = OutgoingMail.objects.get(to_email=manager.email)
    assert mail.kind == "member_letter_written"
    assert (mail.subject, mail.reply_to) == (LETTER["subject"], coordinator.email)
    assert "Tot dan!" in mail.body
    assert "omdat je organisatie meedoet aan deze samenwerking" in mail.body
    assert "Tot dan!" in client.get(answer.url).content.decode()


def test_letter_to_a_group_goes_to_its_seats(client, coordinator, partnership, joined, manager):
    group = GroupFactory(partnership=partnership)
    user = member(joined.organisation, Role.COLLEAGUE)
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation)
    client_seat = GroupSeatFactory(group=group, of="client")
    to = f"groep-{group.public_id}"
    send(client, partnership, shown(client, partnership, to), to)
    assert mailed() == {user.email, client_seat.person.address}
    assert OutgoingMail.objects.first().kind == "people_letter_written"


def test_letter_to_a_call_goes_to_employers_that_confirmed_and_take_part(client, coordinator, partnership):
    call = CallFactory(partnership=partnership)
    confirmed = {"call": call, "confirmed_at": "2026-01-01T12:00+01:00"}
    signed_up = SignUpFactory(**confirmed)
    SignUpFactory(call=call, confirmed_at=None)
    SignUpFactory(**confirmed, state="dropped_out")
    to = f"oproep-{call.slug}"
    send(client, partnership, shown(client, partnership, to), to)
    assert mailed() == {signed_up.email}
    mail = OutgoingMail.objects.get()
    assert mail.kind == "employer_letter_written"
    assert call.slug in mail.link


def test_letter_is_changed_after_it_was_shown(client, coordinator, partnership, manager):
    page = client.post(write(partnership), {"audience": "iedereen", **LETTER, "change": "1"})
    assert "Tot dan!" in page.content.decode()
    assert 'name="send"' not in page.content.decode()


def test_others_than_were_shown_get_nothing(client, coordinator, partnership, joined, manager):
    page = shown(client, partnership)
    member(joined.organisation, Role.CONTACT)
    again = send(client, partnership, page)
    assert not OutgoingMail.objects.exists()
    assert "2 mensen" in again.content.decode()
    send(client, partnership, again)
    assert len(mailed()) == 2


def test_the_same_people_are_written_to_once_a_day(client, coordinator, partnership, joined, manager):
    group = GroupFactory(partnership=partnership)
    user = member(joined.organisation, Role.COLLEAGUE)
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation)
    send(client, partnership, shown(client, partnership))
    send(client, partnership, shown(client, partnership))  # pressed twice: the same one
    other = shown(client, partnership, subject="Nog iets")
    refused = send(client, partnership, other, subject="Nog iets")
    assert "Schrijf morgen weer" in refused.content.decode()
    to = f"groep-{group.public_id}"
    send(client, partnership, shown(client, partnership, to), to)
    assert MemberLetter.objects.count() == OutgoingMail.objects.count() == 2
    with at_noon(1):
        login(client, coordinator)
        send(client, partnership, shown(client, partnership, subject="Nog iets"), subject="Nog iets")
    assert MemberLetter.objects.count() == 3


def test_nobody_to_write_to_is_said(client, coordinator, partnership):
    page = shown(client, partnership)
    assert "niemand" in page.content.decode()
    assert 'name="send"' not in page.content.decode()
    letter = MemberLetter(partnership=partnership, **LETTER)
    with pytest.raises(ValidationError):
        service.send(letter=letter, read=NO_PAGE, by=actor_of(coordinator))


def test_group_of_another_partnership_is_refused(client, coordinator, partnership, manager):
    other = GroupFactory()
    page = client.post(write(partnership), {"audience": f"groep-{other.public_id}", **LETTER})
    assert page.context["form"].errors["audience"]
    letter = MemberLetter(partnership=partnership, group=other, **LETTER)
    with pytest.raises(ValidationError):
        service.send(letter=letter, read=NO_PAGE, by=actor_of(coordinator))


def test_an_old_list_is_no_list(coordinator, partnership, manager):
    letter = MemberLetter(partnership=partnership, **LETTER)
    with pytest.raises(Changed):
        service.send(letter=letter, read="1.2", by=actor_of(coordinator))


def test_chair_of_the_steering_group_writes_no_letters(client, partnership, joined):
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=partnership, kind="steering")
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation, is_chair=True)
    login(client, user)
    assert client.get(write(partnership)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_however_long(fetched_in, coordinator, partnership, number):
    for days in range(number):
        with at_noon(-days):
            MemberLetterFactory(partnership=partnership)
    fetched_in(4, reverse("partnerships:coordination-letters", args=[partnership.slug]))


@pytest.mark.parametrize("number", [1, 3])
def test_preview_costs_the_same_for_many(
    client, coordinator, partnership, joined, django_assert_num_queries, number
):
    for _each in range(number):
        member(joined.organisation, Role.MANAGER)
    shown(client, partnership)
    with django_assert_num_queries(9):
        shown(client, partnership)
