"""Which days and numbers make sense, for those that a single row or the calendar decides.

Forms ask before they save, services again under their own transaction.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from core.dates import today
from partnerships.models import InitiativeResult, Measurement

FAR = dt.timedelta(days=20 * 366)
TOO_FAR = not_now(_("This date is too far away. Check the year."))


def can_be_measured_on(day: dt.date | None) -> Verdict:
    """A result is of a day that has come; only imported history lacks one."""
    if day is not None and day > today():
        return not_now(_("A result cannot be in the future. Give the day on which it was measured."))
    return ALLOW


def can_be_corrected(result: InitiativeResult | Measurement) -> Verdict:
    """A result is corrected once; then its correction is. It was loaded `for_list`."""
    if result.is_corrected:
        return not_now(_("This result was corrected already. Correct the newer one."))
    return ALLOW


def can_be_last_day(day: dt.date | None, before: dt.date | None) -> Verdict:
    """A last day that is filled in now is still to come; one that stood there already may have passed."""
    if day is None or day == before:
        return ALLOW
    if day < today():
        return not_now(_("This day is over. Choose a last day that is still to come."))
    return is_near(day)


def can_have_begun(day: dt.date | None, before: dt.date | None) -> Verdict:
    """What goes on today began today at the latest: another first day is a correction, and takes nobody's rights away."""
    if day is None or day == before or day <= today():
        return ALLOW
    if before is not None and before > today():
        return is_near(day)
    return not_now(_("This has begun already. Give the day on which it did."))


def is_near(day: dt.date | None) -> Verdict:
    """Nobody plans for more than twenty years ahead: the year was mistyped."""
    return TOO_FAR if day is not None and day > today() + FAR else ALLOW
