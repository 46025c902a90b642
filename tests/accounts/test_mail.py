"""The mails of this app: to whom, about what, in whose language."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.mail import invitations, letters, signing_in
from accounts.services import addresses, merging
from core.models import OutgoingMail
from core.outbox import cancel_about
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.core import OutgoingMailFactory, StateChangeFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("nl", "Uitnodiging van Huis & Zorg", "als docent bij"),
        ("en", "Invitation from Huis & Zorg", "as teacher at"),
    ],
)
def test_invitee_invitation_made(settings, language, subject, words):
    settings.SITE_URL = "https://leerpact.test"
    invitation = InvitationFactory(purpose="teacher", party_name="Huis & Zorg", person__language=language)
    invitations.invitee_invitation_made(invitation, "geheim")
    sent = OutgoingMail.objects.get()
    assert (sent.to_email, sent.subject, sent.is_secret, sent.person) == (
        invitation.email,
        subject,
        True,
        invitation.person,
    )
    assert sent.link == "https://leerpact.test/uitnodiging/geheim/"
    assert words in sent.body
    assert sent.link in sent.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("send", "kind"),
    [
        (signing_in.user_password_reset_asked, "accounts.password_reset"),
        (signing_in.user_email_confirmation_asked, "accounts.email_confirmation"),
    ],
)
def test_user_password_reset_asked_and_user_email_confirmation_asked(send, kind):
    user = UserFactory(language="en", first_name="Anna")
    send(user, "anders@voorbeeld.test", "https://leerpact.test/x")
    sent = OutgoingMail.objects.get()
    assert (sent.kind, sent.to_email, sent.person, sent.language) == (
        kind,
        "anders@voorbeeld.test",
        user.person,
        "en",
    )
    assert (sent.is_secret, sent.link) == (True, "https://leerpact.test/x")
    assert sent.body.startswith("Hello Anna,")


@pytest.mark.django_db
@pytest.mark.parametrize("event", signing_in.SECURITY_EVENTS)
def test_user_security_changed(event):
    user = UserFactory()
    signing_in.user_security_changed(user, user.email, event)
    sent = OutgoingMail.objects.get()
    assert str(sent.person.user_id) == str(user.pk)
    assert str(signing_in.SECURITY_EVENTS[event]).split()[0] in sent.body or sent.language == "nl"


@pytest.mark.django_db
def test_event_without_words_is_not_mailed():
    user = UserFactory()
    with transaction.atomic():
        signing_in.user_security_changed(user, user.email, "account/email/unknown")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_reader_act_taken_back_goes_to_whoever_was_mailed_about_it():
    """In the language of the mail that told of it, with its link; also to someone without an account."""
    act = StateChangeFactory()
    template = "accounts/mail/reader_act_taken_back.txt"  # any text will do
    context = {"title": "Je plek is weg", "sent_at": timezone.now(), "by": "x", "reason": ""}
    reader = UserFactory(language="en", first_name="Aisha").person
    with transaction.atomic():
        letters.to_person(reader, template, link="/mijn/", about=act, **context)
        letters.to_address("bo@voorbeeld.test", "Bo", template, link="", about=act, **context)
    OutgoingMail.objects.update(
        state=OutgoingMail.State.SENT, sent_at=timezone.now(), subject="Je plek is weg"
    )
    with transaction.atomic():
        letters.taken_back(cancel_about(act), by="Jan Smit", reason="Verkeerde knop")
    english = OutgoingMail.objects.get(person=reader, about=None)
    dutch = OutgoingMail.objects.get(to_email="bo@voorbeeld.test", about=None)
    assert (english.kind, english.subject) == ("reader_act_taken_back", "Taken back: Je plek is weg")
    assert english.body.startswith("Hello Aisha,")
    assert english.link.endswith("/mijn/")
    assert english.link in english.body
    assert (dutch.subject, dutch.link) == ("Teruggedraaid: Je plek is weg", "")
    assert "Jan Smit heeft dat teruggedraaid" in dutch.body
    assert "Reden: Verkeerde knop" in dutch.body


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["corrected", "merged"])
# What is told in another mail goes with that one.
@pytest.mark.parametrize("state", sorted(set(OutgoingMail.State) - {OutgoingMail.State.TOLD}))
@pytest.mark.parametrize("is_secret", [False, True])
def test_what_is_not_out_yet_goes_to_the_address_that_someone_turned_out_to_have(way, state, is_secret):
    """A link that opens something does not go on: it was of the former address, which may be that of a stranger."""
    by, person = UserFactory().person, PersonFactory(email="verkeerd@voorbeeld.test")
    sent_at = timezone.now() if state == OutgoingMail.State.SENT else None
    values = {"state": state, "is_secret": is_secret, "sent_at": sent_at}
    told = OutgoingMailFactory(person=person, to_email=person.email, **values)
    if way == "corrected":
        addresses.correct(person_id=person.pk, email="goed@voorbeeld.test", by=by.pk)
    else:
        kept = PersonFactory(email="goed@voorbeeld.test")
        merging.by_hand(kept_id=kept.pk, dropped_id=person.pk, by=by.pk, read=None, digest=None)
    told.refresh_from_db()
    is_out = state == OutgoingMail.State.SENT
    assert told.state == (OutgoingMail.State.CANCELLED if is_secret and not is_out else state)
    stays = is_out or is_secret
    assert told.to_email == ("verkeerd@voorbeeld.test" if stays else "goed@voorbeeld.test")
    assert told.is_wiped == (
        is_secret and not is_out
    )  # what an administrator stopped could go there after all


@pytest.mark.django_db
def test_nobody_password_reset_asked_is_the_mail_of_who_has_an_account():
    """Only its work counts: `test_signing_in.py` holds that it is never kept."""
    user = UserFactory(first_name="", email="anna@voorbeeld.test")
    with transaction.atomic():
        signing_in.user_password_reset_asked(user, user.email, "/a/")
        signing_in.nobody_password_reset_asked(user.email, "/a/")
    known, unknown = OutgoingMail.objects.order_by("pk")
    assert (known.body, known.subject, known.is_secret) == (unknown.body, unknown.subject, unknown.is_secret)


@pytest.mark.django_db
def test_user_signing_code_asked():
    user = UserFactory(language="en", first_name="Anna")
    with transaction.atomic():
        signing_in.user_signing_code_asked(user, "12345678")
    sent = OutgoingMail.objects.get()
    assert (sent.to_email, sent.subject, sent.is_secret) == (user.email, "Your code to sign", True)
    assert "\n12345678\n" in sent.body


@pytest.mark.django_db
def test_what_is_read_after_signing_in_goes_to_who_can_sign_in():
    without = PersonFactory()
    closed = UserFactory(is_active=False).person
    can = UserFactory().person
    assert without.is_reachable
    for person in (without, closed, can):
        letters.to_person(
            person, "students/mail/student_situation_blanked.txt", link="/student/werk/", signs_in=True
        )
    assert [mail.person for mail in OutgoingMail.objects.all()] == [can]
    letters.to_person(without, "students/mail/student_situation_blanked.txt", link="/privacy/")
    assert OutgoingMail.objects.filter(person=without).count() == 1
