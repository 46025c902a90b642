"""Someone asks an organisation for a role: it gives nothing until a manager has said which."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from partnerships.enums import RoleRequestState
from partnerships.models import Organisation, RoleRequest
from partnerships.services import role_requests as service
from partnerships.tasks import expire_role_requests
from tests.demo.taken import differences, shown, taken
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory, RoleRequestFactory
from tests.helpers import acting, login, member, press

pytestmark = pytest.mark.django_db
FIND = "/aansluiten/"


@pytest.fixture
def employer():
    return OrganisationFactory(name="De Linde", slug="de-linde", town="Lelystad")


@pytest.fixture
def manager(employer):
    return member(employer, Role.MANAGER)


def asked(employer, user=None):
    return service.ask(organisation_id=employer.pk, by=actor_of(user or UserFactory()))


def answer(request, *, role=Role.CONTACT, by):
    return service.give(request_id=request.pk, role=role, by=actor_of(by), read=None)


def test_request_tells_the_managers_and_gives_nothing_yet(employer, manager, outbox):
    user = UserFactory()
    MemberFactory(organisation=employer)
    asked(employer, user)
    assert outbox() == [("manager_role_request_made", manager.email)]
    actor = actor_of(user)
    assert (actor.held, actor.takes_part) == ((), frozenset())
    assert not Organisation.objects.visible_to(actor).exists()


def test_role_is_given_once_and_both_presses_say_so(employer, manager, outbox):
    user = UserFactory()
    request = asked(employer, user)
    for _press in range(2):
        answer(request, by=manager)
    held = actor_of(user).held
    assert [(row.organisation_id, row.role) for row in held] == [(employer.pk, Role.CONTACT)]
    assert outbox() == [
        ("asker_role_request_given", user.email),
        ("manager_role_request_made", manager.email),
    ]


def test_nobody_gets_a_role_at_an_organisation_that_is_over(employer, manager, client):
    waiting = asked(employer)
    yesterday = today() - dt.timedelta(days=1)
    Organisation.objects.filter(pk=employer.pk).update(valid_until=yesterday)
    with pytest.raises(ValidationError, match="begint niets nieuws"):
        asked(employer)
    with pytest.raises(ValidationError, match="begint niets nieuws"):
        answer(waiting, by=manager)
    service.decline(request_id=waiting.pk, reason="We stoppen.", by=actor_of(manager), read=None)
    assert actor_of(waiting.person.user).held == ()


def test_request_is_declined_with_a_reason(employer, manager, outbox):
    user = UserFactory()
    request = asked(employer, user)
    by = actor_of(manager)
    with pytest.raises(ValidationError, match="reden"):
        service.decline(request_id=request.pk, reason=" ", by=by, read=None)
    for _press in range(2):
        service.decline(request_id=request.pk, reason="Ik ken je niet.", by=by, read=None)
    assert ("asker_role_request_declined", user.email) in outbox()
    assert actor_of(user).held == ()
    with pytest.raises(ValidationError, match="wacht niet meer"):
        answer(request, by=manager)
    asked(employer, user)  # one may ask again


def test_nobody_answers_and_both_sides_hear_that_it_expired(employer, manager, outbox):
    user = UserFactory()
    request = asked(employer, user)
    assert expire_role_requests() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=True):
        assert expire_role_requests() == 1
        assert expire_role_requests() == 0
    request.refresh_from_db()
    assert request.state == RoleRequestState.EXPIRED
    assert outbox() == [
        ("asker_role_request_expired", user.email),
        ("manager_role_request_expired", manager.email),
        ("manager_role_request_made", manager.email),
    ]
    assert StateChange.objects.filter(action="expire", by=None).count() == 1


def test_request_that_waits_is_not_made_or_mailed_twice(employer, manager, outbox):
    user = UserFactory()
    assert asked(employer, user) == asked(employer, user)
    assert len(outbox()) == 1


def test_request_made_by_mistake_is_taken_back_and_managers_whom_a_mail_had_reached_hear(
    employer, manager, outbox
):
    late = member(employer, Role.MANAGER)
    user = UserFactory()
    request = asked(employer, user)
    OutgoingMail.objects.filter(to_email=manager.email).update(
        state=OutgoingMail.State.SENT, sent_at=timezone.now()
    )
    for _press in range(2):
        service.withdraw(request_id=request.pk, by=actor_of(user), read=None)
    request.refresh_from_db()
    assert request.state == RoleRequestState.WITHDRAWN
    assert [to for kind, to in outbox() if kind == "reader_act_taken_back"] == [manager.email]
    made = OutgoingMail.objects.filter(kind="manager_role_request_made")
    assert made.get(to_email=late.email).state == OutgoingMail.State.CANCELLED
    with pytest.raises(ValidationError, match="wacht niet meer"):
        answer(request, by=manager)
    assert asked(employer, user) != request  # one may ask again


def test_manager_who_left_since_does_not_hear_that_a_request_is_taken_back(employer, manager, outbox):
    gone = member(employer, Role.MANAGER)
    user = UserFactory()
    request = asked(employer, user)
    now = timezone.now()
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=now)
    gone.person.memberships.update(ends_on=today(), ended_at=now)
    service.withdraw(request_id=request.pk, by=actor_of(user), read=None)
    assert [to for kind, to in outbox() if kind == "reader_act_taken_back"] == [manager.email]


def test_nobody_takes_back_what_another_asked_nor_what_was_answered(employer, manager):
    user = UserFactory()
    request = asked(employer, user)
    with pytest.raises(ValidationError, match="wie de aanvraag deed"):
        service.withdraw(request_id=request.pk, by=actor_of(manager), read=None)
    answer(request, by=manager)
    with pytest.raises(ValidationError, match="wacht niet meer"):
        service.withdraw(request_id=request.pk, by=actor_of(user), read=None)
    assert actor_of(user).held


def test_asking_and_taking_back_does_not_mail_without_end(employer, manager, outbox):
    user = UserFactory()
    for _time in range(3):
        service.withdraw(request_id=asked(employer, user).pk, by=actor_of(user), read=None)
    with pytest.raises(ValidationError, match="24 uur"):
        asked(employer, user)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=True):
        asked(employer, user)


def test_three_requests_of_one_person_wait_at_most(manager):
    user = UserFactory()
    for organisation in OrganisationFactory.create_batch(4):
        member(organisation, Role.MANAGER)
        if user.person.role_requests.count() < 3:
            asked(organisation, user)
        else:
            with pytest.raises(ValidationError, match="Drie van je aanvragen"):
                asked(organisation, user)
    assert RoleRequest.objects.count() == 3


def test_who_belongs_there_asks_a_manager_instead(employer, manager):
    with pytest.raises(ValidationError, match="al een rol"):
        asked(employer, member(employer, Role.SUPERVISOR))


def test_where_nobody_can_answer_nobody_can_ask(employer):
    with pytest.raises(ValidationError, match="niemand antwoorden"):
        asked(employer)


@pytest.mark.parametrize("who", ["contact", "elsewhere"])
def test_only_managers_of_that_organisation_answer(employer, manager, who):
    request = asked(employer)
    by = acting(employer, Role.CONTACT) if who == "contact" else acting(OrganisationFactory(), Role.MANAGER)
    with pytest.raises(ValidationError):
        service.give(request_id=request.pk, role=Role.CONTACT, by=by, read=None)
    with pytest.raises(ValidationError):
        service.decline(request_id=request.pk, reason="Nee.", by=by, read=None)
    request.refresh_from_db()
    assert request.state == RoleRequestState.OPEN


def test_role_must_be_one_that_the_organisation_has(employer, manager):
    with pytest.raises(ValidationError, match="niet"):
        answer(asked(employer), role=Role.TEACHER, by=manager)


@pytest.mark.parametrize("fields", [{"state": "given"}, {"role": "contact"}])
def test_database_ties_the_role_to_the_answer(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequestFactory(**fields)


def test_database_holds_one_open_request_of_a_person_and_organisation():
    request = RoleRequestFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequestFactory(person=request.person, organisation=request.organisation)


# Pages


def test_organisation_is_found_by_name_with_its_town_alone(client, employer, manager):
    OrganisationFactory(name="Linde zonder iemand")
    member(OrganisationFactory(name="Linde besloten", is_published=False), Role.MANAGER)
    login(client, UserFactory())
    page = client.get(FIND, {"naam": "  lind "}).content.decode()
    assert "De Linde" in page
    assert "Lelystad" in page
    assert "zonder iemand" not in page
    assert "besloten" not in page
    assert manager.person.full_name not in page
    for short in ("li", "", "\x00", "%%%"):
        assert "De Linde" not in client.get(FIND, {"naam": short}).content.decode()


def test_many_names_say_that_there_are_more(client):
    for number in range(21):
        member(OrganisationFactory(name=f"Zorghuis {number:02}"), Role.MANAGER)
    login(client, UserFactory())
    page = client.get(FIND, {"naam": "zorghuis"}).content.decode()
    assert page.count("<h3>") == 20
    assert "Er zijn er meer" in page


def test_from_asking_to_the_first_page_of_the_organisation(client, employer, manager):
    user = UserFactory()
    login(client, user)
    page = client.post(f"{FIND}de-linde/", follow=True).content.decode()
    assert "wacht op antwoord" in page
    login(client, manager)
    assert "Antwoord" in client.get("/werkgever/de-linde/taken/").content.decode()
    assert user.person.full_name in client.get("/organisatie/de-linde/mensen/").content.decode()
    request = RoleRequest.objects.get()
    url = reverse("partnerships:role-request", args=["de-linde", request.public_id])
    assert user.email in client.get(url).content.decode()
    assert press(client, f"{url}geven/", request, {"role": "teacher"}).status_code == 200
    assert press(client, f"{url}geven/", request, {"role": "contact"}).url == "/organisatie/de-linde/mensen/"
    # Answered: the page has nothing to do any more.
    assert client.get(url).url == "/organisatie/de-linde/mensen/"
    login(client, user)
    assert client.get("/mijn/").url == "/werkgever/de-linde/"
    assert "rol gegeven" in client.get(FIND).content.decode()


def test_own_list_offers_to_take_back_what_waits_and_nothing_else(client, employer, manager):
    user = UserFactory()
    login(client, user)
    client.post(f"{FIND}de-linde/")
    request = RoleRequest.objects.get()
    url = reverse("partnerships:role-request-withdraw", args=[request.public_id])
    assert url in client.get(FIND).content.decode()
    page = press(client, url, request, follow=True).content.decode()
    assert "ingetrokken" in page
    assert url not in page
    assert "wacht tot en met" not in page


def test_declining_keeps_to_its_form(client, employer, manager):
    request = RoleRequestFactory(organisation=employer)
    login(client, manager)
    url = reverse("partnerships:role-request-decline", args=["de-linde", request.public_id])
    assert press(client, url, request, {"reason": ""}).status_code == 200
    assert press(client, url, request, {"reason": "Ik ken je niet."}).status_code == 302
    request.refresh_from_db()
    assert request.state == RoleRequestState.DECLINED


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(
    client, employer, manager, number, django_assert_num_queries
):
    user = UserFactory()
    for organisation in OrganisationFactory.create_batch(number):
        member(organisation, Role.MANAGER)
        RoleRequestFactory(person=user.person, organisation=organisation)
    RoleRequestFactory.create_batch(number, organisation=employer)
    login(client, user)
    client.get(FIND)
    with django_assert_num_queries(2):
        client.get(FIND)
    login(client, manager)
    client.get("/organisatie/de-linde/mensen/")
    with django_assert_num_queries(8):
        client.get("/organisatie/de-linde/mensen/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_requests_are_taken_along_and_no_others(client, employer, manager, kind):
    user = UserFactory()
    RoleRequestFactory(person=user.person, organisation=employer)
    RoleRequestFactory(organisation=employer)
    login(client, user)
    page = shown(client, FIND)
    rows = taken(client, page.address, kind)
    assert list(differences(page, rows, rows)) == []
    assert [row[0] for row in rows] == ["De Linde"]
