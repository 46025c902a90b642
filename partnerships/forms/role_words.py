"""What someone may do in a role, in one line, where a role is given (`partnerships.roles`, docs/domain.md 2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.models import Organisation
from partnerships.rules.memberships import roles_of

_SEATED = _("Works here and can be given a seat in a group. Nothing more.")
_MAY: dict[Role, Promise] = {
    Role.MANAGER: _("Invites people, gives and ends roles, and looks after the locations."),
    Role.CONTACT: _("Looks after the training places and answers proposals."),
    Role.PRACTICE_TRAINER: _(
        "Looks after the training places and answers proposals, as a contact person does."
    ),
    Role.SUPERVISOR: _("Guides students at work: reads their learning plan and says how it goes."),
    Role.TEACHER: _("Of own cohorts: proposes training places, makes learning plans and assesses goals."),
    Role.COORDINATOR: _("Looks after the partnerships that this organisation leads or coordinates."),
    Role.COLLEAGUE: _SEATED,
}


def may_of(role: Role, organisation: Organisation) -> Promise:
    """What the role lets someone do at this kind of organisation."""
    if role == Role.CONTACT and OrganisationKind(organisation.kind) not in EMPLOYER_KINDS:
        return _SEATED
    return _MAY[role]


class RoleSelect(forms.RadioSelect):
    """The roles, each with what it lets someone do."""

    hints: dict[str, Promise] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


def offer_roles(field: Any, organisation: Organisation) -> None:
    """Let a field with a `RoleSelect` choose from what people can be at this organisation."""
    roles = roles_of(organisation)
    field.choices = [(role.value, role.label) for role in roles]
    field.widget.hints = {role.value: may_of(role, organisation) for role in roles}
