"""The list of agreements as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.presenters.agreements import row_of
from ui.sheets import Column, Sheet

AGREEMENTS = Sheet(
    _("Agreements"),
    (
        Column(_("Student"), lambda row: row.agreement.placement.student.full_name),
        Column(_("Employer"), lambda row: row.agreement.placement.slot.organisation.name),
        Column(_("School"), lambda row: row.agreement.placement.enrolment.cohort.programme.school.name),
        Column(_("Start"), lambda row: row.version and row.version.starts_on),
        Column(_("Last day"), lambda row: row.version and row.version.ends_on),
        Column(_("State"), lambda row: row.word),
        Column(_("A change is asked"), lambda row: row.has_change),
    ),
    lambda rows: map(row_of, rows),
)
