"""Duties of social return and what counts for them as files, for the client and the own annual report."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ui.sheets import Column, Sheet


def plain(value: Decimal) -> int | Decimal:
    """A number as a spreadsheet shows it: without zeros behind it."""
    whole = value == value.to_integral_value()
    return int(value) if whole else value.quantize(Decimal("0.01")).normalize()


OBLIGATIONS = Sheet(
    _("SROI duties"),
    (
        Column(_("Contract"), lambda row: row.title),
        Column(_("Client"), lambda row: row.client),
        Column(_("Start"), lambda row: row.starts_on),
        Column(_("Valid until"), lambda row: row.ends_on),
        Column(_("Promised"), lambda row: plain(row.owed)),
        Column(_("Counts already"), lambda row: plain(row.counted)),
        Column(_("Still open"), lambda row: plain(row.open)),
    ),
)
ACTIVITIES = Sheet(
    _("SROI activities"),
    (
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("What was done"), lambda row: row.what),
        Column(_("How much"), lambda row: plain(row.quantity)),
        Column(_("Value in euros"), lambda row: plain(row.value)),
        Column(_("People with a distance to the labour market"), lambda row: row.people),
        Column(_("First day"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
        Column(_("Counts"), lambda row: row.counts),
        Column(_("Proof"), lambda row: row.file_name),
    ),
)
SOCIAL_RETURN_TOTALS = Sheet(
    _("SROI of the members"),
    (
        Column(_("Organisation"), lambda row: row.organisation.name),
        Column(_("Promised"), lambda row: plain(row.owed)),
        Column(_("Counts already"), lambda row: plain(row.counted)),
        Column(_("Still open"), lambda row: plain(row.open)),
    ),
)
