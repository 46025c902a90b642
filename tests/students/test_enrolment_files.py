"""Students enrolled from a file: checked first, then confirmed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from students.imports.enrolments import COLUMNS, check_file, read_students
from students.models import Enrolment, Student
from students.services import enrolments as service
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import actor_of, login

pytestmark = pytest.mark.django_db


HEADER = ";".join(COLUMNS)


BORN_ON = date(2004, 3, 14)


ROW = "Samira;van der;Voorbeeld;samira@leerling.example;14-03-2004;Lelystad;8224;;liefst de avond"


def row_of(name):
    """The same of someone with another name and address."""
    return ROW.replace("Samira;van der;Voorbeeld;samira", f"{name.title()};;{name.title()}sma;{name}")


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def url(cohort, name, enrolment=None):
    arguments = [cohort.programme.school.slug, cohort.public_id]
    return reverse(f"students:{name}", args=arguments + ([enrolment.public_id] if enrolment else []))


def file_of(*rows, header=HEADER, encoding="utf-8"):
    return "\r\n".join([header, *rows, ""]).encode(encoding)


def upload(client, cohort, content):
    return client.post(
        url(cohort, "enrolment-import"), {"file": SimpleUploadedFile("studenten.csv", content)}
    )


def sent_from(response):
    """What the page of a checked file sends along."""
    fields = re.findall(r'name="(held|new)" value="([^"]+)"', response.content.decode())
    return dict(fields)


def test_file_is_checked_then_committed(teacher, cohort):
    rows = [ROW, row_of("noor"), row_of("ali")]
    response = upload(teacher, cohort, file_of(*rows, encoding="utf-8-sig"))
    page = response.content.decode()
    assert "3 nieuwe studenten, geen fouten" in page
    assert "de laatste student gaat naar de wachtlijst" in page
    assert Student.objects.count() == 0
    response = teacher.post(url(cohort, "enrolment-commit"), sent_from(response), follow=True)
    page = response.content.decode()
    assert "2 studenten zijn ingeschreven en krijgen een mail." in page
    assert "1 student staat op de wachtlijst." in page
    assert list(Enrolment.objects.order_by("pk").values_list("student__person__email", "state")) == [
        ("samira@leerling.example", "enrolled"),
        ("noor@leerling.example", "enrolled"),
        ("ali@leerling.example", "waiting"),
    ]


def test_file_knows_an_address_in_each_of_its_letters(teacher, cohort):
    there = EnrolmentFactory(cohort=cohort, student__person__email="samira@bürger.example")
    rows = [
        ROW.replace("samira@leerling.example", email)
        for email in ("Samira@XN--BRGER-KVA.example", "zoë@a.example")
    ]
    page = upload(teacher, cohort, file_of(*rows)).content.decode()
    assert Enrolment.objects.get() == there
    assert "Gebruik alleen gewone letters voor de @." in page


def test_file_committed_twice_enrols_once(teacher, cohort):
    held = sent_from(upload(teacher, cohort, file_of(ROW)))
    teacher.post(url(cohort, "enrolment-commit"), held)
    response = teacher.post(url(cohort, "enrolment-commit"), held, follow=True)
    assert "Je school kent iedereen in dit bestand al." in response.content.decode()
    assert Enrolment.objects.count() == 1


def test_file_that_no_longer_fits_is_not_enrolled(teacher, cohort):
    held = sent_from(upload(teacher, cohort, file_of(ROW, row_of("noor"))))
    EnrolmentFactory(cohort=cohort, student__person__email="samira@leerling.example")
    response = teacher.post(url(cohort, "enrolment-commit"), held, follow=True)
    assert "Er is iets veranderd sinds de controle." in response.content.decode()
    assert Enrolment.objects.count() == 1


def test_what_is_enrolled_is_what_the_check_showed(teacher, cohort):
    held = sent_from(upload(teacher, cohort, file_of(ROW, row_of("noor"))))
    known_as("samira@leerling.example", cohort)
    for sent in (held, held | {"new": ""}, held | {"new": "x"}):
        response = teacher.post(url(cohort, "enrolment-commit"), sent, follow=True)
        assert "Er is iets veranderd sinds de controle." in response.content.decode()
    assert Enrolment.objects.count() == 1


def test_file_of_one_cohort_cannot_be_committed_in_another(teacher, cohort):
    other = CohortFactory(programme=cohort.programme)
    CohortTeacherFactory(cohort=other, membership=cohort.cohort_teachers.get().membership)
    held = sent_from(upload(teacher, cohort, file_of(ROW)))
    teacher.post(url(other, "enrolment-commit"), held)
    assert Enrolment.objects.count() == 0


HOSTILE = {
    "empty": (b"", 0, ""),
    "header only": (file_of(), 0, ""),
    "wrong header": (file_of(ROW, header="naam;email"), 1, "voornaam"),
    "commas": (file_of(ROW).replace(b";", b","), 1, ""),
    "latin-1": (file_of(ROW.replace("Samira", "Zoë"), encoding="latin-1"), 2, ""),
    "spreadsheet": (b"PK\x03\x04xxxx", 0, ""),
    "too large": (file_of(ROW) + b"x" * 200_000, 0, ""),
    "too many rows": (file_of(*[ROW.replace("samira", f"s{n}") for n in range(201)]), 0, ""),
    "short row": (file_of("Samira;Voorbeeld"), 2, ""),
    "no date": (file_of(ROW.replace("14-03-2004", "veertien")), 2, "geboortedatum"),
    "no address": (file_of(ROW.replace("@", " ")), 2, "email"),
    "no postcode": (file_of(ROW.replace("8224", "82")), 2, "postcode4"),
    "citizen number": (file_of(ROW.replace("liefst de avond", "bsn 123456782")), 2, "wensen"),
    "formula": (file_of(ROW.replace("liefst de avond", "=1+1")), 2, "wensen"),
    "twice in the file": (file_of(ROW, ROW), 3, "email"),
    "twice at two addresses": (file_of(ROW, ROW.replace("samira@", "ander@")), 3, "achternaam"),
    "start outside": (file_of(ROW.replace("8224;;", "8224;01-01-1999;")), 2, "startdatum"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_names_the_row_and_writes_nothing(teacher, cohort, name):
    content, line, column = HOSTILE[name]
    response = upload(teacher, cohort, content)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="held"' not in page
    assert Student.objects.count() == 0
    if name == "too large" or name == "empty":
        assert response.context["form"].errors["file"]
    else:
        assert (line, column) in [(error.line, error.column) for error in response.context["errors"]]


def test_file_names_an_address_of_someone_else(teacher, cohort):
    EnrolmentFactory(
        cohort__programme__school=cohort.programme.school, student__person__email="noor@leerling.example"
    )
    response = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    assert [(error.line, str(error.message)) for error in response.context["errors"]] == [
        (3, "Dit adres is van een andere student van je school."),
    ]


def known_as(email, cohort, **more):
    """A student of the cohort's school as the rows of these files have it."""
    known = {"student__person__email": email, "student__born_on": BORN_ON, "cohort": cohort}
    return EnrolmentFactory(**known | more)


