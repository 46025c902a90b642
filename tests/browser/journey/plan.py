"""The learning plan: made by the teacher, agreed by three, followed on a phone; a work situation reaches a lesson."""

import subprocess
import sys

from core.dates import today
from tests.browser.journey.people import Person
from tests.browser.journey.school import COHORT, WORK_PROCESSES
from tests.browser.journey.world import SCHOOL
from tools.local.paths import ROOT
from tools.local.site import Site

GOAL = "Ik rapporteer na elke dienst volgens de afspraken"
SITUATION = "Een bewoner wilde niet eten. Wat had ik kunnen doen?"
LESSON = "Eten en drinken"


def teacher_asks_consent(teacher: Person) -> None:
    """Suggested goals from the qualification, one of them rewritten and to be handed in today."""
    cohort_page(teacher).follows("Yara Student").follows("Leerplan maken")
    teacher.fills(work_processes=WORK_PROCESSES).presses("Leerplan maken")
    teacher.follows(WORK_PROCESSES[1], within="nav[aria-label='Werkprocessen']")
    teacher.fills(text=GOAL, due_on=today()).presses("Opslaan en akkoord vragen").sees(GOAL)
    teacher.presses("Akkoord vragen").sees(GOAL, "Gevraagd")


def agrees(person: Person) -> None:
    """All goals on one page, with one button, from the mail."""
    person.opens_mail("Ga je akkoord").fits_the_screen().sees(GOAL)
    person.presses("Ga akkoord met alle 3 doelen").sees("antwoorden zijn opgeslagen", within="body")


def reminders_go_out(site: Site, student: Person) -> None:
    """The reminder task, as the beat runs it at nine this morning; the second time nothing is left to send."""
    command = [sys.executable, "-m", "tests.browser.journey.remind"]
    done = subprocess.run(
        command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["1", "0"]
    student.mailbox.wait_for(student.email, "Lever vandaag in")


def student_hands_in(student: Person) -> None:
    """The reminder of today leads to the goal; evidence, and then: I can show this."""
    student.opens_mail("Lever vandaag in").sees(GOAL).presses("Ik begin")
    student.follows("Bewijs toevoegen")
    student.fills(text="Mijn rapportage van maandag, zonder namen.", readers="docent")
    student.presses("Bewijs toevoegen").sees("Mijn rapportage van maandag")
    student.presses("Bewijs inleveren").sees("Ingeleverd").fits_the_screen()


def teacher_assesses(teacher: Person) -> None:
    cohort_page(teacher).follows("Yara Student").follows("Leerplan bekijken").follows("Doel beoordelen")
    teacher.sees("Mijn rapportage van maandag").fills(result="behaald", feedback="Helder en volledig.")
    teacher.presses("Resultaat vastleggen").sees("Behaald")


def student_sees_progress(student: Person) -> None:
    student.opens_mail("Je hebt een leerdoel behaald").sees("Behaald")
    student.opens("/student/").sees("1 van de 3 doelen").fits_the_screen()


def supervisor_gives_feedback(supervisor: Person) -> None:
    supervisor.opens("/begeleider/").follows("Yara Student").follows("Ik ondersteun", within=".goals")
    supervisor.fills(text="Goed bezig, ga zo door.").presses("Feedback geven")
    supervisor.sees("Goed bezig, ga zo door.").is_told("Je feedback is toegevoegd.")


def student_brings_in_a_situation(student: Person) -> None:
    student.opens("/student/werk/").follows("Nieuwe werksituatie")
    student.fills(text=SITUATION, readers="docent").presses("Opslaan").sees(SITUATION)


def teacher_treats_it_in_a_lesson(teacher: Person) -> None:
    cohort_page(teacher).follows("Bijeenkomst plannen")
    teacher.fills(kind="les", theme=LESSON, day=today(), starts="13:00", ends="16:00").presses(
        "Bijeenkomst opslaan"
    )
    cohort_page(teacher).follows("Werksituaties")
    teacher.fills(situations=SITUATION, session=LESSON).presses(
        "Aangevinkte werksituaties in deze bijeenkomst zetten"
    )
    teacher.follows("Schrijf wat eruit kwam").fills(
        answer="Bied keuze en tijd; vraag wat iemand lekker vindt."
    )
    teacher.presses("Opslaan en de student laten weten")


def student_hears_back(student: Person) -> None:
    student.opens_mail("Je werksituatie is behandeld").sees("Bied keuze en tijd").fits_the_screen()


def cohort_page(teacher: Person) -> Person:
    return teacher.opens(f"/school/{SCHOOL}/cohorten/").follows(COHORT)
