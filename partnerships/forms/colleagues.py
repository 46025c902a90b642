"""Several colleagues invited at once, a line each, as they stand in a mail or a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.queries.likeness import people_like
from accounts.services.people import Name
from core import emails, names
from core.reading import people
from core.reading.answers import Read
from core.reading.lines import on_line
from partnerships.enums import MandateKind
from partnerships.forms.role_words import RoleSelect, offer_roles
from partnerships.models import Organisation
from partnerships.queries.people import with_roles_at
from partnerships.roles import MANDATED
from partnerships.rules.memberships import signs_agreements
from partnerships.services.memberships import AT_ONCE, Colleague
from ui.forms import PortalForm

# A name and an address, with what people put between and behind them: Anna de Boer <a@b.nl>; or a tab of a spreadsheet.
_LINE = re.compile(r"^(?P<name>.*?)[\s,;:<(|]+(?P<email>[^\s,;<>()|]+@[^\s,;<>()|]+)[\s,;>)|]*$")
_ONLY_ADDRESS = re.compile(r"^[\s<(]*[^\s,;:<>()|]+@[^\s,;<>()|]+[\s,;>)|]*$")
NOT_READ = _("Write a name and an email address, for example Anna de Boer, a.deboer@example.nl.")
NO_NAME = _("The name is missing. Write it before the address: Anna de Boer, a.deboer@example.nl.")
TWICE = _("This address is listed twice.")
LOOKS_LIKE = _("You know %(name)s with another address. Invite this person separately.")


class ColleaguesForm(PortalForm):
    """Who are asked, and the one role that they get."""

    lines = forms.CharField(
        label=_("Colleagues"),
        help_text=_(
            "A line for each: name and email address. You can paste them from an email or a spreadsheet. At most %(most)d."
        ),
        max_length=10_000,
        widget=forms.Textarea({"rows": 8}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=RoleSelect)
    may_sign = forms.BooleanField(
        label=_("They may sign practice agreements for this organisation"), required=False
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["lines"].help_text = self.fields["lines"].help_text % {"most": AT_ONCE}
        offer_roles(self.fields["role"], organisation)
        if not signs_agreements(organisation):
            del self.fields["may_sign"]

    def clean(self) -> dict[str, Any]:
        """Only some roles can sign."""
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if data.get("may_sign") and role and role not in MANDATED[MandateKind.SIGN]:
            self.add_error("may_sign", ValidationError(_("This role cannot sign agreements.")))
        return data

    def clean_lines(self) -> list[Colleague]:
        """Each line read; every one that cannot be is named."""
        found, faults = [], []
        seen: set[str] = set()
        for number, line in self._filled():
            try:
                colleague = self._read(number, line)
                if colleague.email in seen:
                    raise ValidationError(TWICE)
            except ValidationError as fault:
                faults.append(on_line(number, fault))
            else:
                seen.add(colleague.email)
                found.append(colleague)
        if len(found) > AT_ONCE:
            faults.append(ValidationError(_("At most %(most)d at once."), params={"most": AT_ONCE}))
        if faults:
            raise ValidationError(faults)
        return found

    def _filled(self) -> Iterator[tuple[int, str]]:
        lines = self.cleaned_data["lines"].splitlines()
        return ((number, line) for number, line in enumerate(lines, 1) if line.strip())

    def _read(self, number: int, line: str) -> Colleague:
        line = line.replace("mailto:", "")
        if _ONLY_ADDRESS.match(line):
            raise ValidationError(NO_NAME)
        parts = _LINE.match(line)
        name = people.whole_name(parts["name"].strip(" \"'")) if parts else None
        address = emails.read(parts["email"]) if parts else None
        if not isinstance(name, Read) or not isinstance(address, Read):
            raise ValidationError(NOT_READ)
        read = name.value
        own = Name(first_name=read.first_name, name_prefix=read.name_prefix, last_name=read.last_name)
        names.check_of_person(own.whole)
        like = people_like(among=with_roles_at(self.organisation.pk), name=own.whole, email=address.value)
        for person in like:
            if person.address != address.value:
                raise ValidationError(LOOKS_LIKE, params={"name": person.full_name})
        return Colleague(number, address.value, own)

    def invitations(self) -> dict[str, Any]:
        """What the service wants to know."""
        return {
            "colleagues": self.cleaned_data["lines"],
            "role": Role(self.cleaned_data["role"]),
            "may_sign": self.cleaned_data.get("may_sign", False),
        }
