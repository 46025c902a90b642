"""Support acts: the only way of an administrator into an account; the database holds what is done to one."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import BY_SUPPORT, SecurityKind
from accounts.models import SecurityEvent, SupportAct
from accounts.services import people, support
from core.models import FieldChange, OutgoingMail
from tests.accounts.signing import sign_in
from tests.accounts.test_second_factor import give_recovery_code, with_second_step
from tests.factories.accounts import (
    InvitationFactory,
    PersonFactory,
    SecurityEventFactory,
    SupportActFactory,
    UserFactory,
)
from tests.factories.core import OutgoingMailFactory
from tests.helpers import closed, login

pytestmark = pytest.mark.django_db
WHY = "Belde dat het inloggen niet lukt."


@pytest.fixture
def administrator():
    return UserFactory(is_staff=True, first_name="Bart", email="bart@leerpact.example").person


def opened(administrator, subject):
    return support.begin(administrator_id=administrator.pk, subject_id=subject.pk, reason=WHY)


def under(administrator, subject):
    """The arguments of what is done under a new act."""
    return {"act_id": opened(administrator, subject).pk, "by": administrator.pk}


def noted(person):
    found = SecurityEvent.objects.filter(person=person).order_by("pk")
    return [(event.kind, event.support_id is not None) for event in found]


def now_checked():
    """What is checked at the end of a transaction."""
    connection.check_constraints()


# Begun and over


@pytest.mark.parametrize("has_account", [True, False])
def test_person_support_begun_is_mailed_at_once_with_the_reason(administrator, outbox, has_account):
    person = UserFactory().person if has_account else PersonFactory()
    act = opened(administrator, person)
    assert outbox() == [("person_support_begun", person.address)]
    text = OutgoingMail.objects.get().body
    assert WHY in text
    assert "bart@leerpact.example" in text
    assert (act.until - act.begun_at).total_seconds() == pytest.approx(3600, abs=1)
    assert noted(person) == [("support_begun", True)]


def test_who_cannot_sign_in_is_told_too(administrator, outbox):
    user = closed(UserFactory())
    opened(administrator, user.person)
    assert outbox() == [("person_support_begun", user.email)]


def test_pressing_twice_opens_once(administrator):
    person = PersonFactory()
    assert opened(administrator, person) == opened(administrator, person)
    assert SupportAct.objects.count() == 1


def test_only_an_administrator_opens_an_account_and_never_the_own_one(administrator):
    other = UserFactory().person
    with pytest.raises(ValidationError, match="Alleen beheerders"):
        opened(other, administrator)
    with pytest.raises(ValidationError, match="eigen account"):
        opened(administrator, administrator)
    with pytest.raises(ValidationError, match="onder een andere naam"):  # nobody would be told
        opened(administrator, PersonFactory(merged_into=other, email=""))
    assert not SupportAct.objects.exists()


def verbs(administrator, person):
    """Every verb, with what it needs to be done to this person."""
    invited = InvitationFactory(person=person)
    failed = OutgoingMailFactory(person=person, state=OutgoingMail.State.FAILED)
    return {
        "end": support.end,
        "end_sessions": support.end_sessions,
        "remove_second_step": support.remove_second_step,
        "close_account": support.close_account,
        "reopen_account": support.reopen_account,
        "change_address": partial(support.change_address, email="nieuw@voorbeeld.test"),
        "renew_invitation": partial(support.renew_invitation, public_id=invited.public_id),
        "send_mail_again": partial(support.send_mail_again, mail_id=failed.pk),
    }


VERBS = (
    "end",
    "end_sessions",
    "remove_second_step",
    "close_account",
    "reopen_account",
    "change_address",
    "renew_invitation",
    "send_mail_again",
)


def test_every_verb_is_listed(administrator):
    assert set(VERBS) == set(verbs(administrator, PersonFactory()))
    named = {name for name in vars(support) if not name.startswith("_") and callable(getattr(support, name))}
    own = {name for name in named if getattr(support, name).__module__ == support.__name__}
    of_two = {"merge", "looked_at_merge"}  # tests/partnerships/test_merging_people.py
    assert own == {*VERBS, "begin", *of_two}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("way", ["hour is over", "ended early", "another's act", "no administrator any more"])
def test_nothing_is_done_once_it_is_over_or_under_the_act_of_another(administrator, verb, way):
    person = with_second_step().person
    act = opened(administrator, person)
    by, moment = administrator, timezone.now()
    if way == "hour is over":
        moment += timedelta(hours=1, seconds=1)
    elif way == "ended early":
        support.end(act_id=act.pk, by=by.pk)
    elif way == "another's act":
        by = UserFactory(is_staff=True).person
    else:
        administrator.user.is_staff = False
        administrator.user.save()
    before = noted(person)
    with time_machine.travel(moment), pytest.raises(ValidationError) as refusal:
        verbs(administrator, person)[verb](act_id=act.pk, by=by.pk)
    assert any(
        word in str(refusal.value) for word in ("is voorbij", "Een andere beheerder", "Alleen beheerders")
    )
    assert noted(person) == before


# What is done


def test_second_step_is_removed_with_its_recovery_codes_and_its_owner_told(administrator, outbox):
    user = with_second_step()
    give_recovery_code(user)
    act = under(administrator, user.person)
    support.remove_second_step(**act)
    assert not Authenticator.objects.filter(user=user).exists()
    assert ("accounts.security", user.email) in outbox()
    assert noted(user.person)[-1] == ("second_step_off", True)
    with pytest.raises(ValidationError, match="geen tweede stap"):
        support.remove_second_step(**act)


def test_sessions_end_on_every_device(administrator, client, client_class):
    user = UserFactory()
    phone = client_class()
    for browser in (client, phone):
        sign_in(browser, user.email)
        assert browser.get(reverse("accounts:profile")).status_code == 200
    support.end_sessions(**under(administrator, user.person))
    assert {browser.get(reverse("accounts:profile")).status_code for browser in (client, phone)} == {302}
    assert not UserSession.objects.filter(user=user).exists()
    assert noted(user.person)[-1] == ("sessions_ended", True)


def test_account_is_closed_and_opened_again_on_record_and_its_owner_told(administrator, client, outbox):
    user = UserFactory()
    sign_in(client, user.email)
    act = under(administrator, user.person)
    support.close_account(**act)
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert sign_in(client, user.email).status_code == 302  # to the page that says that the account is closed
    assert client.get(reverse("accounts:profile")).status_code == 302
    with pytest.raises(ValidationError, match="al gestopt"):
        support.close_account(**act)
    support.reopen_account(**act)
    now_checked()
    with pytest.raises(ValidationError, match="al inloggen"):
        support.reopen_account(**act)
    sign_in(client, user.email)
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert [kind for kind, _of in noted(user.person)][2:4] == ["account_closed", "account_reopened"]
    told = {kind for kind, address in outbox() if address == user.email}
    assert told >= {"person_account_closed", "person_account_reopened"}
    assert WHY in OutgoingMail.objects.get(kind="person_account_closed").body


def test_address_of_someone_without_account_is_corrected_and_invitations_go_there(administrator, outbox):
    person = PersonFactory(email="fuot@voorbeeld.test")
    invited = InvitationFactory(person=person, email=person.email, token="oude-link")
    support.change_address(**under(administrator, person), email="goed@voorbeeld.test")
    person.refresh_from_db()
    invited.refresh_from_db()
    assert (person.email, invited.email) == ("goed@voorbeeld.test", "goed@voorbeeld.test")
    assert ("accounts.invitation", "goed@voorbeeld.test") in outbox()
    change = FieldChange.objects.get(model="accounts.person")
    assert (change.before, change.by, change.reason) == ("fuot@voorbeeld.test", administrator, WHY)
    assert noted(person)[-1] == ("address", True)


@pytest.mark.parametrize("act", ["open", "ask a new one"])
def test_link_that_went_to_a_wrong_address_is_worth_nothing(administrator, client, outbox, act):
    person = PersonFactory(email="fuot@voorbeeld.test")
    InvitationFactory(person=person, email=person.email, token="oude-link")
    support.change_address(**under(administrator, person), email="goed@voorbeeld.test")
    before = outbox()
    if act == "open":
        assert client.get(reverse("accounts:invitation", args=["oude-link"])).status_code == 404
    else:
        client.post(reverse("accounts:invitation-renew", args=["oude-link"]))
    assert outbox() == before


def test_other_address_of_an_account_counts_once_its_mailbox_says_so(administrator, client, outbox):
    user = UserFactory(email="oud@voorbeeld.test")
    support.change_address(**under(administrator, user.person), email="nieuw@voorbeeld.test")
    user.refresh_from_db()
    assert user.email == "oud@voorbeeld.test"
    assert set(outbox()) == {
        ("person_support_begun", "oud@voorbeeld.test"),
        ("owner_address_asked", "oud@voorbeeld.test"),
        ("accounts.email_confirmation", "nieuw@voorbeeld.test"),
    }
    asked = user.emailaddress_set.get(verified=False)
    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(asked).key]))
    user.refresh_from_db()
    assert user.email == "nieuw@voorbeeld.test"
    assert [kind for kind, _of in noted(user.person)] == ["support_begun", "address_asked", "address"]


def test_person_address_confirmation_asked_of_an_address_that_another_has_is_refused(administrator):
    UserFactory(email="bezet@voorbeeld.test")
    act = under(administrator, UserFactory().person)
    with pytest.raises(ValidationError, match="een account"):
        support.change_address(**act, email="bezet@voorbeeld.test")


def test_invitation_and_failed_mail_go_out_again_and_only_those_of_this_person(administrator, outbox):
    person = PersonFactory()
    act = under(administrator, person)
    does = verbs(administrator, person)
    does["renew_invitation"](**act)
    does["send_mail_again"](**act)
    assert [kind for kind, _of in noted(person)][1:] == ["invitation_renewed", "mail_again"]
    assert not OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).exists()
    others = verbs(administrator, PersonFactory())
    for verb in ("renew_invitation", "send_mail_again"):
        with pytest.raises(ValidationError):
            others[verb](**act)
    with pytest.raises(ValidationError, match="niet mislukt"):
        does["send_mail_again"](**act)


# What the database refuses


def refused():
    """The block is refused by the database, and taken back."""
    return pytest.raises(IntegrityError), transaction.atomic()


@pytest.mark.parametrize(
    "plant",
    [
        lambda act: SupportActFactory(administrator=act.administrator, subject=act.administrator),
        lambda act: SupportActFactory(administrator=UserFactory().person),
        lambda act: SupportActFactory(administrator=closed(UserFactory(is_staff=True)).person),
        lambda act: SupportActFactory(until=timezone.now() + timedelta(hours=2)),
        lambda act: SupportActFactory(reason="daarom"),
    ],
    ids=["own account", "no administrator", "closed administrator", "two hours", "no reason"],
)
def test_database_refuses_an_act_that_is_none(administrator, plant):
    act = opened(administrator, PersonFactory())
    raises, taken_back = refused()
    with raises, taken_back:
        plant(act)


@pytest.mark.parametrize("kind", BY_SUPPORT)
def test_database_refuses_what_an_administrator_does_without_an_act(kind):
    raises, taken_back = refused()
    with raises, taken_back:
        SecurityEventFactory(kind=kind)


@pytest.mark.parametrize("way", ["of another person", "after its hour", "before it", "after its end"])
def test_database_refuses_a_deed_beside_its_act(administrator, way):
    person = PersonFactory()
    act = opened(administrator, person)
    fields = {"person": person, "kind": SecurityKind.SESSIONS_ENDED, "support": act}
    if way == "of another person":
        fields["person"] = PersonFactory()
    elif way == "after its hour":
        fields["at"] = act.until + timedelta(seconds=1)
    elif way == "before it":
        fields["at"] = act.begun_at - timedelta(seconds=1)
    else:
        support.end(act_id=act.pk, by=administrator.pk)
    raises, taken_back = refused()
    with raises, taken_back:
        SecurityEventFactory(**fields)
        now_checked()


@pytest.mark.parametrize("is_active", [True, False])
def test_database_refuses_an_account_closed_or_opened_past_the_verbs(is_active):
    user = UserFactory() if not is_active else closed(UserFactory())
    raises, taken_back = refused()
    with raises, taken_back:
        user.is_active = is_active
        user.save()
        now_checked()


# What its owner sees


def test_owner_reads_who_did_what_and_why_and_nobody_else_does(administrator, client):
    user = UserFactory()
    act = under(administrator, user.person)
    support.end_sessions(**act)
    support.end(**act)
    SupportActFactory(reason="Iets van een heel ander mens.")
    login(client, user)
    assert reverse("accounts:support") in client.get(reverse("accounts:profile")).content.decode()
    page = client.get(reverse("accounts:support")).content.decode()
    assert [
        word
        for word in (WHY, "Bart", "overal uitgelogd", "de beheerder van Leerpact is klaar")
        if word not in page
    ] == []
    assert "ander mens" not in page
    login(client, UserFactory())
    assert (
        "Geen beheerder van Leerpact heeft je account geopend."
        in client.get(reverse("accounts:support")).content.decode()
    )


def test_owner_reads_also_what_was_done_before_two_turned_out_to_be_one(administrator, client):
    user, before = UserFactory(), PersonFactory()
    opened(administrator, before)
    people.merge(kept=user.person, dropped=before, by=user.person.pk)
    login(client, user)
    assert WHY in client.get(reverse("accounts:support")).content.decode()
    assert (
        "bekeken door een beheerder van Leerpact" in client.get(reverse("usersessions_list")).content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
def test_own_page_asks_the_same_for_one_act_and_for_three(
    administrator, client, number, django_assert_num_queries
):
    user = UserFactory()
    for _turn in range(number):
        SecurityEventFactory(
            person=user.person, kind="support_begun", support=SupportActFactory(subject=user.person)
        )
    login(client, user)
    with django_assert_num_queries(4):
        client.get(reverse("accounts:support"))
