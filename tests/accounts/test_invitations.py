"""Invitations: the only way in, once, for the invited alone."""

import re
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, User
from accounts.queries import invitations as queries
from accounts.services import invitations as service
from accounts.signals import invitation_accepted
from core import versions
from core.models import FieldChange, OutgoingMail
from core.tokens import digest_of
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.partnerships import MembershipFactory
from tests.helpers import login, side_by_side

NEW = {"first_name": "Anna", "name_prefix": "van den", "last_name": "Berg", "password": "appel-boom-fiets-42"}


def url(token):
    return reverse("accounts:invitation", args=[token])


def place_of(token):
    """Where whoever accepted is led on to."""
    return f"/mijn/?uitnodiging={Invitation.objects.get(token_digest=digest_of(token)).public_id}"


def token_in(mail):
    return re.search(r"/uitnodiging/([\w-]+)/", mail.body).group(1)


@pytest.fixture
def heard():
    """What the apps above are told."""
    told = []

    def receiver(sender, invitation, user, **kwargs):
        told.append((invitation.pk, user.email))

    invitation_accepted.connect(receiver, weak=False)
    yield told
    invitation_accepted.disconnect(receiver)


@pytest.mark.django_db
def test_invite_mails_the_link_and_stores_only_its_digest():
    inviter = UserFactory(first_name="Bo", last_name="Jansen")
    invitation = service.invite(
        person=PersonFactory(email="anna@voorbeeld.test", first_name="Anna"),
        purpose=Role.TEACHER,
        party_name="ROC & Zorg",
        invited_by=inviter.person.pk,
    )
    mail = OutgoingMail.objects.get()
    token = token_in(mail)
    assert (mail.to_email, mail.kind, mail.is_secret) == ("anna@voorbeeld.test", "accounts.invitation", True)
    assert mail.subject == "Uitnodiging van ROC & Zorg"
    assert "Bo Jansen nodigt je uit als docent bij ROC & Zorg" in mail.body
    assert token not in str(Invitation.objects.values().get())
    assert queries.opened_by(token) == invitation
    assert 13 <= (invitation.expires_at - timezone.now()).days <= 14


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["withdrawn", "renewed", "sent elsewhere"])
def test_mail_that_still_waits_is_not_sent_once_its_link_is_dead(act):
    person = PersonFactory(email="anna@voorbeeld.test")
    about = {"person": person, "invited_by": None}
    invitation = service.invite(purpose=Role.TEACHER, party_name="ROC", **about)
    first = OutgoingMail.objects.get().link
    other = service.invite(purpose=Role.MANAGER, party_name="Thuiszorg", **about)
    read = versions.of(invitation)
    if act == "withdrawn":
        service.revoke(invitation_id=invitation.pk, read=read)
    elif act == "renewed":
        service.renew(invitation_id=invitation.pk, read=read)
    else:
        service.send_to(invitation_id=invitation.pk, email="anna.berg@voorbeeld.test")
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).values_list("link", flat=True)
    assert first not in waiting
    alive = Invitation.objects.filter(revoked_at=None, pk__in=[invitation.pk, other.pk])
    assert {digest_of(link.split("/")[-2]) for link in waiting} == {row.token_digest for row in alive}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "greeting"), [("Wilma", "Hallo Wilma,"), ("", "Hallo,")])
def test_invitation_greets_whoever_is_invited_by_name(name, greeting):
    person = PersonFactory(first_name=name, email="wilma@zorg.example")
    service.invite(person=person, purpose=Role.CONTACT, party_name="De Linde", invited_by=None)
    assert greeting in OutgoingMail.objects.get().body.splitlines()


@pytest.mark.django_db
def test_new_person_makes_an_account_and_is_signed_in(client, heard):
    invitation = InvitationFactory(token="geheim", email="anna@voorbeeld.test", person__language="en")
    page = client.get(url("geheim"))
    assert "Zorggroep Voorbeeld" in page.content.decode()
    response = client.post(url("geheim"), NEW)
    user = User.objects.get()
    assert (response.status_code, response.url) == (302, place_of("geheim"))
    assert (user.person.full_name, user.person.language, user.email) == (
        "Anna van den Berg",
        "en",
        "anna@voorbeeld.test",
    )
    assert get_user(client) == user
    assert response.cookies["taal"].value == "en"
    assert EmailAddress.objects.get(user=user).verified
    assert heard == [(invitation.pk, user.email)]
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at is None) == (user.person, False)


