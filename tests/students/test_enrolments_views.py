"""Enrolling by form and by file, and a student's page for the teacher."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import changes
from core.dates import today
from core.models import OutgoingMail, ReadLog
from students.enums import EnrolmentState
from students.models import Enrolment, Student
from tests.factories.accounts import PersonFactory
from tests.factories.core import FieldChangeFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory, StudentFactory, WorkSituationFactory
from tests.helpers import edit, login, press
from tests.students.worlds import page_name
from ui import formats
from ui.history import field_lines

pytestmark = pytest.mark.django_db

BORN_ON = date(2004, 3, 14)
ROW = "Samira;van der;Voorbeeld;samira@leerling.example;14-03-2004;Lelystad;8224;;liefst de avond"


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def url(cohort, name, enrolment=None):
    arguments = [cohort.programme.school.slug, cohort.public_id]
    return reverse(page_name(name), args=arguments + ([enrolment.public_id] if enrolment else []))


def filled(**values):
    return {
        "first_name": "Samira",
        "name_prefix": "van der",
        "last_name": "Voorbeeld",
        "email": "samira@leerling.example",
        "born_on": "2004-03-14",
        "town": "Lelystad",
        "pc4": "8224",
        "starts_on": "",
        "wishes": "",
    } | values


def upload(client, cohort, content):
    return client.post(
        url(cohort, "enrolment-import"), {"file": SimpleUploadedFile("studenten.csv", content)}
    )


def sent_from(response):
    """What the page of a checked file sends along."""
    fields = re.findall(r'name="(held|new)" value="([^"]+)"', response.content.decode())
    return dict(fields)


# By form


def test_enrol_by_form(teacher, cohort):
    response = teacher.post(url(cohort, "enrolment-create"), filled(), follow=True)
    assert "Samira van der Voorbeeld is ingeschreven en krijgt een uitnodiging." in response.content.decode()
    assert OutgoingMail.objects.get().to_email == "samira@leerling.example"


def test_enrol_twice_is_refused_kindly(teacher, cohort):
    teacher.post(url(cohort, "enrolment-create"), filled())
    response = teacher.post(url(cohort, "enrolment-create"), filled())
    assert response.context["form"].errors["email"] == ["Deze student zit al in dit cohort."]
    assert 'value="Samira"' in response.content.decode()
    assert Enrolment.objects.count() == 1


def test_enrol_in_a_full_cohort_says_waiting_list(teacher, cohort):
    EnrolmentFactory.create_batch(2, cohort=cohort)
    response = teacher.post(url(cohort, "enrolment-create"), filled(), follow=True)
    assert "Groep A is vol. Samira van der Voorbeeld staat op de wachtlijst." in response.content.decode()
    assert (
        Enrolment.objects.get(student__person__email="samira@leerling.example").state
        == EnrolmentState.WAITING
    )


BAD_VALUES = [
    ("first_name", ""),
    ("first_name", "x" * 81),
    ("last_name", "123456782"),  # passes the elfproef
    ("wishes", "mijn bsn is 1234.56.782"),
    ("wishes", "x" * 301),
    ("name_prefix", "x" * 31),
    ("email", "geen adres"),
    ("email", f"{'x' * 250}@leerling.example"),
    ("born_on", "31-02-2004"),
    ("born_on", "0001-01-01"),
    ("born_on", "9999-12-31"),
    ("born_on", ""),
    ("pc4", "0123"),
    ("pc4", "8224 AB C"),
    ("pc4", "Dronten"),
    ("starts_on", "1999-01-01"),
    ("starts_on", "9999-12-31"),
    ("town", ""),
]


@pytest.mark.parametrize(("name", "value"), BAD_VALUES)
def test_bad_value_is_explained_and_nothing_is_lost(teacher, cohort, name, value):
    response = teacher.post(url(cohort, "enrolment-create"), filled(**{name: value}))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {name}
    assert 'role="alert"' in response.content.decode()
    assert Student.objects.count() == 0


def test_enrol_when_the_cohort_has_ended_is_refused(teacher, cohort):
    cohort.starts_on, cohort.ends_on = today() - timedelta(days=300), today() - timedelta(days=1)
    cohort.save()
    response = teacher.get(url(cohort, "enrolment-create"), follow=True)
    assert len(response.redirect_chain) == 1
    assert "Dit cohort is afgelopen." in response.content.decode()


def test_page_shows_the_student_and_records_the_reading(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, wishes="liefst de avond")
    WorkSituationFactory(enrolment=enrolment, text="Een vraag voor de les")
    WorkSituationFactory(enrolment=enrolment, text="Alleen voor mij", for_teachers=False)
    page = teacher.get(url(cohort, "enrolment-detail", enrolment)).content.decode()
    assert enrolment.student.full_name in page
    assert "liefst de avond" in page
    assert "Een vraag voor de les" in page
    assert "Alleen voor mij" not in page
    assert ReadLog.objects.get().subject == enrolment.student.public_id


def test_page_query_count(teacher, cohort, django_assert_max_num_queries):
    enrolment = EnrolmentFactory(cohort=cohort)
    WorkSituationFactory.create_batch(3, enrolment=enrolment)
    with django_assert_max_num_queries(14):
        teacher.get(url(cohort, "enrolment-detail", enrolment))
    changed = {"model": "students.student", "object_id": enrolment.student_id, "field": "town"}
    FieldChangeFactory.create_batch(3, by=enrolment.student.person, **changed)
    with django_assert_max_num_queries(13):
        teacher.get(url(cohort, "enrolment-detail", enrolment))


def test_admit_from_the_waiting_list(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING, student__person__user=None)
    response = press(teacher, url(cohort, "enrolment-admit", enrolment), enrolment, follow=True)
    assert f"{enrolment.student} heeft nu een plek en krijgt bericht." in response.content.decode()
    again = press(teacher, url(cohort, "enrolment-admit", enrolment), enrolment, follow=True)
    assert "Deze student staat niet op de wachtlijst." in again.content.decode()
    assert OutgoingMail.objects.count() == 1


def test_admit_into_a_full_cohort_says_so(teacher, cohort):
    EnrolmentFactory.create_batch(2, cohort=cohort)
    enrolment = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    response = press(teacher, url(cohort, "enrolment-admit", enrolment), enrolment, follow=True)
    assert "Het cohort is vol. Er moet eerst een plek vrijkomen." in response.content.decode()


def test_drop_out_with_a_reason(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    page = url(cohort, "enrolment-drop-out", enrolment)
    day = today().isoformat()
    sent = {"reason": " ", "last_day": day}
    assert teacher.post(page, sent).context["form"].errors["reason"] == ["Vul “Reden” in."]
    response = press(teacher, page, enrolment, {"reason": "Verhuisd", "last_day": day}, follow=True)
    assert "Verhuisd" in response.content.decode()
    again = press(teacher, page, enrolment, {"reason": "Verhuisd", "last_day": day}, follow=True)
    assert "is uitgeschreven uit dit cohort" in again.content.decode()


def test_complete(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    response = press(teacher, url(cohort, "enrolment-complete", enrolment), enrolment, follow=True)
    assert "heeft de opleiding afgerond" in response.content.decode()


def test_invite_again_says_what_happened(teacher, cohort):
    teacher.post(url(cohort, "enrolment-create"), filled())
    enrolment = Enrolment.objects.get()
    response = press(
        teacher,
        url(cohort, "enrolment-invite", enrolment),
        [enrolment, enrolment.student.person],
        follow=True,
    )
    assert "De uitnodiging is net verstuurd." in response.content.decode()


# Corrections


def test_details_are_corrected(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, student__person__user=None)
    data = filled(last_name="Anders", email="anders@leerling.example", wishes="de nacht")
    data["starts_on"] = enrolment.starts_on.isoformat()
    edit(teacher, url(cohort, "enrolment-edit", enrolment), data)
    enrolment.refresh_from_db()
    assert (enrolment.student.person.last_name, enrolment.student.address, enrolment.wishes) == (
        "Anders",
        "anders@leerling.example",
        "de nacht",
    )


def test_name_and_address_of_an_account_are_its_owners_and_the_page_says_whom_to_ask(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    person = enrolment.student.person
    page = teacher.get(url(cohort, "enrolment-edit", enrolment))
    assert set(page.context["form"].fields) == {"born_on", "town", "pc4", "starts_on", "wishes"}
    assert (
        "Deze student heeft een account en houdt daar zelf naam en e-mailadres bij." in page.content.decode()
    )
    data = filled(last_name="Anders", starts_on=enrolment.starts_on.isoformat())
    edit(teacher, url(cohort, "enrolment-edit", enrolment), data)
    was, _updated = person.full_name, person.refresh_from_db()
    enrolment.student.refresh_from_db()
    assert (person.full_name, enrolment.student.town) == (was, data["town"])


@pytest.mark.parametrize("has_account", [True, False])
def test_student_of_two_schools_keeps_the_details(teacher, cohort, has_account):
    known = StudentFactory() if has_account else StudentFactory(person__user=None)
    enrolment = EnrolmentFactory(cohort=cohort, student=known)
    EnrolmentFactory(student=known)
    page = teacher.get(url(cohort, "enrolment-edit", enrolment))
    assert list(page.context["form"].fields) == ["starts_on", "wishes"]
    words = "Deze student heeft een account" if has_account else "Anderen werken ook met deze student."
    assert words in page.content.decode()


def test_correction_to_anothers_address_is_refused(teacher, cohort):
    EnrolmentFactory(cohort=cohort, student__person__email="bezet@leerling.example")
    enrolment = EnrolmentFactory(cohort=cohort, student=StudentFactory(person=PersonFactory()))
    data = filled(email="bezet@leerling.example", starts_on=enrolment.starts_on.isoformat())
    response = edit(teacher, url(cohort, "enrolment-edit", enrolment), data)
    assert response.context["form"].errors["email"] == ["Dit adres is van een andere student van je school."]


# What was changed, on the pages of those concerned


def test_changed_data_stand_on_the_pages_of_school_and_student(client, teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, student=StudentFactory(town="Urk"))
    student = enrolment.student
    values = filled(email=student.address, first_name=student.first_name, born_on=student.born_on.isoformat())
    started = enrolment.starts_on + timedelta(days=3)
    edit(client, url(cohort, "enrolment-edit", enrolment), values | {"starts_on": started.isoformat()})
    enrolment.refresh_from_db()
    assert (enrolment.student.town, enrolment.starts_on) == ("Lelystad", started)
    for page in (
        client.get(url(cohort, "enrolment-detail", enrolment)),
        login(client, student.person.user).get(reverse("students:me")),
    ):
        lines = {line.field: (line.before, line.after) for line in page.context["history"]}
        assert lines["Woonplaats"] == ("Urk", "Lelystad")
        assert lines["Begindatum"][1] == formats.day(started)
        assert "Urk → Lelystad" in " ".join(page.content.decode().split())


def test_school_does_not_read_what_another_school_changed(client, teacher, cohort):
    """It would learn that the student studies there too."""
    elsewhere = CohortTeacherFactory()
    student = StudentFactory(town="Urk")
    enrolment = EnrolmentFactory(cohort=cohort, student=student)
    student.town = "Dronten"
    changes.save(student, by=elsewhere.membership.person_id)
    student.town = "Lelystad"
    changes.save(student, by=student.person_id)
    page = client.get(url(cohort, "enrolment-detail", enrolment))
    assert [(line.before, line.change.by) for line in page.context["history"]] == [
        ("Dronten", student.person)
    ]
    assert [line.before for line in field_lines(student)] == ["Urk", "Dronten"]
