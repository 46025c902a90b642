"""Students enrolled from a list: what is shown is what is stored, or nothing is; and it can be taken back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Invitation, Person, SecurityEvent
from core.imports import batches, clock
from core.imports.models import ImportBatch, ImportRow, Verdict, Work
from core.models import FieldChange, OutgoingMail, ReadLog, StateChange
from students.models import Enrolment, Student
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import actor_of, login
from tests.scanner import PLANTED, Scanner
from tests.students.lists import (
    HEADER,
    ROW,
    batch_of,
    enrolled,
    file_of,
    outcomes,
    row_of,
    save,
    send,
    sent_from,
    undo,
    upload,
    url,
    verdicts,
)

pytestmark = pytest.mark.django_db

BORN_ON = date(2004, 3, 14)


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def known_as(email, cohort, **more):
    """A student of the cohort's school as the rows of these files have it."""
    known = {
        "student__person__email": email,
        "student__born_on": BORN_ON,
        "student__town": "Lelystad",
        "student__pc4": "8224",
        "wishes": "liefst de avond",
        "cohort": cohort,
    }
    return EnrolmentFactory(**known | more)


def samira(cohort, **more):
    """Who stands on the first row, as she is in the cohort already."""
    name = {"first_name": "Samira", "name_prefix": "van der", "last_name": "Voorbeeld"}
    parts = {f"student__person__{part}": text for part, text in name.items()}
    return known_as("samira@leerling.example", cohort, **parts | more)


def test_list_is_checked_then_saved(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW, row_of("noor"), row_of("ali"), encoding="utf-8-sig"))
    text = page.content.decode()
    assert "3 rijen opslaan" in text
    assert "14 maart 2004" in text  # in words, as every day on a page
    assert "de laatste nieuwe student komt op de wachtlijst" in text
    assert not Student.objects.exists()
    unsaid = teacher.post(url(cohort, "enrolment-import-commit", batch_of(cohort)), sent_from(page))
    assert "Kies of de nieuwe studenten nu een mail krijgen." in unsaid.content.decode()
    assert not Student.objects.exists()
    done = save(teacher, cohort, page)
    assert "3 rijen zijn opgeslagen." in done.content.decode()
    assert list(Enrolment.objects.order_by("pk").values_list("student__person__email", "state")) == [
        ("samira@leerling.example", "enrolled"),
        ("noor@leerling.example", "enrolled"),
        ("ali@leerling.example", "waiting"),
    ]
    assert set(Invitation.objects.values_list("email", flat=True)) == {
        "samira@leerling.example",
        "noor@leerling.example",
    }
    assert OutgoingMail.objects.filter(kind="accounts.invitation").count() == 2
    assert StateChange.objects.filter(model="core.importbatch", action="commit").count() == 1


def test_who_is_not_mailed_yet_is_invited_later(teacher, cohort):
    save(teacher, cohort, upload(teacher, cohort, file_of(ROW)), invite="later")
    assert not Invitation.objects.exists()
    assert Enrolment.objects.get().student.invitation is None


def test_list_saved_twice_enrols_once(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW))
    save(teacher, cohort, page)
    again = save(teacher, cohort, page)
    assert "Deze lijst is al opgeslagen." in again.content.decode()
    assert Enrolment.objects.count() == 1


def test_the_same_list_once_more_changes_nothing(teacher, cohort):
    rows = [ROW, row_of("noor")]
    save(teacher, cohort, upload(teacher, cohort, file_of(*rows)))
    page = upload(teacher, cohort, file_of(*rows)).content.decode()
    assert verdicts(cohort) == [Verdict.SAME, Verdict.SAME]
    assert "Er is niets op te slaan" in page