@pytest.mark.django_db
def test_opening_the_link_uses_nothing_up(client):
    invitation = InvitationFactory(token="geheim")
    for _turn in range(3):
        assert client.get(url("geheim")).status_code == 200
    invitation.refresh_from_db()
    assert invitation.is_usable


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"password": "kort"},
        {"password": "wachtwoord1234"[:8]},
        {"password": "anna@voorbeeld.test"},
        {"first_name": ""},
        {"last_name": "x" * 81},
        {"password": ""},
    ],
)
def test_bad_answers_make_no_account_and_keep_what_was_typed(client, changes):
    InvitationFactory(token="geheim", email="anna@voorbeeld.test")
    response = client.post(url("geheim"), {**NEW, **changes})
    assert (response.status_code, User.objects.count()) == (200, 0)
    assert "van den" in response.content.decode()
    assert queries.opened_by("geheim") is not None


@pytest.mark.django_db
def test_person_with_account_signs_in_first_then_accepts_with_a_button(client, heard):
    user = UserFactory(email="anna@voorbeeld.test")
    invitation = InvitationFactory(token="geheim", email=user.email)
    page = client.get(url("geheim"))
    assert reverse("account_login") + "?next=/uitnodiging/geheim/" in page.content.decode()
    assert client.post(url("geheim"), NEW).status_code == 200  # still only asks to sign in
    assert (User.objects.count(), heard) == (1, [])
    login(client, user)
    assert client.get(url("geheim")).status_code == 200
    response = client.post(url("geheim"))
    assert (response.status_code, heard) == (302, [(invitation.pk, user.email)])


@pytest.mark.django_db
def test_someone_else_signed_in_cannot_accept(client, heard):
    InvitationFactory(token="geheim", email="anna@voorbeeld.test")
    login(client, UserFactory(email="bo@voorbeeld.test"))
    response = client.post(url("geheim"))
    assert (response.status_code, heard) == (200, [])
    assert "bo@voorbeeld.test" in response.content.decode()
    with pytest.raises(ValidationError):
        service.accept(token="geheim", user=UserFactory(), digest=None)


@pytest.mark.django_db
def test_link_leads_on_for_who_accepted_it_and_says_nothing_to_others(client):
    user = UserFactory(email="anna@voorbeeld.test")
    InvitationFactory(token="t0k3n", email=user.email)
    login(client, user)
    for _ in range(2):
        response = client.post(url("t0k3n"))
        assert (response.status_code, response["Location"]) == (302, place_of("t0k3n"))
    assert client.get(url("t0k3n"))["Location"] == place_of("t0k3n")
    login(client, UserFactory())
    assert client.get(url("t0k3n")).status_code == 404


@pytest.mark.django_db
def test_used_expired_revoked_and_unknown_answer_alike(client):
    """Nothing tells whether an invitation or an account ever existed (S7)."""
    InvitationFactory(token="t0k3n-oud", expired=True)
    used = InvitationFactory(token="t0k3n-gebruikt")
    service.accept_as_new(
        token="t0k3n-gebruikt", first_name="A", last_name="B", password="appel-boom-fiets-42"
    )
    revoked = InvitationFactory(token="t0k3n-weg")
    service.revoke(invitation_id=revoked.pk, read=None)
    tokens = ("t0k3n-oud", "t0k3n-gebruikt", "t0k3n-weg", "t0k3n-nooit", "x" * 90)
    for ask in (client.get, lambda path: client.post(path, NEW)):
        answers = {(ask(url(token)).status_code, strip(ask(url(token)), token)) for token in tokens}
        assert [status for status, _page in answers] == [404]
    assert User.objects.count() == 1
    with pytest.raises(ValidationError):
        service.renew(invitation_id=used.pk, read=None)
    with pytest.raises(ValidationError):
        service.revoke(invitation_id=used.pk, read=None)


