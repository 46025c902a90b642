"""Mails about a text or file in which a client can be recognised: nothing that it says, nor who reported it, is mailed."""

from __future__ import annotations

from accounts.mail import letters
from accounts.models import Person
from core import outbox
from students.enums import Party
from students.models import GoalRemark
from students.models.reporting import Reportable
from students.queries.people import people_at_work, people_of

TO_TEACHERS = "teachers_text_reported"
REPORTED = ("author_text_reported", TO_TEACHERS)


def author_text_reported(row: Reportable) -> None:
    """Whoever wrote it hears that a reader thinks that a client can be recognised in it."""
    for person in _authors(row):
        letters.to_person(
            person,
            "students/mail/author_text_reported.txt",
            link=row.author_url,
            what=row._meta.verbose_name,
            is_feedback=isinstance(row, GoalRemark),
        )


def teachers_text_reported(row: Reportable) -> None:
    """The teachers, who can remove it, hear the same; who wrote it heard that already."""
    enrolment = row.of_enrolment
    others = [person for person in people_of(enrolment, Party.SCHOOL) if person.pk != row.author_id]
    for person in others:
        letters.to_person(
            person,
            "students/mail/teachers_text_reported.txt",
            link=row.decide_url,
            what=row._meta.verbose_name,
            student=enrolment.student.full_name,
        )


def author_text_removed(row: Reportable) -> None:
    """A teacher removed it; why stays in the portal, for the reason may speak of it."""
    for person in _authors(row):
        letters.to_person(
            person,
            "students/mail/author_text_removed.txt",
            link=row.author_url,
            what=row._meta.verbose_name,
        )


def report_called_off(row: Reportable) -> None:
    """It went, changed or stays: nobody has to look at it any more, so mails that still wait are not sent."""
    outbox.cancel_kinds(kinds=REPORTED, links=(row.author_url, row.decide_url))


def report_hidden(row: Reportable) -> None:
    """The student shows it to the teachers no more: what would lead them there is not sent."""
    outbox.cancel_kinds(kinds=(TO_TEACHERS,), links=(row.decide_url,))


def _authors(row: Reportable) -> list[Person]:
    """Whoever wrote it, as long as that person still stands on the side for which it was written."""
    party = Party(row.party) if isinstance(row, GoalRemark) and row.party else Party.STUDENT
    around = (
        people_at_work(row.of_enrolment) if party == Party.EMPLOYER else people_of(row.of_enrolment, party)
    )
    return [person for person in around if person.pk == row.author_id]
