"""A reader reports that a client can be recognised; the school removes what was written or lets it stay.

For work situations, evidence and feedback alike. The row comes from `visible_to`, so that the actor may read it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.actors import Actor
from students.enums import Party
from students.models import WorkSituation
from students.models.reporting import Reportable
from students.rules import situations
from students.rules.parties import party_of

_TEACHER_ONLY = deny(_("Only the student's teachers can do this."))
_READERS_ONLY = deny(_("Only those to whom the student shows it can report it."))


def can_report(actor: Actor, row: Reportable) -> Verdict:
    """Who reads it and can do nothing about it; whoever wrote it and the teachers can."""
    if row.author_id == actor.person_id:
        return deny(_("This is your own text. You can change it or withdraw it."))
    party = party_of(actor, row.of_enrolment)
    if party == Party.SCHOOL and row.for_teachers:
        return deny(_("You can remove this text yourself."))
    if party != Party.STUDENT and not _reads_at_work(actor, row):
        return _READERS_ONLY
    if row.is_reported:
        return not_now(_("This text has been reported already."))
    return _still_there(row)


def can_remove(actor: Actor, row: Reportable) -> Verdict:
    """The teachers remove what tells of a client, with the reason."""
    if isinstance(row, WorkSituation):
        return situations.can_blank(actor, row)
    if party_of(actor, row.of_enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    if not row.for_teachers:
        return not_now(_("The student does not show this to teachers any more."))
    return _still_there(row)


def can_keep(actor: Actor, row: Reportable) -> Verdict:
    """The teachers say that no client can be recognised in what was reported, so that it stays."""
    may = can_remove(actor, row)
    if may and not row.is_reported:
        return not_now(_("This text is not reported any more."))
    return may


def _still_there(row: Reportable) -> Verdict:
    if isinstance(row, WorkSituation):
        return states.permits(row, "blank")
    return not_now(_("The text is gone already.")) if row.is_empty else ALLOW


def _reads_at_work(actor: Actor, row: Reportable) -> bool:
    around = row.of_enrolment.parties
    places, guides = {*around.employers}, set(around.supervisors)
    if row.SHOWN_TO_HOSTS:
        places |= {*around.exchange_hosts}
        guides |= around.exchange_supervisors
    as_employer = row.for_employer and actor.employer_organisations & places
    as_supervisor = row.for_supervisor and actor.memberships(Role.SUPERVISOR) & guides
    return bool(as_employer or as_supervisor)
