"""The lists of this app as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import emails
from students.models import Enrolment
from ui.sheets import Column, Sheet

COHORTS = Sheet(
    _("Cohorts"),
    (
        Column(_("Cohort"), lambda row: row.name),
        Column(_("Programme"), lambda row: row.programme.name),
        Column(_("Since"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
        Column(_("Students"), lambda row: row.taken),
        Column(_("Seats"), lambda row: row.capacity),
        Column(_("Waiting list"), lambda row: row.waiting),
        Column(_("Next session"), lambda row: row.next_session),
    ),
)


def _employer(row: Enrolment) -> str:
    return row.parties.employer_name or ""


# Under the headings that the import of students asks for, so that a file that was taken can be handed in again: by the
# address the school knows which student a row is, so it stands there whatever the student shows of it to others.
ENROLMENTS = Sheet(
    _("Students"),
    (
        Column("voornaam", lambda row: row.student.person.first_name),
        Column("tussenvoegsel", lambda row: row.student.person.name_prefix),
        Column("achternaam", lambda row: row.student.person.last_name),
        Column("email", lambda row: emails.shown(row.student.address)),
        Column("geboortedatum", lambda row: row.student.born_on),
        Column("woonplaats", lambda row: row.student.town),
        Column("postcode4", lambda row: row.student.pc4),
        Column("startdatum", lambda row: row.starts_on),
        Column("wensen", lambda row: row.wishes),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("Employer"), _employer),
    ),
)
WORKPLACE = Sheet(
    _("Students"),
    (
        Column(_("Student"), lambda row: row.student.full_name),
        Column(_("Programme"), lambda row: row.cohort.programme.name),
        Column(_("Learning plan"), lambda row: bool(row.open_plans)),
    ),
)
SESSIONS = Sheet(
    _("Sessions"),
    (
        Column(_("Theme"), lambda row: row.theme),
        Column(_("Starts"), lambda row: row.starts_at),
        Column(_("Ends"), lambda row: row.ends_at),
        Column(_("Work situations"), lambda row: row.situation_count),
    ),
)
SITUATIONS = Sheet(
    _("Work situations"),
    (
        Column(_("Student"), lambda row: row.enrolment.student.full_name),
        Column(_("Day"), lambda row: row.created_at),
        Column(_("Text"), lambda row: "" if row.is_withdrawn else row.text),
        Column(_("Status"), lambda row: row.get_state_display()),
    ),
)
