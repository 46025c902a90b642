"""The page of one person of an organisation, for its managers, and the address that they put right."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation
from accounts.services.people import Name
from core.dates import today
from core.models import FieldChange, OutgoingMail
from partnerships.services import memberships
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.partnerships import GroupFactory, MemberFactory, MembershipFactory, OrganisationFactory
from tests.helpers import acting, closed, login, member, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="De Linde")


@pytest.fixture
def invited(organisation):
    by = acting(organisation, Role.MANAGER)
    return memberships.invite(
        organisation_id=organisation.pk,
        email="fuot@zorg.example",
        role=Role.CONTACT,
        by=by,
        name=Name(first_name="Noor", last_name="Hartgers"),
    )


def path(name, organisation, person):
    return reverse(f"partnerships:person-{name}", args=[organisation.slug, person.public_id])


def test_list_leads_to_everyone_who_works_there_or_was_invited(client, organisation, invited):
    role = MembershipFactory(organisation=organisation, role=Role.CONTACT)
    manager = member(organisation, Role.MANAGER)
    address = reverse("partnerships:people-list", args=[organisation.slug])
    for user, sees in ((manager, True), (role.person.user, False)):
        login(client, user)
        page = client.get(address).content.decode()
        for person in (role.person, invited.invitation.person):
            assert (path("detail", organisation, person) in page) is sees


def test_page_shows_roles_and_invitations_here_and_nothing_of_elsewhere(client, organisation, invited):
    person = MembershipFactory(organisation=organisation, role=Role.CONTACT).person
    MembershipFactory(person=person, organisation=OrganisationFactory(name="Elders Zorg"), role=Role.CONTACT)
    login(client, member(organisation, Role.MANAGER))
    page = client.get(path("detail", organisation, person)).content.decode()
    assert "Contactpersoon" in page
    assert "Elders Zorg" not in page
    page = client.get(path("detail", organisation, invited.invitation.person)).content.decode()
    for word in ("fuot@zorg.example", "nog geen antwoord", "Nieuwe link versturen", "Adres corrigeren"):
        assert word in page, word


@pytest.mark.parametrize(
    ("person", "word"),
    [
        (lambda: PersonFactory(), "Account: Geen"),
        (lambda: UserFactory().person, "Account: Kan inloggen"),
        (lambda: closed(UserFactory()).person, "Account: Inloggen is gestopt"),
    ],
    ids=["none", "open", "closed"],
)
def test_page_says_whether_someone_can_sign_in(client, organisation, person, word):
    role = MembershipFactory(organisation=organisation, person=person(), role=Role.CONTACT)
    login(client, member(organisation, Role.MANAGER))
    assert word in client.get(path("detail", organisation, role.person)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_for_one_role_and_for_three(client, organisation, fetched_in, number):
    person = PersonFactory()
    for role in (Role.CONTACT, Role.SUPERVISOR, Role.COLLEAGUE)[:number]:
        MembershipFactory(organisation=organisation, person=person, role=role)
    login(client, member(organisation, Role.MANAGER))
    fetched_in(6, path("detail", organisation, person))


def test_manager_corrects_an_address_and_the_invitation_goes_there(client, organisation, invited, outbox):
    person = invited.invitation.person
    manager = member(organisation, Role.MANAGER)
    login(client, manager)
    answer = press(client, path("address", organisation, person), person, {"email": "goed@zorg.example"})
    assert answer.url == path("detail", organisation, person)
    assert Invitation.objects.get().email == "goed@zorg.example"
    assert ("accounts.invitation", "goed@zorg.example") in outbox()
    change = FieldChange.objects.get(model="accounts.person", field="email")
    assert (change.before, change.after, change.by) == (
        "fuot@zorg.example",
        "goed@zorg.example",
        manager.person,
    )


@pytest.mark.parametrize("email", ["", "geen adres", "bekend@zorg.example"])
def test_bad_address_is_refused_and_stands_in_the_form(client, organisation, invited, email):
    MembershipFactory(organisation=organisation, person=PersonFactory(email="bekend@zorg.example"))
    login(client, member(organisation, Role.MANAGER))
    answer = press(
        client,
        path("address", organisation, invited.invitation.person),
        invited.invitation.person,
        {"email": email},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert answer.context["form"]["email"].value() == email


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("account", "intussen een account"),
        ("role elsewhere", "Anderen werken ook"),
        ("invited elsewhere", "Anderen werken ook"),
    ],
)
def test_address_of_who_has_an_account_or_is_known_elsewhere_is_not_theirs_to_change(
    client, organisation, way, said
):
    person = PersonFactory(email="eigen@zorg.example")
    if way == "account":
        person = member(organisation, Role.CONTACT).person
    else:
        MembershipFactory(person=person, organisation=organisation, role=Role.CONTACT)
    if way == "role elsewhere":
        MembershipFactory(person=person, role=Role.CONTACT)
    elif way == "invited elsewhere":
        InvitationFactory(person=person, email=person.email)
    manager = member(organisation, Role.MANAGER)
    login(client, manager)
    before = person.address
    page = press(
        client, path("address", organisation, person), person, {"email": "x@zorg.example"}, follow=True
    )
    assert said in page.content.decode()
    with pytest.raises(ValidationError, match=said):
        memberships.correct_address(
            organisation=organisation,
            person_id=person.pk,
            email="x@zorg.example",
            by=acting(organisation, Role.MANAGER),
            read=None,
        )
    person.refresh_from_db()
    assert person.address == before


def test_service_asks_who_manages(organisation, invited):
    with pytest.raises(ValidationError, match="beheerder"):
        memberships.correct_address(
            organisation=organisation,
            person_id=invited.invitation.person_id,
            email="x@zorg.example",
            by=acting(organisation, Role.CONTACT),
            read=None,
        )


# Seats


def test_coordinator_sends_the_invitation_to_a_seat_again(client, organisation, outbox):
    group = GroupFactory()
    body = OrganisationFactory(kind="knowledge_network")
    MemberFactory(partnership=group.partnership, organisation=body, role="coordinating_body")
    login(client, member(body, Role.COORDINATOR))
    names = [group.partnership.slug, group.public_id]
    newcomer = {"first_name": "Cor", "email": "cor@buurt.example", "kind": "client"}
    client.post(reverse("partnerships:coordination-seat-newcomer", args=names), newcomer)
    seat = group.seats.get()
    again = reverse("partnerships:coordination-seat-invite-again", args=[*names, seat.public_id])
    assert again in client.get(group.get_absolute_url()).content.decode()
    press(client, again, seat.invitation)
    assert outbox() == [("accounts.invitation", "cor@buurt.example")] * 2
    Invitation.objects.update(accepted_at=seat.invitation.created_at)
    assert again not in client.get(group.get_absolute_url()).content.decode()
    page = client.post(again, follow=True).content.decode()
    assert "al gebruikt of ingetrokken" in page
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("way", ["works there", "left", "left long ago", "is to leave", "no account"])
def test_manager_reads_how_to_reach_people_as_long_as_they_are_there(client, way):
    """Whoever left has another address by now, which is nobody's business; who has no account is known by this one."""
    organisation = OrganisationFactory()
    email = "nu@prive.example"
    person = PersonFactory(email=email) if way == "no account" else UserFactory(email=email).person
    person.phone = "06 1234"
    person.save()
    days = {"starts_on": today() - timedelta(days=90)}
    if way == "is to leave":
        days |= {"ends_on": today() + timedelta(days=9)}
    elif way != "works there":
        days |= {"ends_on": today() - timedelta(days=0 if way == "left" else 60), "ended_at": timezone.now()}
    MembershipFactory(person=person, organisation=organisation, role=Role.CONTACT, **days)
    twin = MembershipFactory(
        organisation=organisation,
        role=Role.SUPERVISOR,
        person=PersonFactory(
            first_name=person.first_name, name_prefix=person.name_prefix, last_name=person.last_name
        ),
    )
    login(client, member(organisation, Role.MANAGER))
    pages = {
        name: client.get(reverse(f"partnerships:{name}", args=[organisation.slug, *ids])).content.decode()
        for name, ids in {
            "people-list": [],
            "person-detail": [person.public_id],
            "person-merge-find": [twin.person.public_id],
            "person-merge": [person.public_id, twin.person.public_id],
        }.items()
    }
    left = way.startswith("left")
    assert [name for name, page in pages.items() if email in page] == ([] if left else [*pages])
    assert ("06 1234" in pages["person-merge"]) is not left
    assert "Anderen werken" not in pages["person-detail"]
