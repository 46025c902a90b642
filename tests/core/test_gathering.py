"""One mail for all that one act did: its parts, and what becomes of it when some of them are taken back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.mail import letters
from core import gathering, outbox, resending
from core.bulk import Picked, each
from core.models import OutgoingMail
from core.parts import line_of
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.core import StateChangeFactory
from tests.helpers import side_by_side

pytestmark = pytest.mark.django_db
S = OutgoingMail.State
TEXT = "accounts/mail/reader_act_taken_back.txt"  # any texts will do
OF_ALL = "placements/mail/parties_slots_closed.txt"


def tell(person, title, act, *, link="/mijn/"):
    context = {"title": title, "sent_at": timezone.now(), "by": "x", "reason": ""}
    letters.to_person(person, TEXT, link=link, about=act, **context)


def told_together(person, number=3):
    """One mail to a person about so many acts."""
    acts = [StateChangeFactory() for _ in range(number)]
    with (
        transaction.atomic(),
        letters.together(OF_ALL, link="/mijn/", employer="De Linde", reason="Verbouwing"),
    ):
        for index, act in enumerate(acts):
            tell(person, f"Plek {index}", act)
    return acts


@pytest.fixture
def reader():
    return UserFactory().person


def whole():
    return OutgoingMail.objects.get(kind="parties_slots_closed")


def bodies(smtp):
    return [message.get_payload(decode=True).decode() for message in smtp.messages]


def test_who_would_get_several_gets_one_and_who_gets_one_gets_that(smtp, reader):
    other = UserFactory().person
    with (
        transaction.atomic(),
        letters.together(OF_ALL, link="/mijn/", employer="De Linde", reason="Verbouwing"),
    ):
        tell(reader, "Plek een", StateChangeFactory(), link="/a/")
        tell(other, "Plek een", StateChangeFactory(), link="/a/")
        tell(reader, "Plek twee", StateChangeFactory(), link="/b/")
    assert outbox.deliver_due() == 2
    alone, several = smtp.messages if smtp.messages[0]["To"] == other.address else smtp.messages[::-1]
    assert (alone["To"], several["To"]) == (other.address, reader.address)
    text = several.get_payload(decode=True).decode()
    for part in OutgoingMail.objects.filter(person=reader, told_in__isnull=False):
        assert line_of(part) in text.replace("\r\n", "\n")
    assert "Reden: Verbouwing" in text


def test_what_a_refused_row_wrote_is_not_in_it(reader):
    def act(one):
        tell(reader, f"Plek {one.key}", StateChangeFactory())
        if one.key == "2":
            raise ValidationError("Nee.")
        return ""

    with transaction.atomic(), letters.together(OF_ALL, link="/", employer="De Linde", reason="x"):
        each([Picked(key, "") for key in "123"], act)
    body = whole().body
    assert ("Plek 1" in body, "Plek 2" in body, "Plek 3" in body) == (True, False, True)


def test_act_within_another_tells_with_the_widest(reader):
    with transaction.atomic(), letters.together(OF_ALL, link="/", employer="De Linde", reason="x"):
        tell(reader, "Plek 1", StateChangeFactory())
        with letters.reader_acts_taken_back(by="Jan"):
            tell(reader, "Plek 2", StateChangeFactory())
            tell(reader, "Plek 3", StateChangeFactory())
    assert whole().parts.count() == 3
    assert not OutgoingMail.objects.filter(kind="reader_acts_taken_back").exists()


def test_act_that_fails_tells_nobody_and_the_next_is_not_put_together_with_it(reader):
    def fail():
        with transaction.atomic(), gathering.together(lambda parts: parts[0]):
            tell(reader, "Plek 1", StateChangeFactory())
            raise ValidationError("Nee.")

    with pytest.raises(ValidationError):
        fail()
    with transaction.atomic():
        tell(reader, "Plek 2", StateChangeFactory())
    assert OutgoingMail.objects.get().state == S.QUEUED


def test_part_that_is_taken_back_before_it_went_is_not_in_the_mail(smtp, reader):
    first, _second, _third = told_together(reader)
    assert outbox.cancel_about(first) == []  # nobody heard of it
    outbox.deliver_due()
    (body,) = bodies(smtp)
    assert ("Plek 0" in body, "Plek 1" in body, "Plek 2" in body) == (False, True, True)


def test_last_part_that_is_left_goes_as_it_was_written(smtp, reader):
    first, second, _third = told_together(reader)
    assert [*outbox.cancel_about(first), *outbox.cancel_about(second)] == []
    assert outbox.deliver_due() == 1
    left = OutgoingMail.objects.get(state=S.SENT)
    assert (left.kind, left.told_in, left.subject) == ("reader_act_taken_back", None, "Teruggedraaid: Plek 2")
    assert smtp.ids == [left.message_id]


def test_mail_of_which_all_is_taken_back_is_not_sent(smtp, reader):
    for act in told_together(reader):
        assert outbox.cancel_about(act) == []
    assert outbox.deliver_due() == 0
    assert smtp.messages == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {S.CANCELLED}


def test_part_that_was_told_is_answered_with_its_own_words(smtp, reader):
    first, *_others = told_together(reader)
    outbox.deliver_due()
    (told,) = outbox.cancel_about(first)
    assert (told.subject, told.person) == ("Teruggedraaid: Plek 0", reader)
    with transaction.atomic():
        letters.taken_back([told], by="Jan Smit")
    outbox.deliver_due()
    assert len(smtp.messages) == 2
    assert "Plek 0" in bodies(smtp)[1]
    assert "Plek 1" not in bodies(smtp)[1]
    assert "Plek 0" in whole().body  # what was sent stays as it was


def test_what_was_tried_counts_as_told_and_goes_on_without_the_part(smtp, reader):
    """The line broke: perhaps it arrived. The same mail goes again, with what still holds."""
    first, second, third = told_together(reader)
    smtp.drop = True
    outbox.deliver_due()
    smtp.drop = False
    assert [told.subject for told in outbox.cancel_about(first)] == ["Teruggedraaid: Plek 0"]
    assert [told.subject for told in outbox.cancel_about(second)] == ["Teruggedraaid: Plek 1"]
    with time_machine.travel(timezone.now() + outbox.BACK_OFF[0], tick=True):
        assert outbox.deliver_due() == 1
    assert smtp.ids == [whole().message_id] * 2
    assert ("Plek 1" in bodies(smtp)[1], "Plek 2" in bodies(smtp)[1]) == (False, True)
    assert [told.subject for told in outbox.cancel_about(third)] == ["Teruggedraaid: Plek 2"]


@pytest.mark.parametrize("state", [S.FAILED, S.HELD])
def test_mail_that_did_not_go_is_not_sent_again_with_what_is_over(smtp, reader, state):
    first, second, *_others = told_together(reader, 2)
    OutgoingMail.objects.filter(pk=whole().pk).update(state=state)
    told = outbox.cancel_about(first)
    assert [mail.subject for mail in told] == (["Teruggedraaid: Plek 0"] if state == S.HELD else [])
    for mail in OutgoingMail.objects.filter(state=state):
        resending.send_again(mail_id=mail.pk, by=None, read=None)
    assert outbox.deliver_due() == 1
    assert "Plek 0" not in bodies(smtp)[0]
    assert "Plek 1" in bodies(smtp)[0]
    assert second


def test_parts_go_to_the_address_that_someone_turned_out_to_have(smtp):
    person = PersonFactory(email="verkeerd@voorbeeld.test")
    first, _second = told_together(person, 2)
    outbox.readdress(person_id=person.pk, email="goed@voorbeeld.test")
    outbox.cancel_about(first)
    outbox.deliver_due()
    assert [message["To"] for message in smtp.messages] == ["goed@voorbeeld.test"]


@pytest.mark.django_db(transaction=True)
def test_parts_that_are_taken_back_side_by_side_are_both_out_of_it(reader):
    first, second, _third = told_together(reader)
    side_by_side(lambda: outbox.cancel_about(first), lambda: outbox.cancel_about(second))
    left = OutgoingMail.objects.get(state=S.QUEUED)
    assert (left.told_in, left.subject) == (None, "Teruggedraaid: Plek 2")


@pytest.mark.django_db(transaction=True)
def test_part_that_is_taken_back_while_it_is_handed_over_is_out_or_not_in_it(smtp, reader):
    first, *_others = told_together(reader)
    smtp.pause = 0.2
    sent, told = side_by_side(outbox.deliver_due, lambda: outbox.cancel_about(first))
    later = timezone.now() + dt.timedelta(minutes=1)
    with time_machine.travel(later, tick=True):
        sent += outbox.deliver_due()
    assert sent == 1
    # What a worker had in hand counts as told, whatever came of it.
    assert told or "Plek 0" not in bodies(smtp)[0]
