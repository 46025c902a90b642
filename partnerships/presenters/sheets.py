"""The lists of this app as files: their columns, with what the page shows of a row and nothing that it hides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from core.models import Holiday, SchoolHoliday
from partnerships.enums import MandateKind
from partnerships.models import GroupSeat
from partnerships.presenters.groups import rows_of
from partnerships.queries.merging import organisations_beside
from ui.sheets import Column, Sheet


def _where(seat: GroupSeat) -> str:
    """For which organisation someone sits in a group, or as what without one; and when that is over."""
    if seat.affiliation is None:
        where = seat.organisation.name if seat.organisation else ""
    else:
        at = seat.affiliation.organisation
        where = ", ".join([str(seat.affiliation.get_kind_display()), *([at.name] if at else [])])
    return where if seat.is_held else f"{where} ({_('no longer takes part')})".strip()


def _offices(seat: GroupSeat) -> str:
    held = ((seat.is_chair, _("chair")), (seat.is_secretary, _("secretary")))
    return ", ".join(str(word) for has, word in held if has)


PARTNERSHIPS = Sheet(
    _("Partnerships"),
    (
        Column(_("Name"), lambda row: row.name),
        Column(_("Kind"), lambda row: row.get_shape_display()),
        Column(_("Provinces"), lambda row: ", ".join(str(name) for name in row.province_labels)),
        Column(_("Since"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
        Column(_("Organisations"), lambda row: row.member_count),
    ),
)
MEMBERS = Sheet(
    _("Members"),
    (
        Column(_("Organisation"), lambda row: row.organisation.name),
        Column(_("Kind"), lambda row: row.organisation.get_kind_display()),
        Column(_("Role"), lambda row: row.get_role_display()),
        Column(_("Since"), lambda row: row.starts_on),
    ),
)
COOPERATION = Sheet(
    _("Cooperation agreement"),
    (
        Column(_("Version"), lambda row: row.number),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("Signed on"), lambda row: row.signed_on),
        Column(_("Start"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
    ),
)
INITIATIVE_PROPOSALS = Sheet(
    _("Proposals for initiatives"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Organisation"), lambda row: row.organisation.name),
        Column(_("Proposed by"), lambda row: row.by.full_name),
        Column(_("Day"), lambda row: local_day(row.proposed_at)),
        Column(_("Status"), lambda row: row.get_state_display()),
    ),
)
DOCUMENTS = Sheet(
    _("Documents"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
        Column(_("All members read it"), lambda row: row.for_members),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("Version"), lambda row: row.newest.number),
        Column(_("Put in on"), lambda row: local_day(row.newest.at)),
    ),
)
LETTERS = Sheet(
    _("Letters to many"),
    (
        Column(_("Title"), lambda row: row.subject),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
        Column(_("Call"), lambda row: row.call.title if row.call else ""),
        Column(_("Written by"), lambda row: row.by.full_name),
        Column(_("Sent on"), lambda row: row.day),
        Column(_("Number of people"), lambda row: row.recipients),
    ),
)
PEOPLE = Sheet(
    _("People"),
    (
        Column(_("Name"), lambda row: row.person.full_name),
        Column(_("Role"), lambda row: row.get_role_display()),
        Column(_("May also"), lambda row: ", ".join(str(MandateKind(kind).label) for kind in row.may)),
        Column(_("Since"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
    ),
)
AFFILIATIONS = Sheet(
    _("Who takes part"),
    (
        Column(_("Name"), lambda row: row.person.full_name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Partnership"), lambda row: row.partnership.name),
    ),
)
LOCATIONS = Sheet(
    _("Locations"),
    (
        Column(_("Name"), lambda row: row.name),
        Column(_("Town"), lambda row: row.municipality),
        Column(_("Neighbourhood"), lambda row: row.neighbourhood),
        Column(_("Postcode"), lambda row: row.pc4),
    ),
)
INITIATIVES = Sheet(
    _("Initiatives"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Summary"), lambda row: row.summary),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Phase"), lambda row: row.get_state_display()),
        Column(_("Partnership"), lambda row: row.partnership.name),
    ),
)
ACTION_LINES = Sheet(
    _("Action lines"),
    (
        Column(_("Number"), lambda row: row.number),
        Column(_("Title"), lambda row: row.title),
        Column(_("Goal"), lambda row: row.goal),
        Column(_("Owner"), lambda row: row.owner.full_name if row.owner else ""),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
        Column(_("Since"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
    ),
)
THEMES = Sheet(
    _("Themes"),
    (
        Column(_("Theme"), lambda row: row.name),
        Column(_("Shared theme"), lambda row: row.root.name),
        Column(_("Initiative runs"), lambda row: row.is_tried),
        Column(_("Since"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
    ),
)
COORDINATED_INITIATIVES = Sheet(
    _("Initiatives"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Phase"), lambda row: row.get_state_display()),
        Column(_("Last updated"), lambda row: row.refreshed_on),
        Column(_("Public page"), lambda row: row.is_published),
    ),
)
CALLS = Sheet(
    _("Calls"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Summary"), lambda row: row.summary),
        Column(_("Partnership"), lambda row: row.partnership.name),
        Column(_("Employers wanted"), lambda row: row.partners_target),
        Column(_("Training places wanted"), lambda row: row.places_target),
        Column(_("Deadline"), lambda row: row.deadline),
    ),
)
COORDINATED_CALLS = Sheet(
    _("Calls"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Study year"), lambda row: row.study_year_label),
        Column(_("Deadline"), lambda row: row.deadline),
        Column(_("Public page"), lambda row: row.is_published),
    ),
)
SIGN_UPS = Sheet(
    _("Sign-ups"),
    (
        Column(_("Organisation"), lambda row: row.organisation_name),
        Column(_("Training places"), lambda row: row.places),
        Column(_("Where"), lambda row: row.where),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("On a condition"), lambda row: row.on_condition),
        Column(_("Last contact"), lambda row: row.last_contact),
        Column(_("Next step"), lambda row: row.next_step),
        Column(_("Day of the next step"), lambda row: row.next_step_on),
        Column(_("Received"), lambda row: row.created_at),
    ),
)
GROUPS = Sheet(
    _("Groups"),
    (
        Column(_("Group"), lambda row: row.group.name),
        Column(_("Kind"), lambda row: row.group.get_kind_display()),
        Column(_("Seats"), lambda row: row.size),
        Column(_("Largest size"), lambda row: row.group.max_size),
        Column(_("Voices missing"), lambda row: row.voices),
        Column(_("Organisations missing"), lambda row: len(row.missing.organisations)),
    ),
    rows_of,
)
MANDATES = Sheet(
    _("Groups"),
    (
        Column(_("Group"), lambda row: row.name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Partnership"), lambda row: row.partnership.name),
        Column(_("Mandate"), lambda row: row.mandate),
    ),
)
WITHOUT_MANAGER = Sheet(
    _("Organisations where nobody can act"),
    (
        Column(_("Organisation"), lambda row: row.name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
    ),
)
SEATS = Sheet(
    _("Who is in this group"),
    (
        Column(_("Name"), lambda seat: seat.person.full_name),
        Column(_("Chair or secretary"), _offices),
        Column(_("Organisation"), _where),
        Column(
            _("On behalf of whom"),
            lambda seat: _("observer, reads along") if seat.is_observer else seat.get_perspective_display(),
        ),
    ),
)
ALIKE = Sheet(
    _("Organisations that look alike"),
    (
        Column(_("Organisation"), lambda pair: pair.one.name),
        Column(_("Looks like"), lambda pair: pair.other.name),
    ),
    organisations_beside,
)
OWN_REQUESTS = Sheet(
    _("Your requests"),
    (
        Column(_("Organisation"), lambda row: row.organisation.name),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Asked on"), lambda row: row.asked_at),
    ),
)


class FreeDay(NamedTuple):
    """A day that may be free, or the first and last of a school holiday."""

    name: str | Promise
    first: date
    last: date
    is_free: str | Promise


def free_days(
    holidays: Iterable[tuple[Holiday, bool]], school_holidays: Iterable[SchoolHoliday]
) -> list[FreeDay]:
    """What the page of the free days lists, in its order."""
    words = {True: _("Free"), False: _("Working day")}
    days = [FreeDay(row.name, row.day, row.day, words[is_free]) for row, is_free in holidays]
    others = [FreeDay(row.get_period_display(), row.starts_on, row.ends_on, "") for row in school_holidays]
    return days + others


FREE_DAYS = Sheet(
    _("Free days"),
    (
        Column(_("Name"), lambda row: row.name),
        Column(_("First day"), lambda row: row.first),
        Column(_("Last day"), lambda row: row.last),
        Column(_("Free"), lambda row: row.is_free),
    ),
)
