"""A whole cohort at once: places, yeses, agreements, signatures and plans for thirty, as few presses as it takes."""

from collections.abc import Sequence

from tests.browser.journey import places
from tests.browser.journey.call import EMPLOYER
from tests.browser.journey.people import Person, Someone
from tests.browser.journey.plan import cohort_page
from tests.browser.journey.quick import Quick
from tests.browser.journey.school import LISTED, STUDENTS, address_of
from tests.browser.journey.world import SCHOOL
from tests.pdfs import tags_of, text_of
from tools.local.site import Site

NAME = " ".join(LISTED[-1])
PLACE = "Alle afdelingen"
MOST_PRESSES = 150
LIST = ["de ochtendzorg", "de overdracht", "een gesprek met familie"]
# As Word puts it on the clipboard: bullets of its symbol typeface, each with a tab behind it.
FROM_WORD = "\n".join(["Je leert bij ons:", *(f"\uf0b7\t{item}" for item in LIST)])


def students_of(site: Site, last: Person) -> list[Someone]:
    """Everyone of the list: the last on a phone, the others without a browser, which takes a third of the time."""
    return [*(Quick(site, address_of(first)) for first, _last in LISTED[:-1]), last]


def gets_places_agreements_and_plans(teacher: Person, trainer: Person, students: Sequence[Someone]) -> None:
    """Thirty students matched, signed and planned: what is pressed and typed for it is counted.

    A link in a mail and signing in do not count, and the list that is pasted into one agreement is besides.
    """
    assert len(students) == STUDENTS
    for student, name in zip(students, LISTED, strict=True):
        student.makes_account(*name).leaves()
    everyone = [teacher, trainer, *students]
    for one in everyone:
        one.pressed, one.typed = 0, []
    teacher_proposes_everyone(teacher)
    employer_says_yes_to_all(trainer)
    for student in students:
        places.student_says_yes(student, EMPLOYER, EMPLOYER)
        student.leaves()
    with teacher.uncounted():
        teacher_pastes_a_list(teacher)
    teacher_asks_all_signatures(teacher)
    for student in students:
        signs(student)
    employer_signs_all(trainer)
    teacher_signs_all(teacher)
    teacher_makes_plans(teacher)
    _everyone_is_in_order(teacher)
    assert sum(one.pressed for one in everyone) <= MOST_PRESSES
    assert [name for one in everyone for name in one.typed] == []


def teacher_proposes_everyone(teacher: Person) -> None:
    """Each for the place that fits best, with the computed reason."""
    _ticks_who_lack(teacher, "zonder plek").presses("Plek zoeken")
    teacher.sees("Studenten voorstellen").presses("Voorstellen").sees(f"{STUDENTS} studenten voorgesteld")


def employer_says_yes_to_all(trainer: Person) -> None:
    """One mail about all; from the list to one page with all, and yes."""
    trainer.opens_mail(f"{STUDENTS} studenten").follows("Ja zeggen tegen meer studenten")
    trainer.presses("Ja zeggen").sees(f"Ja gezegd tegen {STUDENTS} studenten")


def teacher_pastes_a_list(teacher: Person) -> None:
    """From Word into the text of one agreement, before it is asked."""
    cohort_page(teacher).follows(NAME).follows("Alle plekken en overeenkomsten").follows(
        "Praktijkovereenkomst"
    )
    teacher.follows("Tekst wijzigen").fills(content=FROM_WORD).presses("Opslaan")


def teacher_asks_all_signatures(teacher: Person) -> None:
    _ticks_who_lack(teacher, "tekenen").presses("Handtekeningen vragen")
    teacher.presses("Handtekeningen vragen").sees(
        f"Handtekeningen gevraagd voor {STUDENTS} praktijkovereenkomsten"
    )


def signs(student: Someone) -> None:
    """On a phone, from the mail; who signed in just before is not asked again."""
    subject = "Teken je praktijkovereenkomst"
    student.opens_mail(subject)
    if not student.path.endswith("/tekenen/"):
        student.signs_out().opens_mail(subject).gives_password()
    student.fills(agreed=True).presses("Deze versie tekenen")
    student.sees("Je hebt de overeenkomst getekend", within="body").leaves()


def employer_signs_all(trainer: Person) -> None:
    """One mail about all; all on one page, after signing in again."""
    trainer.signs_out().opens_mail(f"Wil je {STUDENTS} praktijkovereenkomsten tekenen").gives_password()
    _signs_all(trainer)


def teacher_signs_all(teacher: Person) -> None:
    """Who asked gets no mail that asks: the list of agreements leads there."""
    teacher.signs_out().opens(f"/school/{SCHOOL}/overeenkomsten/").gives_password()
    _signs_all(teacher.follows("Meerdere overeenkomsten tekenen"))


def _signs_all(person: Person) -> None:
    person.fills(agreed=True).presses("Tekenen").sees(f"{STUDENTS} overeenkomsten getekend")


def teacher_makes_plans(teacher: Person) -> None:
    _ticks_who_lack(teacher, "zonder leerplan").presses("Leerplan maken")
    teacher.presses("Leerplannen maken").sees(f"{STUDENTS} leerplannen gemaakt")


def _everyone_is_in_order(teacher: Person) -> None:
    with teacher.uncounted():
        cohort_page(teacher)
    ready = [item.inner_text() for item in teacher.page.locator("main .sieve small").all()]
    assert ready == [f"{STUDENTS + 1} van {STUDENTS + 1} klaar"] * 4


def _ticks_who_lack(teacher: Person, figure: str) -> Person:
    cohort_page(teacher).follows(figure, within=".sieve")
    return teacher.sees(f"{STUDENTS} studenten").follows("Alle aanvinken")


def student_prints_the_list(student: Person) -> None:
    """The PDF has the list as a list, which a screen reader counts, and not a line with drawn bullets."""
    content = student.opens_mail("Je praktijkovereenkomst").downloads("Downloaden als pdf").read_bytes()
    lists = [tag for tag in tags_of(content).all("L") if len(tag.children_of("LI")) == len(LIST)]
    assert lists, "no list of as many items as were pasted"
    assert all(item in text_of(content) for item in LIST)
    assert not [sign for sign in "\uf0b7\t" if sign in text_of(content)]
