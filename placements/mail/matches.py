"""Mails about matches. Until both sides said yes an employer reads a first name and a programme, no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.mail import Ask
from core.models import OutgoingMail, StateChange
from core.states import TakenBack
from partnerships.models import Organisation
from partnerships.queries.asks import of_employer
from placements.enums import Cause
from placements.models import Match
from placements.queries.people import employers_of, proposers_of
from students.mail.letters import to_student
from students.models import Enrolment
from students.queries.asks import of_cohort, of_cohorts

Reader = Literal["employer", "student", "proposer"]


def _facts(match: Match) -> dict[str, Any]:
    return {
        "first_name": match.enrolment.student.first_name,
        "programme": match.enrolment.cohort.programme.name,
        "employer": match.slot.organisation.name,
        "slot": match.slot.title,
        "reason": match.answer_reason,
        "answer_by": match.answer_by,
    }


def employer_match_proposed(match: Match, people: Iterable[Person]) -> None:
    """A student is proposed for your place: answer yes or no."""
    ask = of_cohort(match.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/employer_match_proposed.txt",
            link=match.get_absolute_url(),
            ask=ask,
            **_facts(match),
            why=match.reason,
        )


def employer_matches_proposed(matches: Sequence[Match], person: Person) -> None:
    """Several students are proposed for your places at once: one mail, with each and its last day to answer."""
    if len(matches) == 1:
        employer_match_proposed(matches[0], [person])
        return
    letters.to_person(
        person,
        "placements/mail/employer_matches_proposed.txt",
        link=reverse("placements:match-list"),
        ask=_teachers(matches),
        number=len(matches),
        proposed=[_facts(match) for match in matches],
        answer_by=min(match.answer_by for match in matches),
    )


def _teachers(matches: Iterable[Match]) -> list[Ask]:
    return of_cohorts({match.enrolment.cohort_id for match in matches})


def employer_matches_withdrawn(matches: Sequence[Match], person: Person) -> None:
    """Several proposals were taken back at once, right after they were made."""
    if len(matches) == 1:
        employer_match_withdrawn(matches[0], [person], cause=Cause.WITHDRAWN)
        return
    letters.to_person(
        person,
        "placements/mail/employer_matches_withdrawn.txt",
        link=reverse("placements:match-list"),
        ask=_teachers(matches),
        number=len(matches),
        withdrawn=[_facts(match) for match in matches],
    )


def student_match_agreed(match: Match, *, about: StateChange, ask: Sequence[Ask]) -> None:
    """An employer has a place for you: answer yes or no. `about` is the employer's yes, `ask` the student's teachers."""
    to_student(
        match.enrolment.student,
        "placements/mail/student_match_agreed.txt",
        link=match.get_absolute_url(),
        **_facts(match),
        place=match.slot.place,
        starts_on=match.slot.starts_on,
        about=about,
        ask=ask,
    )


def proposer_match_declined(
    match: Match, people: Iterable[Person], *, party: Literal["employer", "student"], about: StateChange
) -> None:
    """The employer or the student said no to your proposal; `about` is that answer."""
    ask = of_employer(match.slot.organisation_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/proposer_match_declined.txt",
            link=match.get_absolute_url(),
            ask=ask,
            **_facts(match),
            by_employer=party == "employer",
            about=about,
            student=match.enrolment.student.full_name,
        )


def employer_match_declined(match: Match, people: Iterable[Person], *, about: StateChange) -> None:
    """The student said no; the place is still free. The student's reason stays with the school."""
    ask = of_cohort(match.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/employer_match_declined.txt",
            link=match.get_absolute_url(),
            about=about,
            ask=ask,
            **_facts(match),
        )


def parties_match_withdrawn(
    match: Match, *, cause: Cause, tell: Collection[Reader], about: StateChange | None = None
) -> None:
    """A match ended without an answer; `tell` says who hears of it. The student only when the employer had agreed.

    `about` is the change that ended it, where that can be taken back.
    """
    if "employer" in tell:
        employer_match_withdrawn(match, employers_of(match.slot), cause=cause, about=about)
    if "student" in tell and match.employer_agreed_at is not None and cause != Cause.PLACED_ELSEWHERE:
        student_match_withdrawn(match, cause=cause, about=about)
    if "proposer" in tell:
        proposer_match_withdrawn(match, proposers_of(match), cause=cause, about=about)


def employer_match_withdrawn(
    match: Match, people: Iterable[Person], *, cause: Cause, about: StateChange | None = None
) -> None:
    """The student proposed to you does not come; it says why."""
    ask = of_cohort(match.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/employer_match_withdrawn.txt",
            link=match.get_absolute_url(),
            ask=ask,
            **_facts(match),
            why=cause.label,
            about=about,
        )


def student_match_withdrawn(match: Match, *, cause: Cause, about: StateChange | None = None) -> None:
    """The place offered to you is gone; it says why."""
    to_student(
        match.enrolment.student,
        "placements/mail/student_match_withdrawn.txt",
        link=match.get_absolute_url(),
        **_facts(match),
        why=cause.label,
        about=about,
    )


def proposer_match_withdrawn(
    match: Match, people: Iterable[Person], *, cause: Cause, about: StateChange | None = None
) -> None:
    """Your proposal ended without an answer; it says why."""
    ask = of_employer(match.slot.organisation_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/proposer_match_withdrawn.txt",
            link=match.get_absolute_url(),
            ask=ask,
            **_facts(match),
            why=cause.label,
            about=about,
            student=match.enrolment.student.full_name,
        )


def readers_answer_taken_back(back: TakenBack) -> None:
    """The employer's yes, of which you were mailed, was taken back. The page of the proposal is not yours to see now."""
    letters.taken_back(back.mailed, by=str(back.change.by), link=reverse("placements:match-list"))


def student_matches_agreed(employer: Organisation) -> AbstractContextManager[None]:
    """An employer says yes to several proposals: within it a student who is in more than one gets one mail."""
    template, link = "placements/mail/student_matches_agreed.txt", reverse("placements:match-list")
    return letters.together(template, link=link, employer=employer.name)


def parties_matches_ended(enrolment: Enrolment) -> AbstractContextManager[None]:
    """Proposals end by what happens to one student: within it each person gets one mail about all of them."""

    def ask(parts: Sequence[OutgoingMail]) -> Sequence[Ask] | None:
        return of_cohort(enrolment.cohort_id) if parts[0].kind.startswith("employer_") else None

    template, link = "placements/mail/parties_matches_ended.txt", reverse("placements:match-list")
    return letters.together(template, link=link, ask=ask)