@pytest.mark.django_db
def test_asking_a_new_link_answers_alike_and_mails_only_the_invited(client):
    invitation = InvitationFactory(token="t0k3n-oud", expired=True)
    bodies = set()
    for token in ("t0k3n-oud", "t0k3n-nooit"):
        response = client.post(reverse("accounts:invitation-renew", args=[token]))
        bodies.add((response.status_code, strip(response, token)))
    assert len(bodies) == 1
    mail = OutgoingMail.objects.get()
    assert mail.to_email == invitation.email
    assert queries.opened_by(token_in(mail)) == invitation
    assert queries.opened_by("t0k3n-oud") is None
    # The link before it may ask again, but not at once.
    service.ask_new_link(token="t0k3n-oud")
    assert OutgoingMail.objects.count() == 1
    Invitation.objects.update(renewed_at=timezone.now() - service.NEW_LINK_PAUSE)
    service.ask_new_link(token="t0k3n-oud")
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db
def test_receiver_that_refuses_undoes_the_acceptance():
    def refuse(sender, **kwargs):
        raise ValidationError("vol")

    InvitationFactory(token="geheim")
    invitation_accepted.connect(refuse)
    try:
        with pytest.raises(ValidationError):
            service.accept_as_new(token="geheim", first_name="A", last_name="B", password="x")
    finally:
        invitation_accepted.disconnect(refuse)
    assert (User.objects.count(), queries.opened_by("geheim") is None) == (0, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_account", [False, True])
def test_same_invitation_accepted_side_by_side_counts_once(heard, has_account):
    InvitationFactory(token="geheim", email="anna@voorbeeld.test")
    user = UserFactory(email="anna@voorbeeld.test") if has_account else None
    accept = partial(service.accept, token="geheim", user=user, digest=None)
    if user is None:
        accept = partial(service.accept_as_new, token="geheim", first_name="A", last_name="B", password="x")
    results = side_by_side(*[accept] * 4, refusal=service.InvitationUnusable)
    assert sum(isinstance(result, service.InvitationUnusable) for result in results) == 3
    assert (User.objects.count(), len(heard)) == (1, 1)


@pytest.mark.django_db
def test_two_invitations_to_one_new_address_make_one_account():
    InvitationFactory(token="een", email="anna@voorbeeld.test")
    InvitationFactory(token="twee", email="anna@voorbeeld.test")
    service.accept_as_new(token="een", first_name="A", last_name="B", password="x")
    with pytest.raises(ValidationError) as caught:
        service.accept_as_new(token="twee", first_name="A", last_name="B", password="x")
    assert caught.value.code == "has_account"
    assert queries.opened_by("twee") is not None


def strip(response, token):
    """The page without its CSRF token and the token in its address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace(token, "TOKEN")


# Who is known already


@pytest.fixture
def known(client, db):
    """Someone with an account is signed in, and was noted by an employer as another person, who is invited now."""
    user = UserFactory(email="bo@zorg.example", first_name="Bo", last_name="Jansen")
    person = PersonFactory(email="bo@zorg.example", first_name="B.", last_name="Janssen")
    membership = MembershipFactory(person=person, role=Role.SUPERVISOR)
    InvitationFactory(token="geheim", person=person, email="bo@zorg.example", party_name="De Linde")
    login(client, user)
    return user, membership


@pytest.mark.django_db
def test_page_shows_what_comes_to_the_account_and_changes_nothing(client, known):
    user, membership = known
    page = client.get(url("geheim")).content.decode()
    assert "De Linde kent je als B. Janssen, bo@zorg.example" in page
    assert "Rollen: 1" in page
    membership.refresh_from_db()
    assert membership.person != user.person
    sent = {"digest": client.get(url("geheim")).context["digest"]}
    assert client.post(url("geheim"), sent).status_code == 302
    membership.refresh_from_db()
    assert membership.person == user.person
    assert FieldChange.objects.get(field="merged_into").after["id"] == user.person.pk


@pytest.mark.django_db
def test_what_is_held_twice_is_said(client, known):
    user, membership = known
    MembershipFactory(person=user.person, organisation=membership.organisation, role=Role.SUPERVISOR)
    assert "1 rol staat er twee keer. Die gaat één keer verder." in client.get(url("geheim")).content.decode()


@pytest.mark.django_db
def test_what_came_after_the_page_is_shown_first(client, known):
    user, membership = known
    sent = {"digest": client.get(url("geheim")).context["digest"]}
    MembershipFactory(person=membership.person)
    page = client.post(url("geheim"), sent, follow=True).content.decode()
    assert "Rollen: 2" in page
    assert not user.person.memberships.exists()


@pytest.mark.django_db
def test_whose_account_is_another_stays_apart(client, heard):
    """Invited at an address that someone with another account had before: the role goes to whoever has the mailbox."""
    person = PersonFactory(email="bo@zorg.example")
    InvitationFactory(token="geheim", person=person, email="bo@zorg.example")
    UserFactory(person=person, email="ander@zorg.example")
    user = UserFactory(email="bo@zorg.example")
    login(client, user)
    assert client.get(url("geheim")).context["joined"] is None
    assert client.post(url("geheim"), {"digest": ""}).status_code == 302
    person.refresh_from_db()
    assert (person.merged_into, [email for _pk, email in heard]) == (None, ["bo@zorg.example"])
