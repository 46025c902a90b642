"""What the pages of a cohort show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programmes.models import Cohort
from ui import history


def history_of(cohort: Cohort) -> list[history.TrailLine]:
    """Other dates and sizes, and who taught it until when; three queries."""
    teachers = list(cohort.cohort_teachers.for_history())
    names = {row: _("Teacher %(name)s") % {"name": row.membership.person} for row in teachers}
    lines = [history.field_lines(cohort, *teachers), history.endings(names)]
    return history.in_time(*lines)
