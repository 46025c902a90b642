"""What partnerships must know of an enrolment: that the student takes part, and may be seated in a group."""

from __future__ import annotations

from django.db import transaction

from core import periods
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation
from students.enums import EnrolmentState
from students.models import Enrolment


@transaction.atomic
def follow(*, enrolment_id: int) -> None:
    """Write the fact row that an enrolment asks for as it stands now, and end any other.

    A row that was ended goes on when what ended it is taken back, so that a seat that rests on it opens again.
    """
    enrolment = Enrolment.objects.select_related("student", "cohort__programme").get(pk=enrolment_id)
    programme = enrolment.cohort.programme
    wanted = programme.partnership_id if enrolment.state == EnrolmentState.ENROLLED else None
    rows = Affiliation.objects.filter(kind=AffiliationKind.STUDENT, source_id=enrolment.pk).order_by("pk")
    for row in rows.filter(ended_at=None).exclude(partnership=wanted):
        periods.end(row)
    if wanted is None:
        return
    row = rows.filter(partnership=wanted).last() or Affiliation(
        partnership_id=wanted, kind=AffiliationKind.STUDENT, source_id=enrolment.pk
    )
    row.person_id, row.organisation_id = enrolment.student.person_id, programme.school_id
    row.starts_on, row.ends_on, row.ended_at = enrolment.starts_on, enrolment.ends_on, None
    row.save()


@transaction.atomic
def follow_all(*, programme_id: int) -> None:
    """The same for everyone in a programme, which may have gone to another partnership."""
    running = Enrolment.objects.filter(cohort__programme=programme_id, state=EnrolmentState.ENROLLED)
    for enrolment_id in running.order_by("pk").values_list("pk", flat=True):
        follow(enrolment_id=enrolment_id)


@transaction.atomic
def end_all(*, enrolment_id: int) -> None:
    """End what follows from an enrolment that is about to be gone."""
    rows = Affiliation.objects.filter(kind=AffiliationKind.STUDENT, source_id=enrolment_id, ended_at=None)
    for row in rows:
        periods.end(row)
