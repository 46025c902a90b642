"""How one text of an agreement reads: in a sentence, as a week, in four parts, and beside another text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import documents
from agreements.enums import VersionKind
from agreements.forms.amendments import SLUG_OF
from agreements.mail.differences import Difference, differences
from agreements.models import Agreement, AgreementVersion
from core.dates import today
from core.weeks import in_turn, worked
from programmes.enums import Weekday
from ui import formats
from ui.components import SummaryRow
from ui.formats import day
from ui.languages import dutch

LONG_TEXTS = {"guidance", "content", "assessment", "ending"}


# The deal as one sentence


def in_words(agreement: Agreement, version: AgreementVersion, *, is_own: bool) -> str:
    """Who works how much, where, on which days, with whom and until when."""
    place, last = version.location.name, agreement.ended_on or version.ends_on
    name = agreement.placement.student.first_name
    if last < today():
        past = (
            _("You worked at %(place)s until %(day)s.")
            if is_own
            else _("%(name)s worked at %(place)s until %(day)s.")
        )
        return past % {"name": name, "place": place, "day": day(last)}
    sentences = [_works(version, name, place, is_own=is_own)]
    if agreement.guide:
        sentences.append(_("%(name)s is the work supervisor.") % {"name": agreement.guide})
    sentences.append(_("Up to and including %(day)s.") % {"day": day(last)})
    sentences += [
        _("Interrupted from %(first)s to %(last)s.") % {"first": day(begun), "last": day(over)}
        for begun, over in version.pauses
        if over >= today()
    ]
    return " ".join(sentences)


def _works(version: AgreementVersion, name: str, place: str, *, is_own: bool) -> str:
    days = [str(list(Weekday)[at].label) for at in worked(version.week)]
    values = {
        "name": name,
        "place": place,
        "days": formats.listed(days),
        "hours": formats.hours(version.minutes_per_week or 0),
    }
    if not version.minutes_per_week:
        text = (
            _("You work and learn at %(place)s.") if is_own else _("%(name)s works and learns at %(place)s.")
        )
    elif not days:
        text = (
            _("You work %(hours)s hours a week at %(place)s.")
            if is_own
            else _("%(name)s works %(hours)s hours a week at %(place)s.")
        )
    else:
        text = (
            _("You work %(hours)s hours a week at %(place)s, on %(days)s.")
            if is_own
            else _("%(name)s works %(hours)s hours a week at %(place)s, on %(days)s.")
        )
    return text % values


# A working week


@dataclass(frozen=True)
class WeekDay:
    """One day of the week: its letters, what is on it, and the same aloud."""

    short: str
    kind: str  # work | school | ""
    hours: str
    aloud: str


@dataclass(frozen=True)
class WeekStrip:
    """A week of a text; `title` says which one it is where two take turns, and `aloud` whose it is."""

    title: str | Promise
    aloud: str | Promise
    days: list[WeekDay]


TURNS = (gettext_lazy("Odd weeks"), gettext_lazy("Even weeks"))


def weeks_of(agreement: Agreement, version: AgreementVersion, title: str | Promise) -> list[WeekStrip]:
    """The seven days, of two weeks where they take turns, or nothing where the days are not fixed."""
    school_day = agreement.placement.enrolment.cohort.school_weekday
    strips = [
        [
            _week_day(weekday, minutes, is_school=weekday == school_day)
            for weekday, minutes in zip(Weekday, week, strict=True)
        ]
        for week in in_turn(version.week)
    ]
    if len(strips) < 2:
        return [WeekStrip("", title, days) for days in strips]
    return [WeekStrip(turn, turn, days) for turn, days in zip(TURNS, strips, strict=True)]


def _week_day(weekday: Weekday, minutes: int, *, is_school: bool) -> WeekDay:
    word = str(weekday.label)
    short = word[:2]
    if minutes:
        hours = formats.hours(minutes)
        return WeekDay(
            short, "work", hours, _("%(day)s work %(hours)s hours") % {"day": word, "hours": hours}
        )
    if is_school:
        return WeekDay(short, "school", "", _("%(day)s school") % {"day": word})
    return WeekDay(short, "", "", _("%(day)s free") % {"day": word})


# The whole text in four parts


@dataclass(frozen=True)
class Part:
    """One part of the text: `closed` says what is in it while it is folded."""

    title: str
    closed: str
    rows: Sequence[SummaryRow]


def parts_of(version: AgreementVersion) -> list[Part]:
    """The four parts, each of which tells its content closed."""
    period, guidance, learning, stopping = (rows for _title, rows in documents.sections(version))
    parties = version.parties
    who = _("%(student)s, %(employer)s and %(school)s, %(start)s to %(end)s") % {
        **{key: parties.get(key, "") for key in ("student", "employer", "school")},
        "start": day(version.starts_on),
        "end": day(version.ends_on),
    }
    people = _("%(trainer)s as practice trainer, %(contact)s at the school") % {
        "trainer": version.practice_trainer or "…",
        "contact": version.school_contact or "…",
    }
    return [
        Part(_("Who and when"), who, [*documents.party_rows(version), *period]),
        Part(_("What is learned"), dutch(parties.get("programme")), learning[:1]),
        Part(_("Guidance"), people, guidance),
        Part(
            _("Assessing and stopping"),
            _("How it is assessed, and how one can stop early"),
            [*learning[1:], *stopping],
        ),
    ]


# Beside another text


@dataclass(frozen=True)
class Shift:
    """What changes: the short terms with before and after, and the names of the long texts that read differently."""

    terms: Sequence[Difference]
    texts: Sequence[str | Promise]


def shift_of(version: AgreementVersion, older: AgreementVersion | None) -> Shift:
    """What a change changes, as short as it can be told."""
    if older is None:
        return Shift((), ())
    names = version.changed_since(older)
    pairs = list(zip(names, differences(version, older), strict=True))
    return Shift(
        terms=[item for name, item in pairs if name not in LONG_TEXTS],
        texts=[item.label for name, item in pairs if name in LONG_TEXTS],
    )


# What can change


@dataclass(frozen=True)
class Kind:
    """A kind of change one can begin: its form, its name and what it is for."""

    url: str
    icon: str
    title: str | Promise
    text: str | Promise
    is_current: bool


KINDS: tuple[tuple[VersionKind, str, Promise, Promise], ...] = (
    (
        VersionKind.PERIOD,
        "calendar-event",
        gettext_lazy("Other dates"),
        gettext_lazy("ready sooner or later"),
    ),
    (VersionKind.HOURS, "clock", gettext_lazy("Hours and days"), gettext_lazy("more, fewer, other days")),
    (
        VersionKind.TRAINER,
        "user",
        gettext_lazy("Guidance"),
        gettext_lazy("another practice trainer or contact at the school"),
    ),
    (VersionKind.LOCATION, "map-pin", gettext_lazy("Location"), gettext_lazy("with the same employer")),
    (VersionKind.BREAK, "hourglass", gettext_lazy("Interruption"), gettext_lazy("leave, illness, pregnancy")),
    (
        VersionKind.EARLY_END,
        "circle-x",
        gettext_lazy("Stopping early"),
        gettext_lazy("with reason and last day"),
    ),
)
OTHER_KINDS: tuple[tuple[VersionKind, Promise], ...] = (
    (VersionKind.CONTENT, gettext_lazy("What is learned and how it is assessed")),
    (VersionKind.CORRECTION, gettext_lazy("A mistake in the text")),
)


def kinds_of(agreement: Agreement, current: str = "") -> list[Kind]:
    """The six kinds of change, each with its own short form."""
    return [
        Kind(amend_url(agreement, kind), icon, title, text, is_current=kind == current)
        for kind, icon, title, text in KINDS
    ]


def other_kinds_of(agreement: Agreement) -> list[tuple[str, Promise]]:
    """What else can change, for the rare times: address and words."""
    return [(amend_url(agreement, kind), words) for kind, words in OTHER_KINDS]


def amend_url(agreement: Agreement, kind: str) -> str:
    """The form of a change of this kind."""
    return reverse("agreements:agreement-amend", args=[agreement.public_id, SLUG_OF[VersionKind(kind)]])
