"""In which space a page about a student stands: its colour and its entry in the menu."""

from __future__ import annotations

from django.urls import reverse

from partnerships.actors import Actor
from students.enums import Party
from students.models import Enrolment
from students.rules import side_of


def space_of_enrolment(actor: Actor, enrolment: Enrolment) -> dict[str, str]:
    """What base.html asks: the colours of the side on which the actor stands, and the menu entry the page is under."""
    side = side_of(actor, enrolment)
    if side == Party.STUDENT:
        return {"space": "student", "belongs_under": reverse("student-start")}
    if side == Party.EMPLOYER:
        return _of_employer(actor, enrolment)
    school = enrolment.cohort.programme.school
    return {"space": "teacher", "belongs_under": reverse("students:cohort-list", args=[school.slug])}


def back_from(actor: Actor, enrolment: Enrolment) -> str:
    """Where to go from a page about a student that the actor may not use now."""
    return space_of_enrolment(actor, enrolment)["belongs_under"]


def _of_employer(actor: Actor, enrolment: Enrolment) -> dict[str, str]:
    theirs = actor.employer_organisations & {*enrolment.parties.employers, *enrolment.parties.exchange_hosts}
    for held in actor.held:
        if held.organisation_id in theirs:
            students = reverse("students:employer-students", args=[held.slug])
            return {"space": "employer", "belongs_under": students}
    return {"space": "supervisor", "belongs_under": reverse("students:supervisor-start")}
