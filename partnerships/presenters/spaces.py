"""In which space a page stands that several roles share: its colour and its entry in the menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.enums import Role
from partnerships.actors import Actor
from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from partnerships.roles import EMPLOYER_PARTY


def space_of(actor: Actor) -> str:
    """Whose colours a shared page wears: the role in which most people come here."""
    for space, roles in (
        ("coordinator", (Role.COORDINATOR,)),
        ("teacher", (Role.TEACHER,)),
        ("employer", EMPLOYER_PARTY),
    ):
        if actor.organisations(*roles):
            return space
    managed = {held.kind for held in actor.held if held.role == Role.MANAGER}
    if managed:
        return "teacher" if managed == {OrganisationKind.SCHOOL} else "employer"
    if actor.organisations(Role.SUPERVISOR):
        return "supervisor"
    return "coordinator" if actor.is_staff else "student"


def space_of_organisation(organisation: Organisation) -> dict[str, Any]:
    """For the pages about an organisation's people and locations: whose colours they wear and their menu entry."""
    others = "teacher" if organisation.is_school else "coordinator"
    return {
        "space": "employer" if organisation.is_employer else others,
        "belongs_under": reverse("partnerships:people-list", args=[organisation.slug]),
    }
