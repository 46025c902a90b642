"""The lists of this app as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from ui.sheets import Column, Sheet

PLAYBOOKS = Sheet(
    _("Playbooks"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Partnership"), lambda row: row.playbook.partnership.name),
        Column(_("Version"), lambda row: row.number),
        Column(_("Published on"), lambda row: row.published_on),
    ),
)
LEADS = Sheet(
    _("Who wants this too"),
    (
        Column(_("Organisation"), lambda row: row.organisation_name),
        Column(_("Town or region"), lambda row: row.town),
        Column(_("Contact person"), lambda row: row.contact_name),
        Column(_("Email address"), lambda row: row.email),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("Sent on"), lambda row: local_day(row.consented_at)),
    ),
)
OFFERS = Sheet(
    _("Improvements"),
    (
        Column(_("Title"), lambda row: row.title),
        Column(_("Offered by"), lambda row: row.offerer.name),
        Column(_("Offered to"), lambda row: row.publisher.name),
        Column(_("Why this is better"), lambda row: row.why),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("Offered on"), lambda row: local_day(row.offered_at)),
    ),
)
