"""The page of one student in a cohort."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries.delivery import OWN_ADDRESS, last_went_wrong
from core import versions
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.models.contacts import address_shown
from programmes.models import Cohort
from students.models import Enrolment, Student, WorkSituation
from students.rules import enrolments as rules
from ui.history import TrailLine, field_lines, in_time, last_act, state_lines

SITUATIONS_SHOWN = 5


def head_of(cohort: Cohort) -> dict[str, Any]:
    """What every page under a cohort shows of it."""
    return {"space": "teacher", "school": cohort.programme.school, "cohort": cohort}


def enrolment_url(cohort: Cohort, row: Enrolment) -> str:
    """The page of a student in a cohort, for its teachers."""
    school = cohort.programme.school.slug
    return reverse("enrolment-detail", args=[school, cohort.public_id, row.public_id])


def enrolment_context(actor: Actor, cohort: Cohort, row: Enrolment) -> dict[str, Any]:
    """Newest work situations, history, and what a teacher can do; the cohort is one of `for_page`."""
    situations = WorkSituation.objects.visible_to(actor).filter(enrolment=row).of_one()
    states = state_lines(row)
    return head_of(cohort) | {
        "enrolment": row,
        "address": _address(row.student),
        "account": account_words(row.student),
        "undelivered": _undelivered(row.student) if rules.can_edit_enrolment(actor, cohort, row) else "",
        "read_with_address": versions.of(row, row.student.person),
        "situations": situations[:SITUATIONS_SHOWN],
        "history": in_time(states, _fields(row, cohort.programme.school_id)),
        "may_edit": rules.can_edit_enrolment(actor, cohort, row),
        "may_invite": rules.can_invite(actor, cohort, row),
        "may_admit": rules.can_admit(actor, cohort, row),
        "may_complete": rules.can_complete(actor, cohort, row),
        "may_reinstate": rules.can_reinstate(actor, cohort, row, last_act(states)),
        "may_re_enrol": rules.can_re_enrol(actor, cohort, row),
        "may_transfer": rules.can_transfer(actor, cohort, row),
        "former": enrolment_url(row.continues.cohort, row.continues) if row.continues else "",
        "later": enrolment_url(row.continued_by.cohort, row.continued_by) if row.is_continued else "",
    }


def account_words(student: Student) -> str:
    """How far a student is with an account; the invitation is loaded with the student."""
    if student.has_account:
        return _("has an account")
    if student.invitation is None or student.invitation.revoked_at is not None:
        return _("not invited")
    if student.invitation.is_expired:
        return _("invitation has run out")
    return _("invited, no account yet")


def _undelivered(student: Student) -> str:
    """Why the newest mail did not reach the address that its teachers keep; of an own account only that it did not."""
    trouble = last_went_wrong(student.person_id, student.address)
    return OWN_ADDRESS if trouble and student.has_account else trouble


def _address(student: Student) -> str:
    """Until there is an account its teachers keep the address, and invite to it; then it is shown as the student says."""
    return address_shown(student.person) if student.has_account else student.address


def _fields(row: Enrolment, school: int) -> list[TrailLine]:
    """What changed of the enrolment, and of what is known of the student.

    Only what this school or the student changed: another school would give itself away.
    """
    colleagues = Membership.objects.filter(organisation=school).values("person")
    own = Q(by__in=colleagues) | Q(by=row.student.person_id)
    return field_lines(row, row.student, row.student.person, only=own)
