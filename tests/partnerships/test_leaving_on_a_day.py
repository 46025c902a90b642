"""A role ends on a day that is chosen: it runs until then, and is taken back until two weeks after it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import MandateKind
from partnerships.models import Membership
from partnerships.services import mandates, memberships, returns
from tests.factories.partnerships import MandateFactory, OrganisationFactory
from tests.helpers import at_noon, login, member
from ui.formats import day, list_day

GONE = 10


def in_days(count):
    return today() + timedelta(days=count)


@pytest.fixture
def employer(db):
    return OrganisationFactory()


@pytest.fixture
def manager(employer):
    return member(employer, Role.MANAGER)


@pytest.fixture
def contact(employer) -> Membership:
    return member(employer, Role.CONTACT).person.memberships.get()


def address(membership):
    return reverse("partnerships:people-end", args=[membership.organisation.slug, membership.public_id])


def end(membership, by, last_day=None):
    return memberships.end(membership_id=membership.pk, by=actor_of(by), last_day=last_day, read=None)


def runs(membership) -> bool:
    return Membership.objects.running().filter(pk=membership.pk).exists()


def test_role_with_its_mandates_runs_until_the_day_that_was_chosen(manager, contact):
    MandateFactory(membership=contact, kind=MandateKind.SIGN)
    end(contact, manager, in_days(GONE))
    with at_noon(GONE):
        assert runs(contact)
        assert contact.mandates.running().filter(kind=MandateKind.SIGN).exists()
    with at_noon(GONE + 1):
        assert not runs(contact)
        assert not contact.mandates.running().exists()
        assert not actor_of(contact.person.user).held


def test_who_leaves_reads_on_which_day(manager, contact):
    """person_role_ended.txt"""
    end(contact, manager, in_days(GONE))
    mail = OutgoingMail.objects.get(kind="person_role_ended")
    assert mail.subject.endswith(f"eindigt op {day(in_days(GONE))}")
    assert f"heeft {day(in_days(GONE))} gekozen als laatste dag" in mail.body


@pytest.mark.parametrize(("after", "may"), [(0, True), (GONE + 14, True), (GONE + 15, False)])
def test_it_is_taken_back_until_14_days_after_the_last_day(client, manager, contact, after, may):
    MandateFactory(membership=contact, kind=MandateKind.SIGN)
    end(contact, manager, in_days(GONE))
    people = reverse("partnerships:people-list", args=[contact.organisation.slug])
    take_back = reverse("partnerships:people-take-back", args=[contact.organisation.slug, contact.public_id])
    words = f"Laatste dag {list_day(in_days(GONE))}"
    with at_noon(after):
        page = login(client, manager).get(people).content.decode()
        assert [take_back in page, words in page] == [may, may]
        if may:
            returns.role(membership_id=contact.pk, by=actor_of(manager), read=None)
            contact.refresh_from_db()
            assert (contact.ends_on, contact.ended_at) == (None, None)
            assert not contact.mandates.exclude(ends_on=None).exists()
        else:
            with pytest.raises(ValidationError):
                returns.role(membership_id=contact.pk, by=actor_of(manager), read=None)


def test_another_role_cannot_end_because_who_leaves_is_still_there(manager, employer):
    other = member(employer, Role.MANAGER)
    end(manager.person.memberships.get(), manager, in_days(GONE))
    with pytest.raises(ValidationError, match="beheren"):
        end(other.person.memberships.get(), other)
    end(manager.person.memberships.get(), manager)
    assert not runs(manager.person.memberships.get())


def test_sooner_than_was_chosen_is_possible_and_later_is_not(manager, contact):
    end(contact, manager, in_days(GONE))
    for days in (GONE, GONE + 1):
        with pytest.raises(ValidationError):
            end(contact, manager, in_days(days))
    end(contact, manager, in_days(GONE - 1))
    contact.refresh_from_db()
    assert contact.ends_on == in_days(GONE - 1)
    returns.role(membership_id=contact.pk, by=actor_of(manager), read=None)
    contact.refresh_from_db()
    assert contact.ends_on == in_days(GONE)


@pytest.mark.parametrize("text", ["gisteren", "32-13-2026", "0026-01-01", "9" * 900, in_days(-1).isoformat()])
def test_nonsense_for_a_day_is_said_at_the_field(client, manager, contact, text):
    login(client, manager)
    page = client.post(address(contact), {"last_day": text, "read": contact.row_version})
    assert page.status_code == 200
    assert 'href="#id_last_day"' in page.content.decode()
    contact.refresh_from_db()
    assert contact.ends_on is None


def test_page_says_what_was_chosen(client, manager, contact):
    login(client, manager)
    sent = {"last_day": in_days(GONE).isoformat(), "read": contact.row_version}
    page = client.post(address(contact), sent, follow=True).content.decode()
    assert f"De laatste dag van de rol is {day(in_days(GONE))}." in page


@pytest.mark.parametrize("last_day", ["", today().isoformat()])
def test_who_leaves_today_has_left(client, manager, contact, last_day):
    login(client, manager)
    page = client.post(address(contact), {"last_day": last_day, "read": contact.row_version}, follow=True)
    assert "De rol is beëindigd." in page.content.decode()
    contact.refresh_from_db()
    assert contact.ended_at is not None


def test_who_leaves_on_a_day_of_their_own_takes_that_back(client, manager, contact):
    user = contact.person.user
    end(contact, user, in_days(GONE))
    page = login(client, user).get(reverse("partnerships:own-roles")).content.decode()
    assert reverse("partnerships:own-role-take-back", args=[contact.public_id]) in page


def test_day_that_was_put_forward_and_the_one_before_it_are_taken_back_in_turn(manager, contact):
    for last_day in (in_days(GONE), in_days(2)):
        end(contact, manager, last_day)
    for again in (in_days(GONE), None):
        contact.refresh_from_db()
        read = contact.row_version
        for _press in range(2):
            returns.role(membership_id=contact.pk, by=actor_of(manager), read=str(read))
            contact.refresh_from_db()
            assert contact.ends_on == again


def test_mandate_that_was_taken_away_since_stays_away_when_the_role_goes_on(employer, manager):
    by = actor_of(manager)
    for _colleague in range(2):
        leaving = member(employer, Role.CONTACT, may_sign=True).person.memberships.get()
    memberships.end(membership_id=leaving.pk, by=by, last_day=in_days(GONE), read=None)
    mandates.change(membership_id=leaving.pk, kinds=[], by=by, version=None)
    returns.role(membership_id=leaving.pk, by=by, read=None)
    assert Membership.objects.running().filter(pk=leaving.pk, ends_on=None).exists()
    assert not leaving.mandates.running().exists()