def test_known_student_shows_old_and_new_and_exactly_that_is_stored(teacher, cohort):
    there = samira(cohort)
    other = known_as("noor@leerling.example", CohortFactory(programme=cohort.programme))
    changed = ROW.replace("Lelystad;8224", "Dronten;8251").replace("liefst de avond", "")
    page = upload(teacher, cohort, file_of(changed, row_of("noor"), row_of("ali")))
    text = page.content.decode()
    assert verdicts(cohort) == [Verdict.CHANGED, Verdict.SKIPPED, Verdict.NEW]
    assert "<del>Lelystad</del>" in text
    assert "<ins>Dronten</ins>" in text
    assert "zit in een ander cohort van je school" in outcomes(cohort)[3][1]
    assert ReadLog.objects.filter(subject=there.student.public_id).exists()
    save(teacher, cohort, page)
    there.refresh_from_db()
    student = Student.objects.get(pk=there.student_id)
    assert (student.town, student.pc4, there.wishes) == ("Dronten", "8251", "liefst de avond")
    assert set(
        FieldChange.objects.filter(subject=student.public_id).values_list("field", "before", "after")
    ) == {("town", "Lelystad", "Dronten"), ("pc4", "8224", "8251")}
    assert Enrolment.objects.filter(student=other.student).count() == 1
    undo(teacher, cohort, teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort))))
    student.refresh_from_db()
    assert (student.town, student.pc4) == ("Lelystad", "8224")
    assert enrolled(cohort) == [
        ("Samira van der Voorbeeld", "samira@leerling.example", BORN_ON, "Lelystad", "8224")
    ]


def test_what_changed_since_the_check_is_not_saved_but_shown(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    samira(cohort)
    refused = save(teacher, cohort, page).content.decode()
    assert "Er is iets veranderd sinds de controle. Er is niets opgeslagen." in refused
    assert Enrolment.objects.count() == 1
    assert verdicts(cohort) == [Verdict.SAME, Verdict.NEW]
    again = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort)))
    assert "1 rij opslaan" in again.content.decode()
    save(teacher, cohort, again)
    assert Enrolment.objects.count() == 2


def test_a_seat_that_went_meanwhile_is_shown_first(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    EnrolmentFactory(cohort=cohort)
    save(teacher, cohort, page)
    assert Enrolment.objects.filter(cohort=cohort).count() == 1
    assert outcomes(cohort)[3] == (Verdict.NEW, "op de wachtlijst")


def test_page_that_is_old_saves_nothing(teacher, cohort):
    old = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    columns = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort)) + "?stap=kolommen")
    send(teacher, cohort, columns)
    save(teacher, cohort, old)
    assert not Enrolment.objects.exists()


def test_list_of_one_cohort_is_not_found_in_another(teacher, cohort):
    other = CohortFactory(programme=cohort.programme)
    CohortTeacherFactory(cohort=other, membership=cohort.cohort_teachers.get().membership)
    upload(teacher, cohort, file_of(ROW))
    for name in ("batch", "rows"):
        assert teacher.get(url(other, f"enrolment-import-{name}", batch_of(cohort))).status_code == 404


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


def test_row_that_may_be_a_student_of_the_school_is_asked_about_first(teacher, cohort, there):
    page = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    text = page.content.decode()
    assert "Je school heeft al een student met bijna deze naam en dezelfde geboortedatum." in text
    assert "Samíra van der Voorbeeld" in text
    assert ReadLog.objects.filter(subject=there.student.public_id).exists()
    page = send(teacher, cohort, page, act="rows", choice__2__0=str(there.student_id))
    assert verdicts(cohort) == [Verdict.SKIPPED, Verdict.NEW]
    save(teacher, cohort, page)
    assert [name for name, *_rest in enrolled(cohort)] == ["Noor Noorsma"]


def test_row_of_someone_else_is_enrolled_in_its_place(teacher, cohort, there):
    page = upload(teacher, cohort, file_of(ROW, row_of("noor")))
    page = send(teacher, cohort, page, act="rows", choice__2__0="another")
    save(teacher, cohort, page)
    assert [name for name, *_rest in enrolled(cohort)] == ["Samira van der Voorbeeld", "Noor Noorsma"]


def test_one_who_came_after_the_answer_is_asked_about(teacher, cohort, there):
    page = upload(teacher, cohort, file_of(ROW))
    page = send(teacher, cohort, page, act="rows", choice__2__0="another")
    name = {
        f"student__person__{part}": getattr(there.student.person, part)
        for part in ("first_name", "name_prefix", "last_name")
    }
    known_as("nog@leerling.example", there.cohort, **name)
    save(teacher, cohort, page)
    assert verdicts(cohort) == [Verdict.WRONG]
    assert not Enrolment.objects.filter(cohort=cohort).exists()


def test_student_of_another_school_is_as_new_as_any(teacher, cohort):
    elsewhere = samira(CohortFactory())
    page = upload(teacher, cohort, file_of(ROW))
    assert verdicts(cohort) == [Verdict.NEW]
    save(teacher, cohort, page)
    assert Enrolment.objects.get(cohort=cohort).student != elsewhere.student


