"""Work situations: put in sessions and treated by teachers, withdrawn by the student or removed by a teacher."""

from __future__ import annotations

from students.enums import Party
from students.models import WorkSituation
from tests.demo.rules.base import Faults, party_then, past, rule

WHO = {"withdraw": Party.STUDENT}


@rule(lambda: WorkSituation.objects.prefetch_related("treatments__session").select_related("enrolment"))
def situation_is_handled_by_whom_it_concerns(situation: WorkSituation) -> Faults:
    for change in past(situation):
        if party_then(change.by_id, situation.enrolment_id, change.at) != WHO.get(
            change.action, Party.SCHOOL
        ):
            yield f"{change.action} by someone who may not"
        if change.at < situation.created_at:
            yield f"{change.action} before it was brought in"
    if past(situation, "blank") and not situation.removed_because:
        yield "removed by a teacher, and the student cannot read why"


@rule(lambda: WorkSituation.objects.prefetch_related("treatments__session").select_related("enrolment"))
def situation_is_treated_in_its_own_sessions(situation: WorkSituation) -> Faults:
    rows = list(situation.treatments.all())
    if any(row.session and row.session.cohort_id != situation.enrolment.cohort_id for row in rows):
        yield "in a session of another cohort"
    treated = sorted(row.treated_at for row in rows if row.treated_at)
    if treated != [change.at for change in past(situation, "treat")]:
        yield "not treated when the history says so"
    if any(row.treated_at and row.by_id is None for row in rows):
        yield "treated by nobody"
    if rows and not situation.for_teachers:
        yield "in a session, and its teachers may not read it"
