"""Days of choice: what an organisation says, whom that leaves in peace, and what the timetable shows of it."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.models import Organisation
from partnerships.queries.free_days import names_of, resting_on
from portal import tasks
from tests.demo.taken import differences, shown, taken
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import SlotFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, SessionFactory
from tests.helpers import edit, login, member

pytestmark = pytest.mark.django_db
D = dt.date
GOOD_FRIDAY, EASTER_MONDAY, LIBERATION_DAY = D(2027, 3, 26), D(2027, 3, 29), D(2027, 5, 5)


@pytest.mark.parametrize(
    ("days", "day", "rests"),
    [
        ([], GOOD_FRIDAY, False),
        (["good_friday"], GOOD_FRIDAY, True),
        (["good_friday"], LIBERATION_DAY, False),
        (["good_friday", "liberation_day"], LIBERATION_DAY, True),
        (["good_friday"], D(2027, 3, 25), False),
        ([], EASTER_MONDAY, False),  # free for all: no question of choice
    ],
)
def test_who_is_free_on_a_day_of_choice(days, day, rests):
    user = member(OrganisationFactory(free_days=days), Role.CONTACT)
    member(OrganisationFactory(), Role.CONTACT)
    assert resting_on(day) == ({user.person.pk} if rests else set())


def test_who_also_works_elsewhere_is_not_free():
    user = member(OrganisationFactory(free_days=["good_friday"]), Role.CONTACT)
    elsewhere = MembershipFactory(person=user.person, role=Role.CONTACT)
    assert resting_on(GOOD_FRIDAY) == set()
    elsewhere.ends_on = D(2027, 1, 1)
    elsewhere.save()
    assert resting_on(GOOD_FRIDAY) == {user.person.pk}


@pytest.mark.parametrize(("free_days", "sent"), [([], [26]), (["good_friday"], [30])])
def test_reminder_waits_for_the_day_after(clock, free_days, sent):
    """Good Friday, a weekend and Easter Monday: the Tuesday after, for who is free on Good Friday."""
    clock.move_to(dt.datetime(2027, 2, 24, 9, tzinfo=dt.UTC))
    employer = OrganisationFactory(free_days=free_days)
    member(employer, Role.CONTACT)
    SlotFactory(organisation=employer, state="online", confirmed_on=D(2027, 2, 24))
    days = []
    for day in range(20, 32):
        clock.move_to(dt.datetime(2027, 3, day, 9, tzinfo=dt.UTC))
        tasks.send_reminders()
        days += [day] * (OutgoingMail.objects.count() - len(days))
    assert days == sent


def test_manager_says_which_days_are_free(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    page = reverse("partnerships:free-day-list", args=[organisation.slug])
    assert "Er is nog geen regio gekozen" in client.get(page).content.decode()
    change = reverse("partnerships:free-day-change", args=[organisation.slug])
    response = edit(client, change, {"free_days": ["good_friday"], "holiday_region": "north"}, follow=True)
    organisation.refresh_from_db()
    assert (organisation.free_days, organisation.holiday_region) == (["good_friday"], "north")
    holidays = {row.name: is_free for row, is_free in response.context["holidays"]}
    assert (holidays["Goede Vrijdag"], holidays["Bevrijdingsdag"], holidays["Koningsdag"]) == (
        True,
        False,
        True,
    )


def test_other_free_days_stand_on_their_page(client):
    organisation = OrganisationFactory(free_days=["good_friday"])
    manager = member(organisation, Role.MANAGER)
    login(client, manager)
    change = reverse("partnerships:free-day-change", args=[organisation.slug])
    data = {"free_days": ["good_friday", "liberation_day"], "holiday_region": "north"}
    page = edit(client, change, data, follow=True)
    lines = {line.field: (line.before, line.after, line.change.by) for line in page.context["history"]}
    assert lines == {
        "Vrije dagen naar eigen keuze": ("Goede Vrijdag", "Goede Vrijdag, Bevrijdingsdag", manager.person),
        "Regio van de schoolvakanties": ("(leeg)", "noord", manager.person),
    }
    assert "Goede Vrijdag → Goede Vrijdag, Bevrijdingsdag" in " ".join(page.content.decode().split())


@pytest.mark.parametrize("data", [{"free_days": ["carnival"]}, {"holiday_region": "east"}])
def test_day_and_region_that_are_none_are_refused(client, data):
    organisation = OrganisationFactory(free_days=["good_friday"], holiday_region="north")
    login(client, member(organisation, Role.MANAGER))
    response = edit(client, reverse("partnerships:free-day-change", args=[organisation.slug]), data)
    assert response.status_code == 200
    assert Organisation.objects.values_list("free_days", "holiday_region").get(pk=organisation.pk) == (
        ["good_friday"],
        "north",
    )


def test_page_costs_the_same_whatever_it_shows(client, clock, django_assert_num_queries):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    page = reverse("partnerships:free-day-list", args=[organisation.slug])
    Organisation.objects.update(town="Urk")  # one that was never changed has no history to ask for
    client.get(page)
    for region in ("", "south"):
        Organisation.objects.update(holiday_region=region)
        with django_assert_num_queries(5):
            rows = client.get(page).context["school_holidays"]
        assert len(rows) == (6 if region else 0)


def test_what_is_special_about_a_day():
    school = OrganisationFactory(kind="school", holiday_region="south", free_days=["liberation_day"])
    days = [D(2027, 2, 15), D(2027, 2, 22), GOOD_FRIDAY, EASTER_MONDAY, D(2027, 4, 27), LIBERATION_DAY]
    assert {day: str(name) for day, name in names_of(school, days).items()} == {
        D(2027, 2, 15): "voorjaarsvakantie",
        EASTER_MONDAY: "Tweede Paasdag",
        D(2027, 4, 27): "Koningsdag",
        LIBERATION_DAY: "Bevrijdingsdag",
    }
    assert names_of(school, []) == {}


@pytest.mark.parametrize("others", [0, 2])
def test_timetable_marks_a_lesson_on_a_free_day(client, clock, django_assert_num_queries, others):
    cohort = CohortFactory()
    school = cohort.programme.school
    Organisation.objects.filter(pk=school.pk).update(holiday_region="north")
    on = [D(2027, 3, 29), D(2027, 3, 30), D(2027, 2, 23)][: others + 1]
    for day in on:
        SessionFactory(
            cohort=cohort,
            starts_at=dt.datetime.combine(day, dt.time(9), dt.UTC),
            ends_at=dt.datetime.combine(day, dt.time(12), dt.UTC),
        )
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    page = reverse("students:session-list", args=[school.slug, cohort.public_id])
    client.get(page)
    with django_assert_num_queries(6):
        rows = client.get(page).context["rows"]
    marks = {"2027-03-29": "Tweede Paasdag", "2027-03-30": "", "2027-02-23": "voorjaarsvakantie"}
    assert {f"{row.starts_at:%Y-%m-%d}": str(mark) for row, mark in rows} == {
        str(day): marks[str(day)] for day in on
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_free_days_are_taken_along_as_the_page_shows_them(client, clock, kind):
    organisation = OrganisationFactory(holiday_region="north", free_days=["good_friday"])
    login(client, member(organisation, Role.MANAGER))
    address = reverse("partnerships:free-day-list", args=[organisation.slug])
    page = shown(client, address)
    rows = taken(client, page.address, kind)
    assert list(differences(page, rows, rows)) == []
    assert {row[3] for row in rows} == {"Vrij", "Werkdag", ""}
    assert len(page.tree.xpath("//main//ul[@class='rows']/li")) == len(rows)