# Rows that stand in the way of each other, or of what may be kept

FAULTS = {
    "short row": ("Samira;Voorbeeld", 2, "Deze cel is leeg"),
    "no date": (ROW.replace("14-03-2004", "veertien"), 2, "veertien"),
    "no address": (ROW.replace("@", " "), 2, "is geen e-mailadres"),
    "no postcode": (ROW.replace("8224", "82"), 2, "is geen Nederlandse postcode"),
    "citizen number": (ROW.replace("liefst de avond", "bsn 123456782"), 2, "burgerservicenummer"),
    "start outside": (ROW.replace("8224;;", "8224;01-01-1999;"), 2, "01-01-1999"),
    "too long": (ROW.replace("liefst de avond", "w" * 301), 2, "te lang"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_names_the_row_and_writes_nothing(teacher, cohort, name):
    row, line, words = FAULTS[name]
    page = upload(teacher, cohort, file_of(row, row_of("noor")))
    verdict, said = outcomes(cohort)[line]
    assert verdict == Verdict.WRONG
    assert words in said
    assert words in page.content.decode()
    assert not Student.objects.exists()


def test_cell_that_has_to_be_put_right_is_not_called_optional(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW.replace("8224", "82245"))).content.decode()
    assert "82245" in page
    assert "niet verplicht" not in page


def test_formula_is_text_like_any(teacher, cohort):
    save(teacher, cohort, upload(teacher, cohort, file_of(ROW.replace("liefst de avond", "=1+1"))))
    assert Enrolment.objects.get().wishes == "=1+1"


def test_same_address_and_same_person_twice_are_named(teacher, cohort):
    page = upload(teacher, cohort, file_of(ROW, ROW, ROW.replace("samira@", "ander@")))
    said = outcomes(cohort)
    assert "Dit adres staat ook in rij 2." in said[3][1]
    assert "Deze naam en geboortedatum staan ook in rij 2." in said[4][1]
    page = send(teacher, cohort, page, act="rows", skip__3="on", choice__4__0="another")
    save(teacher, cohort, page)
    assert len(enrolled(cohort)) == 2


def test_column_with_citizen_numbers_is_not_even_kept(teacher, cohort):
    page = upload(teacher, cohort, file_of(f"{ROW};123456782", header=f"{HEADER};BSN"))
    assert "123456782" not in page.content.decode()
    assert "123456782" not in str(list(ImportRow.objects.values_list("raw", "values")))
    save(teacher, cohort, page)
    assert len(enrolled(cohort)) == 1


def test_list_in_which_the_scanner_finds_something_is_refused(teacher, cohort, settings):
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        page = upload(teacher, cohort, f"{HEADER}{ROW}{PLANTED.decode()}".encode()).content.decode()
    assert "De virusscanner heeft iets in dit bestand gevonden" in page
    assert not ImportBatch.objects.exists()


def test_column_that_nobody_knows_is_asked_and_one_that_is_missing_named(teacher, cohort):
    header = HEADER.replace("geboortedatum", "xyz")
    page = upload(teacher, cohort, file_of(ROW, header=header))
    assert "Kies een kolom" in page.content.decode()
    refused = send(teacher, cohort, page, column__4="-")
    assert "Er is nog geen kolom gekozen voor: Geboortedatum." in refused.content.decode()
    unsaid = send(teacher, cohort, page)
    assert "Kies wat deze kolom is" in unsaid.content.decode()
    twice = send(teacher, cohort, page, column__4="email")
    assert "Een andere kolom is dat al." in twice.content.decode()
    page = send(teacher, cohort, page, column__4="born_on")
    assert verdicts(cohort) == [Verdict.NEW]
    again = upload(teacher, cohort, file_of(ROW, header=header))
    assert "Dit wordt opgeslagen" in again.content.decode()


# What stays behind, and what goes back


def test_bad_rows_can_be_downloaded_and_handed_in_again(teacher, cohort):
    bad = ROW.replace("8224", "x").replace("liefst de avond", "=1+1")
    upload(teacher, cohort, file_of(bad, row_of("noor"), row_of("ali").replace("ali@leerling.example", "")))
    response = teacher.get(url(cohort, "enrolment-import-rows", batch_of(cohort)))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    taken = SecurityEvent.objects.get(kind="list_taken")
    by = cohort.cohort_teachers.get().membership.person_id
    assert (taken.person_id, taken.what) == (by, "students:enrolment-import-rows csv")
    assert lines[0] == f"{HEADER};Wat is er mis"
    assert [line.split(";")[0] for line in lines[1:]] == ["Samira", "Ali"]
    assert ";'=1+1;" in lines[1]
    mended = "\r\n".join(lines).replace(";x;", ";8224;").encode()
    page = upload(teacher, cohort, mended)
    page = send(teacher, cohort, page)
    assert verdicts(cohort) == [Verdict.NEW, Verdict.WAITS]
    save(teacher, cohort, page)
    assert Enrolment.objects.get().wishes == "=1+1"


def test_list_is_taken_back_and_links_stop_working(teacher, cohort):
    done = save(teacher, cohort, upload(teacher, cohort, file_of(ROW, row_of("noor"))))
    assert "Lijst terugdraaien" in done.content.decode()
    first = OutgoingMail.objects.order_by("pk").first()
    OutgoingMail.objects.filter(pk=first.pk).update(state="failed")  # an administrator could send it again
    before = Person.objects.count()
    page = undo(teacher, cohort, done).content.decode()
    assert "2 rijen zijn teruggedraaid." in page
    assert not Enrolment.objects.exists()
    assert not Student.objects.exists()
    assert Person.objects.count() == before - 2
    assert not Invitation.objects.exists()
    assert set(OutgoingMail.objects.values_list("state", "body", "link")) == {("cancelled", "", "")}


def test_check_that_comes_late_leaves_what_was_saved(teacher, cohort):
    """Pressed in two tabs: the check of the one is over only after the other has saved."""
    page = upload(teacher, cohort, file_of(ROW))
    late = batch_of(cohort)
    save(teacher, cohort, page)
    by = actor_of(cohort.cohort_teachers.get().membership.person.user)
    with pytest.raises(ValidationError):
        batches.go_on(batch=late, work=Work.CHECK, by=by)
    assert (batch_of(cohort).state, verdicts(cohort)) == ("committed", [Verdict.NEW])
    undo(teacher, cohort, teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort))))
    assert not Enrolment.objects.exists()


