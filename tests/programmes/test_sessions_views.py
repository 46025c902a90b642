"""Lessons of a cohort: planned, changed, and what the students' agenda says of them."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import changes
from core.dates import AMSTERDAM, today
from core.models import FieldChange
from programmes.models import Session
from tests.factories.accounts import UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    SessionFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import edit, login
from ui import formats

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"programmes:{name}", args=arguments)


@pytest.fixture
def cohort(user, school):
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    return cohort


def session_data(**values):
    return {
        "kind": "lesson",
        "theme": "Tillen",
        "day": (today() + timedelta(days=7)).isoformat(),
        "starts": "09:00",
        "ends": "12.30",
        "place": "Lokaal 1",
        "bring": "",
        "material": "",
    } | values


def test_session_is_planned_in_local_time(teacher, school, cohort):
    data = session_data(ends="12:30")
    response = teacher.post(url("session-create", school.slug, cohort.public_id), data, follow=True)
    assert "De bijeenkomst staat in het rooster." in response.content.decode()
    session = Session.objects.get()
    assert timezone.localtime(session.starts_at).strftime("%H:%M") == "09:00"
    again = teacher.post(url("session-create", school.slug, cohort.public_id), data)
    assert "Deze bijeenkomst staat al in het rooster." in again.content.decode()
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("theme", "", "theme"),
        ("theme", "x" * 161, "theme"),
        ("kind", "x", "kind"),
        ("day", "0001-01-01", "day"),
        ("day", "9999-12-31", "day"),
        ("day", "morgen", "day"),
        ("starts", "25:00", "starts"),
        ("ends", "08:00", "ends"),
        ("ends", "", "ends"),
        ("work_processes", ["0"], "work_processes"),
        ("material", "x" * 4001, "material"),
    ],
)
def test_bad_session_is_explained(teacher, school, cohort, name, value, field):
    data = session_data(ends="12:30") | {name: value}
    response = teacher.post(url("session-create", school.slug, cohort.public_id), data)
    assert set(response.context["form"].errors) == {field}
    assert Session.objects.count() == 0


def test_session_is_changed(teacher, school, cohort):
    session = SessionFactory(cohort=cohort)
    page = url("session-edit", school.slug, cohort.public_id, session.public_id)
    form = teacher.get(page).context["form"]
    assert form.initial["day"] == timezone.localtime(session.starts_at).date()
    edit(teacher, page, session_data(ends="12:30", theme="Anders"))
    session.refresh_from_db()
    assert session.theme == "Anders"


def test_other_day_of_a_lesson_stands_in_its_history_and_in_the_agenda(client, user, school, cohort):
    login(client, user)
    starts_at = datetime.combine(today() + timedelta(days=6), time(9), AMSTERDAM)
    session = SessionFactory(cohort=cohort, starts_at=starts_at)
    before = formats.moment(session.starts_at)
    address = url("session-edit", school.slug, cohort.public_id, session.public_id)
    same = {
        name: str(client.get(address).context["form"][name].value()) for name in ("day", "starts", "ends")
    }
    edit(client, address, session_data(theme="Anders", **same))
    assert not FieldChange.objects.exists()  # the same moment, typed in the zone of the Netherlands
    edit(client, address, session_data(starts="10:00", ends="12:00"))
    page = client.get(
        reverse("students:session-detail", args=[school.slug, cohort.public_id, session.public_id])
    )
    session.refresh_from_db()
    starts = next(line for line in page.context["history"] if line.field == "Begint om")
    assert (starts.before, starts.after) == (before, formats.moment(session.starts_at))
    assert {line.change.by for line in page.context["history"]} == {user.person}
    assert f"{before} → " in page.content.decode()
    login(client, EnrolmentFactory(cohort=cohort, state="enrolled").student.person.user)
    assert f"Verplaatst, was: {before}" in client.get(reverse("students:agenda")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_agenda_costs_the_same_however_many_lessons_moved(client, cohort, django_assert_num_queries, count):
    by = UserFactory().person.pk
    for session in SessionFactory.create_batch(count, cohort=cohort):
        session.starts_at += timedelta(minutes=5)
        changes.save(session, by=by)
    login(client, EnrolmentFactory(cohort=cohort, state="enrolled").student.person.user)
    client.get(reverse("students:agenda"))
    with django_assert_num_queries(4):
        page = client.get(reverse("students:agenda")).content.decode()
    assert page.count("Verplaatst, was:") == count
