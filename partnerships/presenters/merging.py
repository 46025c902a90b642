"""Two rows side by side, before they are made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.presenters.signing_in import account_word
from core import emails
from partnerships.models import Location, Organisation
from partnerships.queries.merging import Hanging
from ui.formats import day, number

Text = str | Promise
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of both."""

    label: Text
    values: tuple[str, str]


def organisation_lines(one: Organisation, other: Organisation) -> list[Line]:
    """What tells two organisations apart; both come from `queries.merging.beside_each_other`."""
    return _lines(
        (_("Kind"), str(one.get_kind_display()), str(other.get_kind_display())),
        (_("Town"), one.town, other.town),
        (_("Province"), one.get_province_display(), other.get_province_display()),
        (_("Website"), one.website, other.website),
        (_("KvK number"), one.kvk, other.kvk),
        (_("Learning company ID"), one.learning_company_id, other.learning_company_id),
        (_("BRIN"), one.brin, other.brin),
        (_("People with a role"), _number(one, "people"), _number(other, "people")),
        (_("Open locations"), _number(one, "open_locations"), _number(other, "open_locations")),
        (_("Partnerships"), _number(one, "takes_part_in"), _number(other, "takes_part_in")),
        (_("Page for everyone"), _yes_or_no(one.is_published), _yes_or_no(other.is_published)),
    )


def location_lines(one: Location, other: Location) -> list[Line]:
    """What tells two locations of an organisation apart."""
    return _lines(
        (_("Town"), one.municipality, other.municipality),
        (_("Neighbourhood"), one.neighbourhood, other.neighbourhood),
        (_("Postcode"), one.pc4, other.pc4),
        (_("Closed on"), _day(one), _day(other)),
    )


def named(person: Any) -> str:
    """A name with the address, which tells two of one name apart; of `queries.people.with_contact`."""
    address = emails.shown(person.own_address) if person.own_address else _("no email address")
    return f"{person.full_name} ({address})"


def person_lines(one: Any, other: Any, hanging: Iterable[Hanging], *, is_elsewhere: bool) -> list[Line]:
    """What tells two people apart, `with_contact` and `people_with_facts`; their organisations for administrators."""
    return [
        *_lines(
            (_("Name"), one.full_name, other.full_name),
            (_("Email address"), emails.shown(one.own_address), emails.shown(other.own_address)),
            (_("Phone"), one.own_phone, other.own_phone),
            (_("Account"), str(account_word(one)), str(account_word(other))),
            (_("Roles"), _roles(one, is_elsewhere), _roles(other, is_elsewhere)),
        ),
        *(Line(capfirst(row.kind), (number(row.numbers[0]), number(row.numbers[1]))) for row in hanging),
    ]


def _roles(person: Any, is_elsewhere: bool) -> str:
    names = [
        f"{role.get_role_display()}, {role.organisation.name}"
        if is_elsewhere
        else str(role.get_role_display())
        for role in person.roles
    ]
    return capfirst("; ".join(names))


def _number(row: Organisation, name: str) -> str:
    return str(getattr(row, name))


def _yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _day(row: Location) -> str:
    return day(row.ends_on) if row.ends_on else ""


def _lines(*facts: tuple[Text, str, str]) -> list[Line]:
    """Without those that neither has."""
    return [Line(label, (a or NOTHING, b or NOTHING)) for label, a, b in facts if a or b]
