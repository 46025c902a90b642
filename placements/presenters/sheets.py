"""The lists of this app as files."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.actors import Actor
from placements.models import Slot
from placements.presenters.accreditations import CheckRow
from placements.presenters.matches import row_of
from placements.presenters.placements import PlacementRow
from placements.presenters.slots import SlotRow
from ui.sheets import Column, Sheet


def _slots(rows: list[Slot]) -> list[SlotRow]:
    return [SlotRow(row) for row in rows]


_OF_SLOT = (
    Column(_("Training place"), lambda row: row.slot.title),
    Column(_("Location"), lambda row: row.slot.location.name),
    Column(_("Programme"), lambda row: row.programmes),
    Column(_("Learning route"), lambda row: row.route),
    Column(_("Kind of workplace"), lambda row: row.setting),
    Column(_("Start"), lambda row: row.slot.starts_on),
    Column(_("Last day"), lambda row: row.slot.ends_on),
)
OWN_SLOTS = Sheet(
    _("Training places"),
    (
        *_OF_SLOT,
        Column(_("Free"), lambda row: row.free),
        Column(_("Seats"), lambda row: row.slot.seats),
        Column(_("Status"), lambda row: row.word),
        Column(_("Open proposals"), lambda row: row.slot.open_matches),
        Column(_("Confirmed"), lambda row: row.slot.confirmed_on),
    ),
    _slots,
)
FOUND_SLOTS = Sheet(
    _("Training places"),
    (
        Column(_("Organisation"), lambda row: row.slot.organisation.name),
        *_OF_SLOT,
        Column(_("Free"), lambda row: row.free),
        Column(_("Distance in km"), lambda row: row.distance),
    ),
    _slots,
)
PLACEMENTS = Sheet(
    _("Placements"),
    (
        Column(_("Student"), lambda row: row.placement.student.full_name),
        Column(_("Organisation"), lambda row: row.placement.slot.organisation.name),
        Column(_("Location"), lambda row: row.placement.location.name),
        Column(_("Programme"), lambda row: row.placement.enrolment.cohort.programme.name),
        Column(_("Start"), lambda row: row.placement.starts_on),
        Column(_("Last day"), lambda row: row.placement.ends_on),
        Column(_("Status"), lambda row: row.word),
    ),
    lambda rows: map(PlacementRow, rows),
)
SUPERVISORS = Sheet(
    _("Supervisors"),
    (
        Column(_("Name"), lambda row: row.name),
        Column(_("Email address"), lambda row: emails.shown(row.address)),
        Column(_("Last day"), lambda row: row.ends_on),
        Column(_("Has an account"), lambda row: row.person.has_account),
    ),
)
CHECKS = Sheet(
    _("Accreditations"),
    (
        Column(_("Employer"), lambda row: row.check.organisation.name),
        Column(_("Crebo"), lambda row: row.check.crebo),
        Column(_("Outcome"), lambda row: row.word),
        Column(_("Since"), lambda row: row.check.valid_from),
        Column(_("Last day"), lambda row: row.check.valid_until),
        Column(_("Checked"), lambda row: row.check.checked_on),
        Column(_("Found by"), lambda row: row.found_by),
        Column(_("Source"), lambda row: row.check.source),
    ),
    lambda rows: map(CheckRow, rows),
)
FIGURES = Sheet(
    _("Training places and demand"),
    (
        Column(_("Qualification"), lambda row: row.name),
        Column(_("Crebo"), lambda row: row.crebo),
        Column(_("Training places"), lambda row: shown_of(row.places)),
        Column(_("Free"), lambda row: shown_of(row.free)),
        Column(_("Students"), lambda row: shown_of(row.students)),
        Column(_("Looking for a training place"), lambda row: shown_of(row.looking)),
    ),
)


def shown_of(number: int | None) -> int | Promise:
    """A number, but for one by which a group would be known that is so small that it tells who is in it."""
    return _("not shown") if number is None else number


def matches(actor: Actor) -> Sheet:
    """Proposals, each with the name that this reader may see."""
    return Sheet(
        _("Proposals"),
        (
            Column(_("Student"), lambda row: row.name),
            Column(_("Training place"), lambda row: row.match.slot.title),
            Column(_("Organisation"), lambda row: row.match.slot.organisation.name),
            Column(_("Programme"), lambda row: row.match.enrolment.cohort.programme.name),
            Column(_("Status"), lambda row: row.word),
            Column(_("Answer by"), lambda row: row.answer_by),
            Column(_("Why it is over"), lambda row: row.close_cause),
        ),
        lambda rows: [row_of(actor, row) for row in rows],
    )
