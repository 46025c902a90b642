"""The practice agreement: asked by the teacher, signed by three who have just signed in, active, and on paper."""

from pypdf import PdfReader

from tests.browser.journey.people import Person


def teacher_asks_signatures(teacher: Person, employer: str) -> None:
    teacher.opens_mail(f"Yara Student heeft een plek bij {employer}").follows("Praktijkovereenkomst")
    teacher.sees("Biedt zorg").presses("Vraag om handtekeningen").sees("Naar tekenen")


def signs(person: Person, subject: str = "Teken") -> None:
    """From the mail that asks for it, signed out before: signing asks for a fresh sign-in."""
    _signs(person.signs_out().opens_mail(subject).gives_password())


def teacher_signs(teacher: Person, employer: str) -> None:
    """Who asked gets no mail that asks: the page of the placement leads there."""
    teacher.signs_out().opens_mail(f"Yara Student heeft een plek bij {employer}").gives_password()
    _signs(teacher.follows("Praktijkovereenkomst"))


def _signs(person: Person) -> None:
    if not person.path.endswith("/tekenen/"):
        person.follows("Naar tekenen")
    person.fits_the_screen().fills(agreed=True).presses("Teken deze versie")
    person.sees("Je hebt de overeenkomst getekend", within="body")


def is_active(student: Person) -> None:
    """The mail says so to all; the PDF carries the names and the hash of the version."""
    student.opens_mail("Je praktijkovereenkomst").sees("Actief")
    text = "".join(page.extract_text() for page in PdfReader(student.downloads("Download als pdf")).pages)
    for words in ("Yara Student", "Ans Opleider", "Tom Docent", "Verzorgende IG"):
        assert words in text, f"{words!r} is not in the PDF"
