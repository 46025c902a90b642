"""What coordinators do with calls: open them, take in the employers that signed up."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from partnerships.actors import actor_of
from partnerships.enums import SignUpState
from partnerships.forms.calls import CallForm
from partnerships.models import Organisation, Partnership, SignUp
from partnerships.presenters.next_steps import for_coordinator
from partnerships.services import sign_ups
from tests.factories.partnerships import (
    CallFactory,
    JoinRequestFactory,
    MemberFactory,
    OrganisationFactory,
    SignUpFactory,
)
from tests.helpers import member, press

pytestmark = pytest.mark.django_db


# Calls


@pytest.mark.parametrize(
    ("year", "message"), [(1800, "Vul 2015 of meer in."), (2150, "Vul 2100 of minder in.")]
)
def test_call_for_a_study_year_that_cannot_be_is_refused(partnership, year, message):
    form = CallForm({"study_year": year}, partnership=partnership)
    assert form.errors["study_year"] == [message]


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


# Sign-ups


def confirmed_sign_up(partnership: Partnership, **fields) -> SignUp:
    return SignUpFactory(call=CallFactory(partnership=partnership), confirmed_at=timezone.now(), **fields)


def test_week_to_answer_a_sign_up_counts_from_the_day_in_the_netherlands(partnership, coordinator):
    half_past_midnight = dt.datetime(2027, 1, 11, 23, 30, tzinfo=dt.UTC)
    SignUpFactory(call=CallFactory(partnership=partnership), confirmed_at=half_past_midnight)
    [step] = for_coordinator(actor_of(coordinator), partnership.pk)
    assert step.due == dt.date(2027, 1, 19)


def test_accepting_a_sign_up_asks_the_employer_and_invites_its_manager(partnership, coordinator):
    sign_up = confirmed_sign_up(
        partnership, organisation_name="Zorgtuin", contact__email="marit@zorgtuin.example"
    )
    organisation = sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=None, kind="care_provider", read=None
    )
    assert organisation.name == "Zorgtuin"
    assert not organisation.is_published
    assert organisation.join_requests.get().partnership == partnership
    assert not organisation.members.exists()
    invitation = organisation.invitations.get()
    assert (invitation.role, invitation.invitation.email) == (Role.MANAGER, "marit@zorgtuin.example")
    assert set(OutgoingMail.objects.values_list("to_email", flat=True)) == {"marit@zorgtuin.example"}
    answer = OutgoingMail.objects.get(kind="employer_sign_up_accepted")
    assert answer.subject == f"Je aanmelding is aangenomen: {sign_up.call.title}"
    assert "uitnodiging om beheerder" in answer.body
    sign_up.refresh_from_db()
    assert (sign_up.state, sign_up.organisation) == (SignUpState.INTEREST, organisation)


def test_accepting_twice_changes_nothing_more(partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    values = {"sign_up_id": sign_up.pk, "by": actor_of(coordinator), "organisation": None, "kind": "welfare"}
    values["read"] = None
    sign_ups.accept(**values)
    before = (Organisation.objects.count(), OutgoingMail.objects.count())
    with pytest.raises(ValidationError):
        sign_ups.accept(**values)
    assert (Organisation.objects.count(), OutgoingMail.objects.count()) == before


def test_accepting_for_a_known_organisation_asks_its_manager(partnership, coordinator, outbox):
    known = OrganisationFactory()
    manager = member(known, Role.MANAGER)
    sign_up = confirmed_sign_up(partnership)
    sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=known, kind="welfare", read=None
    )
    assert outbox() == [
        ("employer_sign_up_accepted", sign_up.email),
        ("manager_join_request_made", manager.email),
    ]
    answer = OutgoingMail.objects.get(kind="employer_sign_up_accepted")
    assert "beantwoorden de beheerders van je organisatie" in answer.body
    assert not known.invitations.exists()
    assert not known.members.exists()


def test_sign_up_gives_nobody_an_organisation_that_others_work_with(partnership, coordinator, outbox):
    known = OrganisationFactory()
    MemberFactory(organisation=known)
    sign_up = confirmed_sign_up(partnership)
    sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=known, kind="welfare", read=None
    )
    assert not known.invitations.exists()
    assert known.join_requests.open().exists()


def test_employer_that_has_asked_itself_is_answered_there(partnership, coordinator):
    known = OrganisationFactory()
    asked = JoinRequestFactory(partnership=partnership, organisation=known, asked=True)
    sign_up = confirmed_sign_up(partnership)
    sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=known, kind="welfare", read=None
    )
    assert known.join_requests.get() == asked


def test_unconfirmed_sign_up_is_not_accepted(partnership, coordinator):
    sign_up = SignUpFactory(call__partnership=partnership)
    with pytest.raises(ValidationError):
        sign_ups.accept(
            sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=None, kind="welfare", read=None
        )
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
    response = press(client, url, sign_up, {"action": "drop_out", "reason": "  "})
    assert response.status_code == 200
    assert response.context["step_form"].errors == {"reason": ["Schrijf waarom deze werkgever niet meedoet."]}
    press(client, url, sign_up, {"action": "drop_out", "reason": "Geen begeleider"})
    assert StateChange.objects.get().reason == "Geen begeleider"
    press(client, url, sign_up, {"action": "drop_out", "reason": "nog eens"})
    assert StateChange.objects.count() == 1


def test_dropping_an_employer_who_had_joined_points_to_the_membership(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    known = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=known)
    sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=known, kind="welfare", read=None
    )
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    page = press(client, url, sign_up, {"action": "drop_out", "reason": "Geen begeleider"}, follow=True)
    assert (
        "De organisatie is nog lid. Beëindig het lidmaatschap als die ook vertrekt." in page.content.decode()
    )


def test_dropping_an_employer_who_was_asked_points_to_the_request(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    sign_ups.accept(
        sign_up_id=sign_up.pk, by=actor_of(coordinator), organisation=None, kind="welfare", read=None
    )
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    page = press(client, url, sign_up, {"action": "drop_out", "reason": "Geen begeleider"}, follow=True)
    assert "De toetreding wacht nog op antwoord." in page.content.decode()


def test_sign_up_dropped_twice_says_that_the_step_is_past(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership)
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    data = {"action": "drop_out", "reason": "Geen plek"}
    press(client, url, sign_up, data)
    page = press(client, url, sign_up, data, follow=True)
    assert "Deze stap kan niet meer." in page.content.decode()


def test_dropped_employer_talks_again_with_a_reason(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership, state=SignUpState.DROPPED_OUT)
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    page = client.post(url, {"action": "reopen"})
    assert page.context["step_form"].errors == {
        "reason": ["Schrijf waarom het gesprek met deze werkgever opnieuw begint."]
    }
    press(client, url, sign_up, {"action": "reopen", "reason": "Toch een begeleider"})
    sign_up.refresh_from_db()
    assert sign_up.state == SignUpState.TALKING
    shown = client.get(
        reverse("partnerships:coordination-sign-up", args=[partnership.slug, sign_up.public_id])
    )
    assert "Toch een begeleider" in shown.content.decode()


def test_step_of_an_employer_is_taken_back_and_both_stand_in_the_history(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership, state=SignUpState.SIGNED)
    here = [partnership.slug, sign_up.public_id]
    moving = reverse("partnerships:coordination-sign-up-move", args=here)
    press(client, moving, sign_up, {"action": "drop_out", "reason": "Geen plek"})
    page = client.get(reverse("partnerships:coordination-sign-up", args=here))
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
    for _ in range(2):
        client.post(
            reverse("partnerships:coordination-sign-up-take-back", args=here),
            {"act": page.context["undo"].act.pk},
        )
    told = OutgoingMail.objects.filter(kind="reader_act_taken_back").values_list("to_email", flat=True)
    assert list(told) == [sign_up.email]
    sign_up.refresh_from_db()
    assert sign_up.state == SignUpState.SIGNED
    page = client.get(reverse("partnerships:coordination-sign-up", args=here))
    assert [line.is_undo for line in page.context["history"]] == [False, True]


def test_employer_hears_how_far_it_was_noted_to_be(client, partnership, coordinator):
    sign_up = confirmed_sign_up(partnership, organisation_name="Zorgtuin", places=4)
    url = reverse("partnerships:coordination-sign-up-move", args=[partnership.slug, sign_up.public_id])
    press(client, url, sign_up, {"action": "pledge"})
    told = OutgoingMail.objects.get(kind="employer_sign_up_moved")
    assert (told.to_email, told.subject) == (
        sign_up.email,
        f"Je aanmelding, toegezegd: {sign_up.call.title}",
    )
    assert "Zorgtuin" in told.body
    assert "toegezegd, met 4 plekken" in told.body


@pytest.mark.parametrize("item_count", [1, 3])
def test_sign_ups_of_a_call_queries(client, partnership, coordinator, fetched_in, item_count):
    call = CallFactory(partnership=partnership)
    SignUpFactory.create_batch(item_count, call=call, confirmed_at=timezone.now())
    SignUpFactory(call=call)  # not confirmed: does not count
    url = reverse("partnerships:coordination-call", args=[partnership.slug, call.slug])
    response = fetched_in(10, url)
    assert response.context["page"].total == item_count