def test_whoever_was_touched_since_stays_and_is_named(teacher, cohort):
    done = save(teacher, cohort, upload(teacher, cohort, file_of(ROW, row_of("noor"))))
    mine = Enrolment.objects.get(student__person__first_name="Samira")
    mine.wishes = "anders"
    mine.save()
    page = undo(teacher, cohort, done).content.decode()
    assert "1 rij is teruggedraaid." in page
    assert "is daarna gewijzigd of gebruikt, en blijft staan" in page
    assert [name for name, *_rest in enrolled(cohort)] == ["Samira van der Voorbeeld"]


def test_whoever_has_something_that_hangs_on_it_stays(teacher, cohort):
    done = save(teacher, cohort, upload(teacher, cohort, file_of(ROW, row_of("noor"))))
    mine = Enrolment.objects.get(student__person__first_name="Samira")
    Enrolment.objects.create(student=mine.student, cohort=CohortFactory(), ends_on=date(2030, 1, 1))
    undo(teacher, cohort, done)
    assert [name for name, *_rest in enrolled(cohort)] == ["Samira van der Voorbeeld"]


def test_nothing_is_taken_back_after_a_day(teacher, cohort):
    done = save(teacher, cohort, upload(teacher, cohort, file_of(ROW)))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        login(teacher, cohort.cohort_teachers.get().membership.person.user)
        page = undo(teacher, cohort, done).content.decode()
    assert "Je kon dit 24 uur lang terugdraaien." in page
    assert Enrolment.objects.count() == 1


def test_what_was_read_is_forgotten(teacher, cohort):
    save(teacher, cohort, upload(teacher, cohort, file_of(ROW)))
    upload(teacher, cohort, file_of(row_of("noor")))
    assert clock.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert clock.forget() == 1
    kept = ImportBatch.objects.get()
    assert kept.state == "committed"
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert clock.forget() == 1
        assert clock.forget() == 0
    row = ImportRow.objects.get()
    assert (row.raw, row.values, row.name) == (None, None, "")
    assert row.object_id == Enrolment.objects.get().pk
