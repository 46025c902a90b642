"""The practice agreement: asked by the teacher, signed by three who have just signed in, in force, as PDF, and changed."""

from pypdf import PdfReader

from tests.browser.journey.people import Person


def teacher_asks_signatures(teacher: Person, employer: str) -> None:
    teacher.opens_mail(f"Yara heeft een plek bij {employer}").follows("Praktijkovereenkomst")
    teacher.sees("Biedt zorg").follows("Handtekeningen vragen").sees("Wie wordt gevraagd")
    teacher.presses("Handtekeningen vragen").sees("Lezen en tekenen")


def signs(person: Person, subject: str = "Teken") -> None:
    """From the mail that asks for it, signed out before: signing asks for a fresh sign-in."""
    _signs(person.signs_out().opens_mail(subject).gives_password())


def teacher_signs(teacher: Person, employer: str) -> None:
    """Who asked gets no mail that asks: the page of the placement leads there."""
    teacher.signs_out().opens_mail(f"Yara heeft een plek bij {employer}").gives_password()
    _signs(teacher.follows("Praktijkovereenkomst"))


def _signs(person: Person) -> None:
    if not person.path.endswith("/tekenen/"):
        person.follows("Lezen en tekenen")
    person.fits_the_screen().fills(agreed=True).presses("Deze versie tekenen")
    person.sees("Je hebt de overeenkomst getekend", within="body")


def is_active(student: Person) -> None:
    """The mail says so to all; the PDF carries the names and the hash of the version."""
    student.opens_mail("Je praktijkovereenkomst").sees("van kracht")
    text = "".join(page.extract_text() for page in PdfReader(student.downloads("Downloaden als pdf")).pages)
    for words in ("Yara Student", "Ans Opleider", "Tom Docent", "Verzorgende IG"):
        assert words in text, f"{words!r} is not in the PDF"


IN_FORCE = "De praktijkovereenkomst van Yara is actief"


def employer_asks_other_hours(employer: Person) -> None:
    """A change beside what is in force, which stays so until all three have signed."""
    employer.opens_mail(IN_FORCE).follows("Uren en dagen").fits_the_screen()
    employer.fills(week=("8", "", "7,5", "", ""), hours_reason="Deeltijd.")
    employer.fills(reason="Yara wil andere dagen.").presses("Handtekeningen vragen")
    employer.sees("Geldt", "Gevraagd vanaf", "Er vervalt niets.").fits_the_screen()


def employer_signs_own_change(employer: Person) -> None:
    """Who asked gets no mail that asks: the page of the agreement leads there."""
    _signs(employer.signs_out().opens_mail(IN_FORCE).gives_password())


def change_is_agreed(student: Person) -> None:
    """Signed by all, it holds from its day; what is in force until then is still there to be read."""
    student.opens_mail("De wijziging van je praktijkovereenkomst").sees("Geldt vanaf", "15,5")
