"""What coordinators do: take employers in, keep members and groups in order, move initiatives."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from partnerships.enums import InitiativePhase, MemberRole, Perspective, Role, SignUpState
from partnerships.forms.governance import SeatForm
from partnerships.forms.sign_ups import CallForm
from partnerships.models import Initiative, Member, Membership, Organisation, Partnership, Seat, SignUp
from partnerships.services import governance, initiatives, members, sign_ups
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    InitiativeFactory,
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    SeatFactory,
    SignUpFactory,
)
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership() -> Partnership:
    return MemberFactory(
        organisation=OrganisationFactory(kind="knowledge_network"), role=MemberRole.COORDINATING_BODY
    ).partnership


@pytest.fixture
def coordinator(client, partnership):
    """The coordinator of `partnership`, signed in."""
    user = member(partnership.members.get().organisation, Role.COORDINATOR)
    login(client, user)
    return user


def confirmed_sign_up(partnership: Partnership, **fields) -> SignUp:
    return SignUpFactory(call=CallFactory(partnership=partnership), confirmed_at=timezone.now(), **fields)


# Sign-ups


def test_accepting_a_sign_up_makes_a_member_and_invites_its_manager(partnership, coordinator):
    sign_up = confirmed_sign_up(partnership, organisation_name="Zorgtuin", email="marit@zorgtuin.example")
    organisation = sign_ups.accept(
        sign_up_id=sign_up.pk, by=coordinator.pk, organisation=None, kind="care_provider"
    )
    assert organisation.name == "Zorgtuin"
    assert not organisation.is_published
    assert Member.objects.running().get(organisation=organisation).partnership == partnership
    invitation = organisation.invitations.get()
    assert (invitation.role, invitation.invitation.email) == (Role.MANAGER, "marit@zorgtuin.example")
    assert OutgoingMail.objects.get().to_email == "marit@zorgtuin.example"
    sign_up.refresh_from_db()
    assert (sign_up.state, sign_up.organisation) == (SignUpState.PLEDGED, organisation)


def test_accepting_twice_changes_nothing_more(partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    values = {"sign_up_id": sign_up.pk, "by": coordinator.pk, "organisation": None, "kind": "welfare"}
    sign_ups.accept(**values)
    before = (Organisation.objects.count(), OutgoingMail.objects.count())
    with pytest.raises(ValidationError):
        sign_ups.accept(**values)
    assert (Organisation.objects.count(), OutgoingMail.objects.count()) == before


def test_accepting_for_a_known_organisation_with_a_manager_invites_nobody(partnership, coordinator):
    known = OrganisationFactory()
    member(known, Role.MANAGER)
    sign_up = confirmed_sign_up(partnership)
    sign_ups.accept(sign_up_id=sign_up.pk, by=coordinator.pk, organisation=known, kind="welfare")
    assert not OutgoingMail.objects.exists()
    assert known.members.running().get().partnership == partnership


def test_unconfirmed_sign_up_is_not_accepted(partnership, coordinator):
    sign_up = SignUpFactory(call__partnership=partnership)
    with pytest.raises(ValidationError):
        sign_ups.accept(sign_up_id=sign_up.pk, by=coordinator.pk, organisation=None, kind="welfare")
    assert not Organisation.objects.filter(name=sign_up.organisation_name).exists()


@pytest.mark.parametrize(("state", "action"), list(product(SignUpState, SignUp.TRANSITIONS)))
def test_every_state_and_step_of_a_sign_up(state, action):
    sign_up = SignUpFactory(state=state)
    sources, target = SignUp.TRANSITIONS[action]
    if state in sources:
        advance(sign_up, action, by=None, reason="omdat")
    else:
        with pytest.raises(IllegalTransition):
            advance(sign_up, action, by=None, reason="omdat")
    assert SignUp.objects.get().state == (target if state in sources else state)


def test_dropping_out_without_a_reason_keeps_the_page_and_says_so(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    response = client.post(url, {"action": "drop_out", "reason": "  "})
    assert response.status_code == 200
    assert response.context["step_form"].errors == {"reason": ["Schrijf waarom deze werkgever afvalt."]}
    client.post(url, {"action": "drop_out", "reason": "Geen begeleider"})
    assert StateChange.objects.get().reason == "Geen begeleider"
    client.post(url, {"action": "drop_out", "reason": "nog eens"})
    assert StateChange.objects.count() == 1


# Members


def test_last_coordinating_organisation_stays(partnership):
    body = partnership.members.get()
    for act in (
        lambda: members.end(member_id=body.pk),
        lambda: members.change_role(member_id=body.pk, role=MemberRole.OBSERVER),
    ):
        with pytest.raises(ValidationError):
            act()
    assert Member.objects.running().get().role == MemberRole.COORDINATING_BODY


def test_member_leaves_and_loses_sight_of_the_partnership(partnership):
    row = MemberFactory(partnership=partnership, starts_on=today() - timedelta(days=90))
    members.end(member_id=row.pk)
    assert not Member.objects.running().filter(pk=row.pk).exists()
    with pytest.raises(ValidationError):
        members.end(member_id=row.pk)


def test_adding_a_member_twice_is_refused(partnership):
    organisation = OrganisationFactory()
    members.add(partnership_id=partnership.pk, organisation=organisation, role=MemberRole.MEMBER)
    with pytest.raises(ValidationError):
        members.add(partnership_id=partnership.pk, organisation=organisation, role=MemberRole.OBSERVER)


# Groups


def test_full_group_takes_observers_only():
    group = GroupFactory(max_size=2)
    for _ in range(2):
        SeatFactory(group=group)
    row = MembershipFactory()
    values = {"group_id": group.pk, "membership": row, "perspective": "delegate", "is_chair": False}
    with pytest.raises(ValidationError):
        governance.give_seat(**values, is_observer=False)
    assert governance.give_seat(**values, is_observer=True).is_observer


def test_organisation_has_no_more_delegates_than_agreed():
    group = GroupFactory(delegates_per_organisation=1)
    seat = SeatFactory(group=group)
    second = MembershipFactory(organisation=seat.organisation)
    values = {"group_id": group.pk, "membership": second, "is_observer": False, "is_chair": False}
    with pytest.raises(ValidationError):
        governance.give_seat(**values, perspective=Perspective.DELEGATE)
    governance.give_seat(**values, perspective=Perspective.PRACTICE_EXPERT)
    with pytest.raises(ValidationError):
        governance.give_seat(**values, perspective=Perspective.PRACTICE_EXPERT)
    assert Seat.objects.running().filter(group=group).count() == 2


def test_group_says_who_is_missing():
    group = GroupFactory(required_perspectives=[Perspective.STUDENT, Perspective.CARER_OR_CLIENT])
    present, absent, observer = (
        MemberFactory(partnership=group.partnership, role=role)
        for role in (MemberRole.MEMBER, MemberRole.MEMBER, MemberRole.OBSERVER)
    )
    seats = [
        SeatFactory(group=group, organisation=present.organisation),
        SeatFactory(group=group, organisation=None, perspective=Perspective.STUDENT),
        SeatFactory(group=group, organisation=absent.organisation, is_observer=True),
    ]
    missing = group.missing([present, absent, observer], seats)
    assert missing.organisations == [absent.organisation]
    assert missing.voices == ["mantelzorger of cliënt"]


# Initiatives


@pytest.mark.parametrize(("state", "action"), list(product(InitiativePhase, Initiative.TRANSITIONS)))
def test_every_phase_and_step_of_an_initiative(state, action):
    initiative = InitiativeFactory(state=state, stop_reason="was gestopt" if state == "stopped" else "")
    sources, target = Initiative.TRANSITIONS[action]
    values = {"initiative_id": initiative.pk, "action": action, "by": None, "reason": "omdat"}
    if state in sources:
        initiatives.move(**values)
    else:
        with pytest.raises(IllegalTransition):
            initiatives.move(**values)
    assert Initiative.objects.get().state == (target if state in sources else state)


def test_stopping_shows_the_reason_to_visitors(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership)
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    client.post(url, {"action": "stop", "reason": "Te weinig deelnemers"})
    client.logout()
    assert "Te weinig deelnemers" in client.get(initiative.get_absolute_url()).content.decode()


def test_new_initiative_is_found_at_an_own_address(client, partnership, coordinator):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"kind": "project", "summary": "Kort", "is_published": "on"}
    for title in ("Nieuw", "Nieuw!"):
        assert client.post(url, {**data, "title": title}).status_code == 302
    assert set(Initiative.objects.values_list("slug", flat=True)) == {"nieuw-2", "nieuw-3"}
    assert Initiative.objects.first().refreshed_on == today()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "Vul dit in."),
        ("title", "x" * 121, "Gebruik hoogstens 120 tekens; het zijn er nu 121."),
        ("summary", "mijn nummer is 111222333", None),
        ("ends_on", "2020-01-01", None),
        ("kind", "hostile'; DROP TABLE", None),
        ("starts_on", "31-02-2026", None),
        ("partners", "999999", None),
    ],
)
def test_bad_input_of_an_initiative_is_kept_and_explained(
    client, partnership, coordinator, field, value, error
):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"title": "Goed", "kind": "project", "summary": "Kort", "starts_on": "2026-01-01"}
    response = client.post(url, {**data, field: value})
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert errors
    if error:
        assert errors[field] == [error]
    assert not Initiative.objects.exists()


def test_result_posted_twice_stands_once(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership)
    url = reverse("partnerships:coordination-initiative-add-result", args=[partnership.slug, initiative.slug])
    data = {"label": "Studenten", "value": "24", "measured_on": "2026-01-01", "source": "telling"}
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    assert initiative.results.count() == 1


# Lists cost the same for one row and for three


def count_queries(client, url: str, django_assert_num_queries, number: int):
    client.get(url)  # what is cached is cached
    with django_assert_num_queries(number):
        return client.get(url)


@pytest.mark.parametrize("item_count", [1, 3])
def test_people_list_queries(client, django_assert_num_queries, item_count):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    MembershipFactory.create_batch(item_count - 1, organisation=organisation)
    MembershipFactory()  # another organisation's: must not show
    url = reverse("partnerships:people-list", args=[organisation.slug])
    response = count_queries(client, url, django_assert_num_queries, 8)
    assert len(response.context["rows"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_location_list_queries(client, django_assert_num_queries, item_count):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.CONTACT))
    LocationFactory.create_batch(item_count, organisation=organisation)
    LocationFactory()
    LocationFactory(organisation=organisation, closed_on=today())
    url = reverse("partnerships:location-list", args=[organisation.slug])
    response = count_queries(client, url, django_assert_num_queries, 7)
    assert len(list(response.context["page"])) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(
    ("name", "factory", "queries"),
    [
        ("coordination-initiatives", InitiativeFactory, 7),
        ("coordination-groups", GroupFactory, 9),
        ("coordination-calls", CallFactory, 7),
    ],
)
def test_coordination_lists_queries(
    client, partnership, coordinator, django_assert_num_queries, name, factory, queries, item_count
):
    factory.create_batch(item_count, partnership=partnership)
    factory()
    url = reverse(f"partnerships:{name}", args=[partnership.slug])
    response = count_queries(client, url, django_assert_num_queries, queries)
    assert response.context["page"].total == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_sign_ups_of_a_call_queries(client, partnership, coordinator, django_assert_num_queries, item_count):
    call = CallFactory(partnership=partnership)
    SignUpFactory.create_batch(item_count, call=call, confirmed_at=timezone.now())
    SignUpFactory(call=call)  # not confirmed: does not count
    url = reverse("partnerships:coordination-call", args=[partnership.slug, call.slug])
    response = count_queries(client, url, django_assert_num_queries, 9)
    assert response.context["page"].total == item_count


def test_manager_invites_by_the_form_and_takes_it_back(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    url = reverse("partnerships:people-invite", args=[organisation.slug])
    data = {"email": "joke@zorg.example", "role": Role.SUPERVISOR, "may_sign": "on"}
    assert "may_sign" in client.post(url, data).context["form"].errors
    assert client.post(url, {**data, "may_sign": ""}).status_code == 302
    invited = organisation.invitations.get()
    again = client.post(url, {**data, "may_sign": ""})
    assert again.status_code == 200
    assert again.context["form"]["email"].value() == "joke@zorg.example"
    withdraw = reverse("partnerships:people-invite-withdraw", args=[organisation.slug, invited.public_id])
    for _ in range(2):
        page = client.post(withdraw, follow=True)
        assert page.status_code == 200
    assert "Deze uitnodiging is al gebruikt of ingetrokken." in page.content.decode()
    invited.invitation.refresh_from_db()
    assert invited.invitation.revoked_at is not None


def test_location_with_a_taken_name_or_bad_postcode_is_explained(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    LocationFactory(organisation=organisation, name="Molenhof")
    url = reverse("partnerships:location-create", args=[organisation.slug])
    assert client.get(url).context["form"]["municipality"].label == "Plaats"  # nobody lives there
    response = client.post(url, {"name": "Molenhof", "municipality": "Lelystad", "pc4": "82"})
    assert "pc4" in response.context["form"].errors
    response = client.post(url, {"name": "Molenhof", "municipality": "Lelystad", "pc4": "8224"})
    assert response.context["form"].errors
    assert organisation.locations.count() == 1
    assert Membership.objects.filter(organisation=organisation).count() == 1


def test_name_of_a_closed_location_is_free_again(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    LocationFactory(organisation=organisation, name="Molenhof", closed_on=today())
    url = reverse("partnerships:location-create", args=[organisation.slug])
    data = {"name": "Molenhof", "municipality": "Lelystad", "pc4": "8232"}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert "Er is al een locatie met deze naam." in again.content.decode()
    assert organisation.locations.filter(name="Molenhof", closed_on=None).count() == 1


@pytest.mark.parametrize("act", ["sluiten", "wijzigen"])
def test_location_that_was_closed_meanwhile_is_said_kindly(client, act):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    location = LocationFactory(organisation=organisation)
    close = reverse("partnerships:location-close", args=[organisation.slug, location.public_id])
    assert client.post(close).status_code == 302
    for method in (client.get, client.post):
        response = method(close.replace("sluiten", act), follow=True)
        assert response.redirect_chain[-1][0] == reverse(
            "partnerships:location-list", args=[organisation.slug]
        )
        assert "Deze locatie is gesloten." in response.content.decode()


@pytest.mark.parametrize("act", ["beeindigen", "wijzigen"])
def test_role_that_ended_meanwhile_is_said_kindly(client, act):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    left = MembershipFactory(organisation=organisation, role=Role.CONTACT, starts_on=today() - timedelta(9))
    end = reverse("partnerships:people-end", args=[organisation.slug, left.public_id])
    assert client.post(end).status_code == 302
    for method in (client.get, client.post):
        response = method(end.replace("beeindigen", act), follow=True)
        assert response.redirect_chain[-1][0] == reverse("partnerships:people-list", args=[organisation.slug])
        assert "Deze rol was al beëindigd." in response.content.decode()


@pytest.mark.parametrize(
    ("year", "message"), [(1800, "Vul 2015 of meer in."), (2150, "Vul 2100 of minder in.")]
)
def test_call_for_a_study_year_that_cannot_be_is_refused(partnership, year, message):
    form = CallForm({"study_year": year}, partnership=partnership)
    assert form.errors["study_year"] == [message]


# Pressing a button twice


def test_new_initiative_sent_twice_is_made_once(client, partnership, coordinator):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"title": "Samen leren", "kind": "project", "summary": "Kort"}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.context["form"].errors["title"] == [
        "Er is al een initiatief met deze titel. Kijk in de lijst."
    ]
    assert partnership.initiatives.count() == 1


def test_new_call_sent_twice_is_made_once_but_may_come_back_next_year(client, partnership, coordinator):
    url = reverse("partnerships:coordination-call-create", args=[partnership.slug])
    data = {
        "title": "Plekken gezocht",
        "summary": "Kort",
        "study_year": 2027,
        "partners_target": 2,
        "places_target": 4,
        "deadline": "2027-05-01",
    }
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.context["form"].errors["title"] == ["Er is al een oproep met deze titel. Kijk in de lijst."]
    assert client.post(url, {**data, "study_year": 2028}).status_code == 302
    assert partnership.calls.count() == 2


def test_new_group_sent_twice_is_made_once(client, partnership, coordinator):
    url = reverse("partnerships:coordination-group-create", args=[partnership.slug])
    data = {"name": "Stuurgroep", "kind": "steering", "delegates_per_organisation": 1}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.context["form"].errors["name"] == ["Er is al een groep met deze naam. Kijk in de lijst."]
    assert partnership.groups.count() == 1


def test_phase_changed_twice_says_that_the_step_is_past(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    data = {"action": "stop", "reason": "Geen docenten"}
    client.post(url, data)
    page = client.post(url, data, follow=True)
    assert "Deze stap kan niet meer." in page.content.decode()


def test_sign_up_dropped_twice_says_that_the_step_is_past(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    data = {"action": "drop_out", "reason": "Geen plek"}
    client.post(url, data)
    page = client.post(url, data, follow=True)
    assert "Deze stap kan niet meer." in page.content.decode()


def test_seat_of_today_ended_twice_says_so(client, partnership, coordinator):
    seat = SeatFactory(group__partnership=partnership, starts_on=today())
    url = reverse(
        "partnerships:coordination-seat-end", args=[partnership.slug, seat.group.public_id, seat.public_id]
    )
    client.post(url)
    page = client.post(url, follow=True)
    assert "Deze zetel was al beëindigd." in page.content.decode()


def test_observer_cannot_chair(partnership):
    form = SeatForm({"is_chair": "on", "is_observer": "on"}, group=GroupFactory(partnership=partnership))
    assert form.errors["is_chair"] == ["Waarnemers beslissen niet, dus kunnen ze niet voorzitten."]