def test_known_students_are_skipped_and_counted_and_the_others_enrolled(teacher, cohort):
    here = known_as("samira@leerling.example", cohort)
    other = known_as("noor@leerling.example", CohortFactory(programme=cohort.programme))
    rows = [ROW, row_of("noor"), row_of("ali")]
    response = upload(teacher, cohort, file_of(*rows))
    page = response.content.decode()
    assert not response.context["errors"]
    assert "Je school kent 2 studenten in dit bestand al." in page
    assert [(row.line, row.is_in_cohort) for row in response.context["known"]] == [(2, True), (3, False)]
    assert "1 nieuwe student, geen fouten" in page
    for said in ("2 studenten die je school al kent", "Je school kent iedereen in dit bestand al."):  # twice
        done = teacher.post(url(cohort, "enrolment-commit"), sent_from(response), follow=True)
        assert said in done.content.decode()
    mine = Enrolment.objects.filter(cohort=cohort).exclude(pk=here.pk)
    assert [row.student.address for row in mine] == ["ali@leerling.example"]
    assert Enrolment.objects.filter(student=other.student).get() == other
    assert Student.objects.count() == 3


def test_file_of_known_students_only_has_nothing_to_confirm(teacher, cohort):
    known_as("samira@leerling.example", cohort)
    response = upload(teacher, cohort, file_of(ROW))
    assert "Je school kent 1 student in dit bestand al." in response.content.decode()
    assert sent_from(response) == {}
    assert Student.objects.count() == 1


def test_student_of_another_school_is_as_new_as_any(teacher, cohort):
    elsewhere = known_as("samira@leerling.example", CohortFactory())
    response = upload(teacher, cohort, file_of(ROW))
    assert "al." not in response.content.decode().partition("nieuwe student")[0].partition("<main")[2]
    assert response.context.get("known") == []
    teacher.post(url(cohort, "enrolment-commit"), sent_from(response))
    made = Enrolment.objects.get(cohort=cohort)
    assert made.student != elsewhere.student


# Someone whom the school may have already, at another address


