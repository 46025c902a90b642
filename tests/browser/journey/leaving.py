"""What changes afterwards: a supervisor leaves, an end is taken back, a student drops out and comes back."""

import datetime as dt

from core.dates import today
from tests.browser.journey.people import Person
from tests.browser.journey.plan import GOAL, cohort_page
from tests.browser.journey.school import COHORT

STATE = "section:has(#state)"
LAST_DAY = dt.timedelta(days=21)


def supervisor_leaves(manager: Person, slug: str) -> None:
    """Her page says what hangs on her and asks who takes it over; afterwards she is in the list no more."""
    manager.opens(f"/organisatie/{slug}/mensen/")
    manager.follows("Rol beëindigen", within="tr:has-text('Sem Begeleider')")
    manager.sees("Begeleidt 1 student.").fills(students="Mees Begeleider", slots="Mees Begeleider").presses(
        "Rol beëindigen"
    )
    manager.sees("De rol is beëindigd", within="body").sees_not("Sem Begeleider", within="main table")


def student_has_another_supervisor(student: Person, supervisor: Person, former: Person) -> None:
    """The student is told and sees her; she sees the plan, and who left sees it no more."""
    student.opens_mail("Mees gaat je begeleiden").sees("Mees Begeleider").fits_the_screen()
    student.opens("/student/werk/").sees("Mees Begeleider").sees_not("Sem Begeleider")
    supervisor.opens_mail("Je gaat 1 student meer begeleiden")
    supervisor.opens("/begeleider/").follows("Yara Student").sees(GOAL)
    former.opens("/mijn/").sees_not("Yara")


def employer_ends_it(employer: Person) -> None:
    """On a day to come: until then the placement runs, and says so."""
    employer.opens("/plaatsingen/").follows("Yara Student").follows("Deze plaatsing beëindigen")
    employer.sees("De plek is vrij vanaf de dag erna.")
    employer.fills(last_day=today() + LAST_DAY, reason="De afdeling sluit.").presses("Plaatsing beëindigen")
    employer.sees("De laatste dag staat genoteerd", within="body").sees("Tot en met", within=STATE)


def student_reads_the_last_day(student: Person, employer: str) -> None:
    student.opens_mail(f"Je plek bij {employer}: laatste dag").sees("Tot en met", "De afdeling sluit.")
    student.sees("Praktijkovereenkomst: eindigt op", within=STATE).fits_the_screen()


def employer_takes_it_back(employer: Person) -> None:
    employer.presses("Plaatsing laten doorgaan").sees("De plaatsing gaat door", within="body")
    employer.sees("Bevestigd").sees_not("Tot en met", within=STATE)


def student_goes_on(student: Person, employer: str) -> None:
    """Whoever was mailed about the end is mailed that it was taken back; place and agreement are as before."""
    student.opens_mail(f"Teruggedraaid: Je plek bij {employer}")
    student.sees("Bevestigd", "Praktijkovereenkomst: actief", within=STATE)
    student.sees_not("Tot en met", within=STATE)


def student_drops_out(teacher: Person, student: Person) -> None:
    """Everything that follows is named first; the student hears it, and still reads the plan."""
    cohort_page(teacher).follows("Yara Student").follows("Uitschrijven").sees("De plaatsing bij")
    teacher.fills(last_day=today(), reason="Verhuisd.").presses("Uitschrijven")
    teacher.sees("is uitgeschreven uit dit cohort", within="body")
    student.opens_mail("Je bent niet meer ingeschreven").sees("Je laatste dag was").sees_not("Verhuisd.")
    student.follows("Mijn leerplan lezen").sees(GOAL).fits_the_screen()


def student_comes_back(teacher: Person, student: Person) -> None:
    """Enrolled again, from the page of the former enrolment: the plan goes on, and what was achieved counts."""
    teacher.follows("Opnieuw inschrijven").sees("Het leerplan gaat verder").presses("Opnieuw inschrijven")
    teacher.sees(f"zit weer in {COHORT}", within="body")
    student.opens_mail("Je bent ingeschreven voor")
    student.opens("/student/").sees("1 van de 3 doelen", "Je bent weer ingeschreven sinds").fits_the_screen()
    student.opens("/student/werk/").sees("Je hebt nog geen plek")
