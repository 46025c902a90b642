"""The pages on which an administrator opens someone's account, sees what is wrong and mends it."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import SecurityEvent, SupportAct
from accounts.services import support
from core.models import OutgoingMail
from partnerships.models import Membership
from partnerships.services import memberships
from tests.accounts.test_second_factor import with_second_step
from tests.factories.accounts import (
    ErasureRequestFactory,
    InvitationFactory,
    PersonFactory,
    SecurityEventFactory,
    SupportActFactory,
    UserFactory,
)
from tests.factories.core import OutgoingMailFactory
from tests.factories.partnerships import GroupSeatFactory, MembershipFactory, OrganisationFactory
from tests.helpers import acting, closed, login, login_fresh, member, side_by_side

pytestmark = pytest.mark.django_db
WHY = "Belde dat de uitnodiging niet komt."
BEGIN = "partnerships:support-begin"


@pytest.fixture(autouse=True)
def _without_second_step(settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, first_name="Bart")
    login_fresh(client, user)
    return user


def page_of(client, act):
    return client.get(act.get_absolute_url()).content.decode()


def opened(administrator, person):
    """Just now, on record."""
    return support.begin(administrator_id=administrator.person.pk, subject_id=person.pk, reason=WHY)


# To the account


def test_person_is_found_chosen_and_told_and_nothing_is_open_before(client, administrator, outbox):
    person = PersonFactory(
        first_name="Élise", name_prefix="van", last_name="Dijk", email="elise@zorg.example"
    )
    MembershipFactory(person=person, organisation=OrganisationFactory(name="De Linde"), role=Role.SUPERVISOR)
    PersonFactory(first_name="Elise", last_name="Anders")
    data = {"who": "elise van dijk", "reason": WHY}
    asked = client.post(reverse(BEGIN), data)
    page = asked.content.decode()
    assert "Élise van Dijk, De Linde, zonder account" in page
    assert "Anders" not in page
    assert "elise@zorg.example" not in page
    assert outbox() == []
    assert not SupportAct.objects.exists()
    answer = client.post(reverse(BEGIN), {**data, "person": str(person.public_id)})
    act = SupportAct.objects.get()
    assert (act.subject, act.administrator, act.reason) == (person, administrator.person, WHY)
    assert answer.url == act.get_absolute_url()
    assert outbox() == [("person_support_begun", "elise@zorg.example")]
    assert "elise@zorg.example" in page_of(client, act)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"who": "Niemand Bekend", "reason": WHY}, "who", "Niemand is bekend"),
        ({"who": "niemand@zorg.example", "reason": WHY}, "who", "Niemand is bekend"),
        ({"who": ".*", "reason": WHY}, "who", "Niemand is bekend"),
        ({"who": "Veel", "reason": WHY}, "who", "Veel mensen"),
        ({"who": "Elise", "reason": "daarom"}, "reason", "minstens 15 tekens"),
        ({"who": "", "reason": ""}, "who", "Vul"),
        ({"who": "Elise", "reason": WHY, "person": "x"}, "person", "Kies opnieuw"),
    ],
)
def test_what_leads_to_nobody_is_said_and_keeps_what_was_typed(client, administrator, sent, field, said):
    PersonFactory(first_name="Elise")
    for _turn in range(11):
        PersonFactory(first_name="Veel")
    answer = client.post(reverse(BEGIN), sent)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert said in " ".join(form.errors[field])
    assert form["reason"].value() == sent["reason"]
    assert not SupportAct.objects.exists()


def test_own_account_is_not_opened(client, administrator):
    data = {"who": administrator.email, "reason": WHY, "person": str(administrator.person.public_id)}
    assert "eigen account" in client.post(reverse(BEGIN), data).content.decode()


def test_password_is_asked_once_more_and_nothing_typed_is_lost(client):
    user = UserFactory(is_staff=True)
    login(client, user)
    assert reverse("account_reauthenticate") in client.get(reverse(BEGIN)).url
    answer = client.post(reverse(BEGIN), {"who": "Elise", "reason": WHY})
    assert "te lang geleden" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == WHY
    login_fresh(client, user)
    assert client.get(reverse(BEGIN)).status_code == 200


def test_administration_leads_to_the_acts_of_all(client, administrator):
    act = SupportActFactory(reason="Vroeg om een andere mailbox.")
    start = client.get(reverse("administration")).content.decode()
    assert reverse("partnerships:support-list") in start
    page = client.get(reverse("partnerships:support-list")).content.decode()
    for word in (act.reason, act.subject.full_name, act.administrator.full_name, "Nu open"):
        assert word in page
    file = client.get(reverse("partnerships:support-list"), {"download": "csv"})
    _head, row = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    for word in (act.reason, act.subject.full_name, act.administrator.full_name, ";nee"):
        assert word in row


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_for_one_act_and_for_three(client, administrator, fetched_in, number):
    for _turn in range(number):
        SupportActFactory()
    fetched_in(3, reverse("partnerships:support-list"))


# What it shows


@pytest.mark.parametrize("number", [1, 3])
def test_page_shows_how_one_signs_in_and_what_one_may_and_asks_the_same_for_more(
    client, administrator, fetched_in, number
):
    user = with_second_step()
    act = opened(administrator, user.person)
    for _turn in range(number):
        MembershipFactory(person=user.person, role=Role.CONTACT)
        GroupSeatFactory(person=user.person)
        InvitationFactory(person=user.person)
        OutgoingMailFactory(person=user.person)
    page = fetched_in(9, act.get_absolute_url()).content.decode()
    roles = Membership.objects.filter(person=user.person)
    for word in (
        user.email,
        "Kan inloggen",
        "Tweede stap verwijderen",
        *(role.organisation.name for role in roles),
    ):
        assert word in page
    assert page.count("nog geen antwoord") == number


def test_page_never_says_what_a_mail_said_or_about_what(client, administrator):
    person = PersonFactory()
    act = opened(administrator, person)
    secret = {"subject": "kanarie-onderwerp", "body": "kanarie-tekst", "link": "/kanarie-link/"}
    failed = {"state": OutgoingMail.State.FAILED, "last_error": "550 kanarie-fout niet bekend"}
    OutgoingMailFactory(person=person, kind="student_goal_judged", **secret, **failed)
    OutgoingMailFactory(person=person, kind="reminder_plan", **secret)
    OutgoingMailFactory(kind="accounts.password_reset", **secret)  # of someone else
    page = page_of(client, act)
    assert "kanarie" not in page
    assert "goal_judged" not in page
    for word in ("Bericht over werk of leren", "Herinnering", "antwoord van de server: 550"):
        assert word in page
    assert "nieuw wachtwoord" not in page


def test_page_of_an_act_that_is_over_is_its_record_alone(client, administrator):
    person = PersonFactory(email="kanarie@zorg.example")
    act = opened(administrator, person)
    assert "kanarie@zorg.example" in page_of(client, act)
    client.post(reverse("partnerships:support-end", args=[act.public_id]))
    page = page_of(client, act)
    assert "kanarie@zorg.example" not in page
    assert WHY in page
    assert "de beheerder van Leerpact is klaar" in page
    later = opened(administrator, person)
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        login(client, administrator)
        assert "kanarie@zorg.example" not in page_of(client, later)


# What is mended


def act_on(client, act, name, data=None, *arguments):
    path = reverse(f"partnerships:support-{name}", args=[act.public_id, *arguments])
    return client.post(path, data or {}, follow=True).content.decode()


def test_each_act_of_the_page_is_done_and_said(client, administrator, outbox):
    user = with_second_step()
    act = opened(administrator, user.person)
    invited = InvitationFactory(person=user.person)
    failed = OutgoingMailFactory(person=user.person, state=OutgoingMail.State.FAILED)
    page = page_of(client, act)
    for word in ("Tweede stap verwijderen", "Ander adres", "Nieuwe link versturen", "Opnieuw versturen"):
        assert word in page, word
    assert "De mail is onderweg." in act_on(client, act, "mail-again", {"mail": failed.pk})
    assert "Er is een nieuwe link onderweg" in act_on(client, act, "invite-again", None, invited.public_id)
    assert "De tweede stap is verwijderd." in act_on(client, act, "second-step")
    assert "overal uitgelogd" in act_on(client, act, "sign-out")
    assert "naar dat adres gestuurd" in act_on(client, act, "address", {"email": "ander@zorg.example"})
    assert "kan niet meer inloggen" in act_on(client, act, "close")
    assert "kan weer inloggen" in act_on(client, act, "reopen")
    done = list(SecurityEvent.objects.filter(support=act).order_by("pk").values_list("kind", flat=True))
    assert done == [
        "support_begun",
        "mail_again",
        "invitation_renewed",
        "second_step_off",
        "sessions_ended",
        "address_asked",
        "account_closed",
        "account_reopened",
    ]


@pytest.mark.parametrize("mail", ["", "x", "9" * 30, "0"])
def test_mail_that_is_none_is_refused_with_a_word(client, administrator, mail):
    act = opened(administrator, PersonFactory())
    assert "niet mislukt" in act_on(client, act, "mail-again", {"mail": mail})


@pytest.mark.parametrize("email", ["", "geen adres", "bezet@zorg.example"])
def test_bad_address_is_refused_and_stands_in_the_form(client, administrator, email):
    UserFactory(email="bezet@zorg.example")
    act = opened(administrator, UserFactory().person)
    answer = client.post(reverse("partnerships:support-address", args=[act.public_id]), {"email": email})
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert answer.context["form"]["email"].value() == email


# Nobody is left without


@pytest.mark.parametrize(("others", "may"), [([], False), (["closed"], False), (["able"], True)])
def test_last_who_can_act_keeps_the_account_and_the_page_says_why(client, administrator, others, may):
    organisation = OrganisationFactory(name="De Linde")
    manager = member(organisation, Role.MANAGER)
    for kind in others:
        other = member(organisation, Role.MANAGER)
        if kind == "closed":
            closed(other)
    act = opened(administrator, manager.person)
    url = reverse("partnerships:support-close", args=[act.public_id])
    warned = "Niemand kan De Linde" in client.get(url).content.decode()
    client.post(url)
    manager.refresh_from_db()
    assert (warned, manager.is_active) == (not may, not may)


def test_who_was_closed_counts_again_once_opened(administrator):
    organisation = OrganisationFactory()
    first, second = member(organisation, Role.MANAGER), member(organisation, Role.MANAGER)
    act = opened(administrator, first.person)
    by = administrator.person.pk
    support.close_account(act_id=act.pk, by=by)
    role = second.person.memberships.get()
    end = partial(memberships.end, membership_id=role.pk, by=acting(organisation, Role.CONTACT), read=None)
    with pytest.raises(ValidationError):
        end()
    other = opened(administrator, second.person)
    with pytest.raises(ValidationError, match="Niemand kan"):
        support.close_account(act_id=other.pk, by=by)
    support.reopen_account(act_id=act.pk, by=by)
    support.close_account(act_id=other.pk, by=by)


@pytest.mark.django_db(transaction=True)
def test_two_managers_whose_accounts_are_closed_at_once_leave_one():
    administrator = UserFactory(is_staff=True)
    organisation = OrganisationFactory()
    managers = [member(organisation, Role.MANAGER) for _turn in range(2)]
    acts = [opened(administrator, manager.person) for manager in managers]
    closings = [partial(support.close_account, act_id=act.pk, by=administrator.person.pk) for act in acts]
    done = side_by_side(*closings, refusal=ValidationError)
    assert [isinstance(result, ValidationError) for result in done].count(True) == 1
    assert Membership.objects.able().filter(organisation=organisation).count() == 1


def test_event_of_another_person_is_not_on_the_page(client, administrator):
    person = PersonFactory()
    SecurityEventFactory(network="203.0.113.0/24")
    assert "203.0.113" not in page_of(client, opened(administrator, person))


# From a request for erasure


def test_who_comes_from_a_request_finds_it_filled_in_and_is_back_there(client, administrator):
    person = PersonFactory(first_name="Élise", last_name="Dijk")
    ErasureRequestFactory(granted=True)
    wanted = ErasureRequestFactory(person=person)
    lists = client.get(reverse("partnerships:erasure-list")).content.decode()
    assert lists.index("Wacht op een besluit") < lists.index("Toegewezen")
    begin = f"{reverse(BEGIN)}?verzoek={wanted.public_id}"
    assert f'href="{begin}"' in client.get(wanted.get_absolute_url()).content.decode()
    form = client.get(begin).context["form"]
    data = {name: form[name].value() for name in ("who", "reason")}
    assert data["who"] == "Élise Dijk"
    answer = client.post(begin, {**data, "person": str(person.public_id)})
    assert answer.url == wanted.get_absolute_url()
    assert 'name="answer"' in client.get(answer.url).content.decode()


@pytest.mark.parametrize("junk", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_request_that_is_none_fills_in_nothing(client, administrator, junk):
    form = client.get(reverse(BEGIN), {"verzoek": junk}).context["form"]
    assert not form["who"].value()