@pytest.fixture
def there(cohort):
    """A student of the school whom a row of these files may mean."""
    return known_as(
        "ander@leerling.example",
        CohortFactory(programme=cohort.programme),
        student__person__first_name="Samíra",
        student__person__name_prefix="van der",
        student__person__last_name="Voorbeeld",
    )


def answered(response, answer):
    """What the page sends along once the question about line 2 is answered."""
    return sent_from(response) | {"line-2-likely": answer}


def test_row_that_may_be_a_student_of_the_school_is_asked_about_first(teacher, cohort, there):
    response = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    page = response.content.decode()
    assert "1 nieuwe student, geen fouten" in page
    assert "Je school heeft al een student met bijna deze naam en dezelfde geboortedatum." in page
    assert "Samíra van der Voorbeeld" in page
    for unsaid in ("", "another", "another.0", "x"):
        again = teacher.post(url(cohort, "enrolment-commit"), answered(response, unsaid))
        assert again.status_code == 200
        assert "Zeg of het een van deze is." in again.content.decode()
        assert not Enrolment.objects.filter(cohort=cohort).exists()
    sent = answered(again, str(there.student_id))
    done = teacher.post(url(cohort, "enrolment-commit"), sent, follow=True).content.decode()
    assert "1 student is ingeschreven en krijgt een mail." in done
    assert "1 student die je school al kent" in done
    assert [row.student.person.first_name for row in Enrolment.objects.filter(cohort=cohort)] == ["Noor"]


def test_row_of_someone_else_is_enrolled_in_its_place(teacher, cohort, there):
    response = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    sent = answered(response, f"another.{there.student_id}")
    for said in ("2 studenten zijn ingeschreven", "Je school kent iedereen in dit bestand al."):  # twice
        done = teacher.post(url(cohort, "enrolment-commit"), sent, follow=True)
        assert said in done.content.decode()
    made = Enrolment.objects.filter(cohort=cohort).order_by("pk")
    assert [row.student.person.first_name for row in made] == ["Samira", "Noor"]
    assert there.student not in [row.student for row in made]


def test_file_in_which_everyone_turns_out_to_be_known_enrols_nobody(teacher, cohort, there):
    response = upload(teacher, cohort, file_of(ROW))
    sent = answered(response, str(there.student_id))
    done = teacher.post(url(cohort, "enrolment-commit"), sent, follow=True)
    assert "Je school kent iedereen in dit bestand al." in done.content.decode()
    assert not Enrolment.objects.filter(cohort=cohort).exists()


def test_one_who_came_after_the_check_is_asked_about(teacher, cohort, there):
    response = upload(teacher, cohort, file_of(ROW))
    name = {
        f"student__person__{part}": getattr(there.student.person, part)
        for part in ("first_name", "last_name")
    }
    newer = known_as("nog@leerling.example", there.cohort, **name)
    again = teacher.post(url(cohort, "enrolment-commit"), answered(response, f"another.{there.student_id}"))
    assert "Zeg of het een van deze is." in again.content.decode()
    keys = sorted([there.student_id, newer.student_id])
    with pytest.raises(ValidationError, match="Zeg of"):
        service.enrol_all(
            cohort_id=cohort.pk,
            students=[
                replace(row.student, seen=frozenset())
                for row in check_file(read_students(file_of(ROW)), cohort).rows
            ],
            by=actor_of(cohort.cohort_teachers.get().membership.person.user),
        )
    assert [sorted(student.pk for student in row.like) for row in again.context["rows"]] == [keys]


@pytest.mark.parametrize("row_count", [3, 30])
def test_file_asks_the_database_no_more_for_more_rows(
    teacher, cohort, django_assert_max_num_queries, row_count
):
    born = [f"{day + 1:02}-01-2004" for day in range(30)]
    for day in range(row_count):
        known_as(f"s{day}@leerling.example", cohort, **{"student__born_on": date(2004, 1, day + 1)})
    rows = [row_of(f"n{day}").replace("14-03-2004", born[day]) for day in range(row_count)]
    table = read_students(file_of(*rows))
    with django_assert_max_num_queries(3):
        assert len(check_file(table, cohort).students) == row_count


def test_every_bad_row_is_named(teacher, cohort):
    bad = ROW.replace("8224", "x")
    response = upload(teacher, cohort, file_of(bad, ROW, bad.replace("Samira", "")))
    assert sorted({error.line for error in response.context["errors"]}) == [2, 4]


def test_template_file_has_the_header(teacher, cohort):
    response = teacher.get(url(cohort, "enrolment-template"))
    assert response.content.decode("utf-8-sig").splitlines()[0] == HEADER
