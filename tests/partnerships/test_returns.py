"""The end of a role, a membership or a seat is on record and taken back within two weeks, with what it ended."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import endings, states
from core.dates import today
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import calls, groups, join_requests, members, memberships, returns
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    GroupSeatFactory,
    MandateFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.helpers import edit, login, member, press, typed_over
from tests.late import press_late
from ui import formats

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def manager(organisation):
    return member(organisation, Role.MANAGER)


@pytest.fixture
def contact(organisation):
    return MembershipFactory(organisation=organisation, role=Role.CONTACT, may_sign=True)


def end(membership, by):
    return memberships.end(membership_id=membership.pk, by=actor_of(by), read=None)


def back(membership, by):
    return returns.role(membership_id=membership.pk, by=actor_of(by), read=None)


def mails():
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "state"))


def page_of(client, user, url):
    return " ".join(login(client, user).get(url).content.decode().split())


# Roles


def test_end_of_a_role_says_who_when_and_what_day_stood_before(contact, manager):
    planned = today() + timedelta(days=30)
    Membership.objects.filter(pk=contact.pk).update(ends_on=planned)
    end(contact, manager)
    change = StateChange.objects.get(model="partnerships.membership")
    assert (change.from_state, change.to_state) == (planned.isoformat(), today().isoformat())
    assert (change.by, change.subject) == (manager.person, contact.person.public_id)


def test_role_goes_on_as_it_was_with_the_mandates_that_ended_with_it(contact, manager):
    given_up = MandateFactory(membership=contact, ends_on=today(), ended_at=timezone.now())
    before = actor_of(contact.person.user)
    end(contact, manager)
    assert actor_of(contact.person.user).held == ()
    back(contact, manager)
    assert actor_of(contact.person.user) == before
    contact.refresh_from_db()
    given_up.refresh_from_db()
    assert (contact.ends_on, contact.ended_at) == (None, None)
    assert given_up.is_over


def test_whoever_was_told_of_the_end_hears_that_it_was_taken_back(contact, manager):
    end(contact, manager)
    assert mails() == [("person_role_ended", "queued")]
    text = OutgoingMail.objects.get().body
    assert f"{manager.person} heeft je rol “contactpersoon” bij {contact.organisation} beëindigd" in text
    assert manager.email in text
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
    back(contact, manager)
    assert mails() == [("person_role_ended", "sent"), ("reader_act_taken_back", "queued")]


def test_mail_that_had_not_gone_is_not_sent(contact, manager):
    end(contact, manager)
    back(contact, manager)
    assert mails() == [("person_role_ended", "cancelled")]


def test_who_leaves_needs_no_mail(contact, manager):
    end(contact, contact.person.user)
    assert mails() == []


@pytest.mark.parametrize(
    ("ended_by", "back_by", "may"),
    [
        ("manager", "manager", True),
        ("manager", "other manager", True),
        ("manager", "contact", False),
        ("contact", "contact", True),
        ("contact", "manager", True),
        ("contact", "colleague", False),
    ],
)
def test_role_is_taken_back_by_whoever_has_the_right_to_it(
    organisation, contact, manager, ended_by, back_by, may
):
    people = {
        "manager": manager,
        "other manager": member(organisation, Role.MANAGER),
        "contact": contact.person.user,
        "colleague": member(organisation, Role.CONTACT),
    }
    end(contact, people[ended_by])
    if may:
        back(contact, people[back_by])
    else:
        with pytest.raises(ValidationError):
            back(contact, people[back_by])
    assert Membership.objects.running().filter(pk=contact.pk).exists() is may


def test_manager_does_not_bring_back_an_own_role_that_another_ended(organisation, manager):
    other = member(organisation, Role.MANAGER)
    own = MembershipFactory(
        organisation=organisation, role=Role.CONTACT, person=manager.person, may_sign=True
    )
    end(own, other)
    with pytest.raises(ValidationError, match="Vraag het een beheerder"):
        back(own, manager)
    back(own, other)


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_end_is_taken_back_for_two_weeks(contact, manager, days, may):
    end(contact, manager)
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        if may:
            back(contact, manager)
        else:
            with pytest.raises(ValidationError, match="14 dagen"):
                back(contact, manager)


def test_role_that_runs_anew_is_not_brought_back_beside_it(contact, manager):
    end(contact, manager)
    memberships.give(organisation=contact.organisation, person=contact.person, role=Role.CONTACT)
    with pytest.raises(ValidationError, match="deze rol hier al"):
        back(contact, manager)


def test_same_press_twice_takes_it_back_once(client, organisation, contact, manager):
    end(contact, manager)
    login(client, manager)
    url = reverse("partnerships:people-take-back", args=[organisation.slug, contact.public_id])
    for _ in range(2):
        page = press(client, url, contact, follow=True).content.decode()
        assert "De rol loopt door zoals die was." in page
    assert StateChange.objects.filter(undoes__isnull=False, model="partnerships.membership").count() == 1


def test_people_page_shows_what_ended_lately_and_nothing_older(client, organisation, contact, manager):
    old = MembershipFactory(organisation=organisation, role=Role.SUPERVISOR)
    with time_machine.travel(timezone.now() - timedelta(days=20), tick=False):
        end(old, manager)
    end(contact, manager)
    login(client, manager)
    listed = client.get(reverse("partnerships:people-list", args=[organisation.slug]))
    assert [item.row.pk for item in listed.context["ended"]] == [contact.pk]
    assert "Rol laten doorlopen" in listed.content.decode()


# One's own rights


def test_own_roles_show_what_one_may_and_who_changed_it(client, contact, manager):
    end(contact, manager)
    page = page_of(client, contact.person.user, reverse("partnerships:own-roles"))
    assert f"Contactpersoon</strong>, {contact.organisation.name}" in page
    assert "Overeenkomsten tekenen" in page
    assert f"beëindigd, laatste dag {formats.day(today())}, {manager.person}" in page
    assert "Mijn vertrek terugdraaien" not in page


def test_who_left_takes_it_back_from_the_own_roles(client, contact, manager):
    end(contact, contact.person.user)
    login(client, contact.person.user)
    assert "Mijn vertrek terugdraaien" in client.get(reverse("partnerships:own-roles")).content.decode()
    url = reverse("partnerships:own-role-take-back", args=[contact.public_id])
    assert "De rol loopt door zoals die was." in press(client, url, contact, follow=True).content.decode()
    assert Membership.objects.running().filter(pk=contact.pk).exists()


def test_leaving_page_warns_of_the_own_access_and_says_who_comes_first(
    client, organisation, contact, manager
):
    login(client, contact.person.user)
    url = reverse("partnerships:people-end", args=[organisation.slug, contact.public_id])
    assert "Dit is je eigen rol" in client.get(url).content.decode()
    own = manager.person.memberships.get()
    login(client, manager)
    page = client.get(reverse("partnerships:people-end", args=[organisation.slug, own.public_id]))
    assert "Nodig eerst een andere beheerder uit." in page.content.decode()
    assert '<button class="btn btn--danger"' not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_own_roles_cost_the_same_for_one_and_for_three(client, fetched_in, number):
    user = member(OrganisationFactory(), Role.CONTACT, may_sign=True)
    for _ in range(number - 1):
        row = MembershipFactory(person=user.person, may_sign=True)
        GroupSeatFactory(person=user.person, organisation=row.organisation)
    GroupSeatFactory(person=user.person)
    login(client, user)
    assert len(fetched_in(6, reverse("partnerships:own-roles")).context["roles"]) == number


# Members and seats


def test_organisation_that_left_takes_part_again(client, partnership, coordinator):
    row = MemberFactory(partnership=partnership)
    members.end(member_id=row.pk, by=actor_of(coordinator), read=None)
    listed = client.get(reverse("partnerships:coordination-members", args=[partnership.slug]))
    assert [item.row.pk for item in listed.context["ended"]] == [row.pk]
    url = reverse(
        "partnerships:coordination-member-take-back", args=[partnership.slug, row.organisation.slug]
    )
    for _ in range(2):
        assert "doet weer mee, zoals eerst" in press(client, url, row, follow=True).content.decode()
    row.refresh_from_db()
    assert row.is_running


def test_role_of_a_member_and_its_leaving_stand_in_its_history(client, partnership, coordinator):
    row = MemberFactory(partnership=partnership)
    by = actor_of(coordinator)
    members.change_role(member_id=row.pk, role="observer", by=by, version=None)
    members.end(member_id=row.pk, by=by, read=None)
    returns.member(member_id=row.pk, by=by, read=None)
    url = reverse("partnerships:coordination-member-change", args=[partnership.slug, row.organisation.slug])
    history = client.get(url).context["history"]
    assert [(line.before, line.after, line.is_undo) for line in history] == [
        ("lid", "waarnemer", False),
        ("", f"beëindigd, laatste dag {formats.day(today())}", False),
        ("", "loopt door", True),
    ]


def test_coordinator_is_warned_before_the_own_organisation_leaves(client, partnership, coordinator):
    own = partnership.members.get()
    other = MemberFactory(partnership=partnership, role="lead")
    end_page = reverse("partnerships:coordination-member-end", args=[partnership.slug, own.organisation.slug])
    assert "Zorg eerst voor een andere coördinator" in client.get(end_page).content.decode()
    member(other.organisation, Role.COORDINATOR)
    for name in ("end", "change"):
        url = f"partnerships:coordination-member-{name}"
        for row, warned in ((own, True), (other, False)):
            page = client.get(reverse(url, args=[partnership.slug, row.organisation.slug]))
            assert ("raak je je eigen toegang kwijt" in page.content.decode()) is warned


def test_seat_that_ended_goes_on_when_there_is_room(client, partnership, coordinator):
    seat = GroupSeatFactory(group__partnership=partnership, group__max_size=2)
    by = actor_of(coordinator)
    groups.end_seat(group_id=seat.group_id, public_id=seat.public_id, by=by, read=None)
    listed = client.get(seat.group.get_absolute_url())
    assert [item.row.pk for item in listed.context["ended"]] == [seat.pk]
    others = GroupSeatFactory.create_batch(2, group=seat.group)
    again = partial(returns.seat, group_id=seat.group_id, public_id=seat.public_id, by=by, read=None)
    with pytest.raises(ValidationError, match="vol"):
        again()
    groups.end_seat(group_id=seat.group_id, public_id=others[0].public_id, by=by, read=None)
    url = reverse(
        "partnerships:coordination-seat-take-back",
        args=[partnership.slug, seat.group.public_id, seat.public_id],
    )
    press_late(client, url, seat)
    for _ in range(2):
        assert (
            "Deze persoon zit weer in de groep, zoals eerst."
            in press(client, url, seat, follow=True).content.decode()
        )
    assert seat.group.seats.running().filter(pk=seat.pk).exists()


def test_member_that_took_its_yes_back_since_does_not_go_on(partnership, coordinator):
    organisation, by = OrganisationFactory(), actor_of(coordinator)
    its_manager = actor_of(member(organisation, Role.MANAGER))
    request = join_requests.invite(
        partnership_id=partnership.pk, organisation=organisation, role="member", by=by
    )
    join_requests.accept(request_id=request.pk, by=its_manager, read=None)
    row = organisation.members.get()
    members.end(member_id=row.pk, by=by, read=None)
    join_requests.take_back(request_id=request.pk, by=its_manager, act_id=states.last_act(request).pk)
    with pytest.raises(ValidationError, match="heeft het ja teruggedraaid"):
        returns.member(member_id=row.pk, by=by, read=None)


def test_row_that_ran_out_by_its_days_has_no_end_to_take_back():
    over = MembershipFactory(ends_on=today() - timedelta(days=1))
    assert not endings.permits_take_back(over, endings.last_end(over))
    assert endings.lately(Membership.objects.all()) == []


# Dates


def test_other_dates_of_a_group_stand_on_its_page(client, partnership, coordinator):
    group = GroupSeatFactory(group__partnership=partnership).group
    day = today() + timedelta(days=90)
    url = reverse("partnerships:coordination-group-change", args=[partnership.slug, group.public_id])
    data = {
        "name": group.name,
        "kind": group.kind,
        "delegates_per_organisation": "1",
        "ends_on": day.isoformat(),
    }
    assert edit(client, url, data).status_code == 302
    (line,) = client.get(group.get_absolute_url()).context["history"]
    assert (line.field, line.before, line.after) == ("Einddatum", "(leeg)", formats.day(day))
    assert line.change.by == coordinator.person


def test_other_dates_of_a_call_stand_on_its_page(client, partnership, coordinator):
    call = CallFactory(partnership=partnership)
    before, call.deadline = call.deadline, call.deadline + timedelta(days=7)
    calls.save(call=call, by=actor_of(coordinator), version=None)
    url = reverse("partnerships:coordination-call", args=[partnership.slug, call.slug])
    (line,) = client.get(url).context["history"]
    assert (line.before, line.after) == (formats.day(before), formats.day(call.deadline))
    assert line.change.by == coordinator.person


def test_other_dates_of_a_partnership_stand_with_its_members(settings, client, partnership, coordinator):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    administrator, tables = UserFactory(is_staff=True, is_superuser=True), Client()
    login(tables, administrator)
    url = reverse("admin:partnerships_partnership_change", args=[partnership.pk])
    partnership.starts_on = today() - timedelta(days=90)
    data = typed_over(tables.get(url), starts_on=partnership.starts_on.isoformat())
    tables.post(url, data | {"action_lines-TOTAL_FORMS": 0, "action_lines-INITIAL_FORMS": 0})
    (line,) = client.get(reverse("partnerships:coordination-members", args=[partnership.slug])).context[
        "history"
    ]
    assert (line.before, line.after) == ("(leeg)", formats.day(partnership.starts_on))
    assert line.change.by == administrator.person
