"""How often a table meets, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.enums import RhythmUnit
from meetings.models import Rhythm
from meetings.presenters.tables import Table
from meetings.queries.rhythms import next_day, rhythm_of
from ui.formats import day


@dataclass(frozen=True)
class RhythmRow:
    """The rhythm of a table and the day of its next meeting, if any is left."""

    rhythm: Rhythm
    next: dt.date | None

    @property
    def words(self) -> str:
        """For example: every 4 weeks on Tuesday, until 30 June 2027."""
        every = self.rhythm.every
        if self.rhythm.unit == RhythmUnit.WEEK:
            often = ngettext("Every week on {day}", "Every {number} weeks on {day}", every)
        else:
            often = ngettext("Every month on a {day}", "Every {number} months on a {day}", every)
        said = often.format(number=every, day=date_format(self.rhythm.starts_on, "l"))
        if self.rhythm.until is None:
            return said
        return _("%(often)s, until %(day)s") % {"often": said, "day": day(self.rhythm.until)}


def rhythm_row(table: Table) -> RhythmRow | None:
    """Of a table that said how often it meets. Two queries, one where it did not."""
    rhythm = rhythm_of(table.partnership, table.group)
    return RhythmRow(rhythm, next_day(rhythm)) if rhythm is not None else None
