"""The lists of this app as files: their columns, with what the page shows of a row and nothing that it hides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnerships.enums import MandateKind
from partnerships.presenters.groups import rows_of
from ui.sheets import Column, Sheet

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
        Column(_("Where"), lambda row: row.neighbourhood),
        Column(_("State"), lambda row: row.get_state_display()),
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
