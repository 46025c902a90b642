"""The journey of docs/domain.md section 9 from end to end: each role in a browser of its own, students on a phone.

The world holds a partnership with a coordinating body and a school; all else is made by people. Every way in is a link
from a mail that the site sent over SMTP.
"""

from pathlib import Path

from tests.browser.conftest import Meet
from tests.browser.journey import (
    agreement,
    call,
    chain,
    cohort,
    figures,
    leaving,
    places,
    plan,
    school,
    table,
)
from tests.browser.journey.people import PHONE
from tests.browser.journey.world import ADMINISTRATOR, COORDINATOR, TEACHER
from tools.local.site import Site


def test_from_a_call_to_the_coordinators_figures(meet: Meet, site_for_journey: Site, tmp_path: Path) -> None:
    coordinator, teacher = meet(COORDINATOR).signs_in(), meet(TEACHER).signs_in()
    manager, trainer, supervisor = meet(call.MANAGER), meet("ans@dekade.example"), meet("sem@dekade.example")
    successor = meet("mees@dekade.example")
    student, noa = meet("yara@student.example", width=PHONE), meet("noa@student.example", width=PHONE)

    call.coordinator_publishes_a_call(coordinator)
    call.visitor_signs_up(manager)
    call.coordinator_accepts(coordinator)
    employer = call.manager_starts(manager)
    call.manager_joins(manager, employer)
    call.manager_adds_a_location(manager, employer)
    call.manager_invites(manager, employer, trainer, "praktijkopleider", may_sign=True)
    call.manager_invites(manager, employer, supervisor, "werkbegeleider", may_consent=True)
    call.manager_invites(manager, employer, successor, "werkbegeleider", may_consent=True)
    trainer.makes_account("Ans", "Opleider")
    supervisor.makes_account("Sem", "Begeleider")
    successor.makes_account("Mees", "Begeleider")

    school.administrator_reads_in_the_qualification(meet(ADMINISTRATOR).signs_in(), tmp_path)
    school.teacher_makes_a_cohort(teacher)
    school.teacher_enrols(teacher, student)
    school.teacher_enrols_by_file(teacher, tmp_path)
    school.student_makes_an_account(student)
    before = figures.figures_of(coordinator)

    places.trainer_offers_a_place(trainer, employer, "Sem Begeleider", supervisor.email)
    places.teacher_records_the_accreditation(teacher, call.EMPLOYER)
    places.coordinator_matches(coordinator, "Yara Student")
    places.employer_says_yes(trainer)
    places.student_says_yes(student, call.EMPLOYER)

    agreement.teacher_asks_signatures(teacher, call.EMPLOYER)
    agreement.signs(student)
    agreement.signs(trainer)
    agreement.teacher_signs(teacher, call.EMPLOYER)
    agreement.is_active(student)
    agreement.employer_asks_other_hours(trainer)
    agreement.signs(student, "Teken de wijziging")
    agreement.employer_signs_own_change(trainer)
    agreement.teacher_signs(teacher, call.EMPLOYER)
    agreement.change_is_agreed(student)

    plan.teacher_asks_consent(teacher)
    plan.agrees(trainer)
    plan.agrees(student)
    plan.reminders_go_out(site_for_journey, student)
    plan.student_hands_in(student)
    plan.teacher_assesses(teacher)
    plan.student_sees_progress(student)
    plan.supervisor_gives_feedback(supervisor)
    plan.student_brings_in_a_situation(student)
    plan.teacher_treats_it_in_a_lesson(teacher)
    plan.student_hears_back(student)

    leaving.supervisor_leaves(manager, employer)
    leaving.student_has_another_supervisor(student, successor, former=supervisor)
    leaving.employer_ends_it(trainer)
    leaving.student_reads_the_last_day(student, call.EMPLOYER)
    leaving.employer_takes_it_back(trainer)
    leaving.student_goes_on(student, call.EMPLOYER)

    figures.have_changed(coordinator, before)

    chain.employer_says_what_it_needs(trainer)
    chain.coordinator_makes_an_initiative(coordinator)
    chain.coordinator_puts_it_on_the_agenda(coordinator)
    chain.coordinator_writes_the_report(coordinator, "Ans Opleider")
    chain.owner_does_it(trainer, employer)
    chain.coordinator_tells_the_result(coordinator)
    chain.visitor_reads_it(meet("bezoeker@elders.example", width=PHONE))

    thirty = cohort.students_of(site_for_journey, noa)
    places.trainer_offers_a_place(
        trainer, employer, "Iris Begeleider", "iris@dekade.example", title=cohort.PLACE, seats=len(thirty)
    )
    cohort.gets_places_agreements_and_plans(teacher, trainer, thirty)
    cohort.student_prints_the_list(noa)

    leaving.student_drops_out(teacher, student)
    leaving.student_comes_back(teacher, student)


def test_a_client_takes_a_seat_and_reads_what_the_group_has(meet: Meet) -> None:
    coordinator, client = meet(COORDINATOR).signs_in(), meet("hennie@bewoner.example", width=PHONE)
    table.coordinator_makes_a_group(coordinator)
    table.coordinator_seats_a_client(coordinator, client)
    table.client_reads_the_papers(client)
