"""What happened around an account is noted, without addresses or tokens, and shown to its owner."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.adapters import NOTED
from accounts.enums import Role
from accounts.mail.signing_in import SECURITY_EVENTS
from accounts.models import SecurityEvent
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import memberships
from tests.accounts.signing import confirm, sign_in
from tests.accounts.test_second_factor import code, give_second_step, with_second_step
from tests.factories.accounts import PASSWORD, PersonFactory, SecurityEventFactory, UserFactory
from tests.factories.partnerships import OrganisationFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def noted():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "person", "what", "network"))


def test_signing_in_is_noted_with_the_first_part_of_the_network(client):
    user = UserFactory()
    sign_in(client, user.email, "fout-fout-fout", REMOTE_ADDR="192.0.2.77")
    sign_in(client, user.email, REMOTE_ADDR="2001:db8:1:2:3::4")
    assert noted() == [
        ("wrong_password", user.person.pk, "", "192.0.2.0/24"),
        ("signed_in", user.person.pk, "", "2001:db8:1::/48"),
    ]


def test_throttle_is_noted_once_however_often_it_refuses(client):
    user = UserFactory()
    for _turn in range(9):
        sign_in(client, user.email, "fout-fout-fout")
    kinds = [kind for kind, *_rest in noted()]
    assert kinds == [*["wrong_password"] * 5, "throttled"]
    assert SecurityEvent.objects.get(kind="throttled").what == "wrong_password"


def test_unknown_address_leaves_no_name_behind(client):
    sign_in(client, "niemand@voorbeeld.test", "fout-fout-fout")
    assert noted() == [("wrong_password", None, "", "127.0.0.0/24")]
    assert "niemand" not in str(SecurityEvent.objects.values().get())


def test_refused_page_is_noted_by_its_name_once_an_hour(client):
    user = UserFactory()
    login(client, user)
    for _turn in range(2):
        assert client.get(reverse("administration")).status_code == 403
    assert noted() == [("denied", user.person.pk, "administration", "127.0.0.0/24")]


def test_role_that_begins_and_ends_is_noted():
    organisation = OrganisationFactory(slug="de-linde")
    manager = member(organisation, Role.MANAGER)
    person = PersonFactory()
    memberships.give(organisation=organisation, person=person, role=Role.CONTACT)
    membership = Membership.objects.get(person=person)
    memberships.end(membership_id=membership.pk, by=actor_of(manager), read=None)
    assert noted() == [("rights", person.pk, "contact de-linde", "")] * 2


def test_wrong_codes_of_the_second_step_are_noted_and_the_limit_once(client):
    user = with_second_step()
    sign_in(client, user.email)
    for _turn in range(7):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    kinds = [(kind, what) for kind, _person, what, _network in noted()]
    assert kinds == [*[("wrong_code", "")] * 5, ("throttled", "wrong_code")]
    assert {person for _kind, person, _what, _network in noted()} == {user.person.pk}
    assert {network for *_rest, network in noted()} == {"127.0.0.0/24"}


def test_changes_of_signing_in_are_noted(client):
    user = UserFactory()
    sign_in(client, user.email)
    confirm(client, client.get(reverse("mfa_activate_totp")))
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(client.session["mfa.totp.secret"])})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    new = "fiets-boom-appel-43"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), data)
    assert [kind for kind, *_rest in noted()] == [
        "signed_in",
        "second_step_on",
        "recovery_codes",
        "second_step_off",
        "password",
    ]


def test_password_chosen_with_a_link_is_noted(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = OutgoingMail.objects.get(kind="accounts.password_reset").link
    page = client.get(link, follow=True)
    new = "fiets-boom-appel-43"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert [kind for kind, *_rest in noted()] == ["password"]


def test_each_change_that_is_mailed_is_noted_too():
    """But an address, which is noted when it counts: `test_signing_in.py`."""
    addresses = {f"account/email/email_{what}" for what in ("changed", "confirm", "deleted")}
    assert set(NOTED) == set(SECURITY_EVENTS) - addresses


def test_owner_sees_own_events_alone(client):
    user = UserFactory()
    SecurityEventFactory(person=user.person, network="192.0.2.0/24")
    SecurityEventFactory(network="203.0.113.0/24")
    login(client, user)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "ingelogd (192.0.2.0/24)" in page
    assert "203.0.113" not in page


def test_administrator_reads_what_happened_and_not_to_whom(client, django_assert_num_queries):
    anna = UserFactory(first_name="Annabel", email="anna@voorbeeld.test")
    for kind in ("wrong_password", "wrong_password", "password"):
        SecurityEventFactory(person=anna.person, kind=kind, network="192.0.2.0/24")
    SecurityEventFactory(person=None, kind="wrong_password")
    login(client, UserFactory(is_staff=True))
    give_second_step(get_user(client))
    page = client.get(reverse("accounts:event-list")).content.decode()
    assert "Annabel" not in page
    assert "anna@" not in page
    assert str(anna.person.public_id) not in page
    rows = client.get(reverse("accounts:event-list"), {"soort": "wrong_password"}).context["rows"]
    assert [row.network for row in rows] == ["", "192.0.2.0/24", "192.0.2.0/24"]
    assert [bool(row.sign) for row in rows] == [False, True, True]
    assert len({row.sign for row in rows}) == 2
    kinds = client.get(reverse("accounts:event-list")).context["kinds"]
    assert [(one.kind, one.number) for one in kinds] == [("wrong_password", 3), ("password", 1)]


def test_role_that_changed_is_named_by_its_word(client):
    SecurityEventFactory(kind="rights", what="supervisor de-linde")
    login(client, UserFactory(is_staff=True))
    give_second_step(get_user(client))
    page = client.get(reverse("accounts:event-list")).content.decode()
    assert "Rol begonnen of beëindigd</strong> (werkbegeleider, de-linde)" in page
    assert "supervisor" not in page


def test_administrator_takes_the_events_along_as_shown(client):
    anna = UserFactory(first_name="Annabel", email="anna@voorbeeld.test")
    SecurityEventFactory(person=anna.person, kind="wrong_password", network="192.0.2.0/24")
    SecurityEventFactory(person=anna.person, kind="password")
    login(client, with_second_step(is_staff=True))
    page = reverse("accounts:event-list")
    sign = client.get(page, {"soort": "wrong_password"}).context["rows"][0].sign
    response = client.get(page, {"soort": "wrong_password", "download": "csv"})
    head, row, *more = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert head == "Wanneer;Soort;Wat;Netwerk;Account"
    assert row.endswith(f";192.0.2.0/24;{sign}")
    assert not more
    assert SecurityEvent.objects.filter(what="accounts:event-list csv (soort)").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_events_cost_the_same_however_many(client, django_assert_num_queries, count):
    for _turn in range(count):
        SecurityEventFactory(person=UserFactory().person)
    login(client, with_second_step(is_staff=True))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("accounts:event-list")).context["rows"]) == count
