"""Draft places of a sign-up: what an employer offered in a call is not typed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import Location, SignUp, SignUpLine
from partnerships.queries.organisations import is_member
from partnerships.rules.sign_ups import can_draft_places
from partnerships.services import locations
from partnerships.services.locks import sign_up_under_lock
from placements.mail import drafts as mail
from placements.models import Slot
from placements.queries.offered import number_of_call

OTHER_LINES = _("The sign-up says something else by now. Look at it again.")


@dataclass(frozen=True)
class Line:
    """Where the places of one line are: at a location that there is, or at one that is made of the other three."""

    key: int
    location: Location | None = None
    name: str = ""
    town: str = ""
    pc4: str = ""


@transaction.atomic
def draft(
    *,
    sign_up_id: int,
    lines: Sequence[Line],
    starts_on: dt.date,
    ends_on: dt.date,
    by: Actor,
    read: str | None,
) -> int:
    """Make a draft of each line of a sign-up; gives how many. Once there are places of this call none are made.

    Who keeps the places of the employer is told. Raises ValidationError when the sign-up changed since it was read.
    """
    sign_up = sign_up_under_lock(sign_up_id)
    ensure(can_draft_places(by, sign_up, is_member=is_member(sign_up.organisation, sign_up.call.partnership)))
    there = number_of_call(sign_up.call_id, sign_up.organisation_id or 0)
    if there:
        return there
    versions.ensure(read, sign_up)
    offered = {row.pk: row for row in sign_up.lines.all()}
    if {line.key for line in lines} != offered.keys():
        raise ValidationError(OTHER_LINES)
    for line in lines:
        _slot(sign_up, offered[line.key], _where(sign_up, line, by), starts_on, ends_on)
    mail.employer_slots_drafted(sign_up, len(lines), by=by)
    return len(lines)


def _where(sign_up: SignUp, line: Line, by: Actor) -> Location:
    if line.location is None:
        new = Location(
            organisation=sign_up.organisation, name=line.name, municipality=line.town, pc4=line.pc4
        )
        return locations.make_of_sign_up(location=new, sign_up=sign_up, by=by)
    if line.location.organisation_id != sign_up.organisation_id or line.location.is_closed:
        raise ValidationError(_("Choose one of your own organisation."))
    return line.location


def _slot(
    sign_up: SignUp, line: SignUpLine, location: Location, starts_on: dt.date, ends_on: dt.date
) -> None:
    slot = Slot(
        organisation=sign_up.organisation,
        location=location,
        partnership=sign_up.call.partnership,
        call=sign_up.call,
        title=line.setting or location.name,
        seats=line.places,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with explained(slot):
        slot.save()
