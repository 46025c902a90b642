"""What changed between two versions of an agreement, in words for a mail or a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.models import AgreementVersion
from core.dates import study_year_label
from ui import formats


@dataclass(frozen=True, slots=True)
class Difference:
    """One term in which two versions differ: its name, and how it read before and reads now."""

    label: str | Promise
    before: str
    after: str


def differences(version: AgreementVersion, older: AgreementVersion | None) -> list[Difference]:
    """Term by term what changed since `older`; nothing when there is no older version."""
    if older is None:
        return []
    return [
        Difference(_label(name), _words(older, name), _words(version, name))
        for name in version.changed_since(older)
    ]


def differences_for(
    version: AgreementVersion, older: AgreementVersion | None, language: str
) -> list[Difference]:
    """The same in the language of a reader, with every word looked up already."""
    with translation.override(language):
        return [Difference(str(item.label), item.before, item.after) for item in differences(version, older)]


def _label(name: str) -> str | Promise:
    if name == "minutes_per_week":
        return _("hours a week")
    if name == "week":
        return _("working days")
    field = AgreementVersion._meta.get_field(name)
    return field.verbose_name if isinstance(field, models.Field) else name


def _words(version: AgreementVersion, name: str) -> str:
    """A term as a reader sees it."""
    value: Any = getattr(version, name)
    if name == "hours_per_year":
        return "; ".join(
            _("%(year)s: %(hours)s hours") % {"year": study_year_label(year), "hours": formats.number(hours)}
            for year, hours in version.years
        )
    if name == "minutes_per_week":
        return formats.hours(value) if value else ""
    if name == "week":
        return formats.week(value)
    if name == "breaks":
        return "; ".join(
            _("%(first)s to %(last)s") % {"first": formats.day(first), "last": formats.day(last)}
            for first, last in version.pauses
        )
    return formats.day(value) if name in {"starts_on", "ends_on"} else str(value)
