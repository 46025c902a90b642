"""What waits for someone around slots, matches and placements; `portal.next_steps` merges this with other apps.

First pages are read more than any other, so each reader's steps cost one query: rows of two kinds, joined by UNION.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.dates import today
from core.readlog import Subject, unseen
from partnerships.actors import Actor
from placements.enums import FRESH_DAYS, MatchState
from placements.queries import waiting
from ui.formats import day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep, by_urgency


@unseen()
def for_student(actor: Actor) -> list[NextStep]:
    """Places to which the employer said yes: now the student's answer."""
    return by_urgency(
        NextStep(
            title=format_lazy(
                _("Do you want a training place at {employer}?"), employer=match.slot.organisation.name
            ),
            text=told(
                _("{slot}. Say yes or no by {day} at the latest."),
                slot=dutch(match.slot.title),
                day=day(match.answer_by),
            ),
            url=match.get_absolute_url(),
            button=_("View and respond"),
            due=match.answer_by,
            kind="match",
            icon="briefcase",
        )
        for match in waiting.of_student(person=actor.person_id)
    )


@unseen()
def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Proposals to answer, and slots nobody confirmed for a while."""
    asks = organisation_id in actor.employer_organisations
    rows = waiting.of_employer(asks, actor=actor, organisation=organisation_id)
    make = {"match": _answer_step, "slot": _confirm_step, "gap": _gap_step}
    return by_urgency(
        replace(make[kind](*row), about=Subject(student, person) if student else None)
        for kind, student, person, *row in rows
    )[:MOST]


def _gap_step(number: str, _title: str, _id: Any, slug: str, first: date) -> NextStep:
    count = int(number)
    words = ngettext(
        "%(number)s student has no work supervisor", "%(number)s students have no work supervisor", count
    )
    return NextStep(
        title=words % {"number": count},
        text=_("Say who supervises, so that the student knows whom to ask."),
        url=reverse("placements:supervisor-gaps", args=[slug]),
        button=_("Name supervisors"),
        due=max(first, today()),
        kind="slot",
        icon="users",
        many=_("Name work supervisors for students who have none"),
        count=count,
    )


def _answer_step(name: str, title: str, public_id: Any, _slug: str, answer_by: date) -> NextStep:
    return NextStep(
        title=format_lazy(_("{name} is proposed to you"), name=name),
        text=told(
            _("For {slot}. Say yes or no by {day} at the latest."), slot=dutch(title), day=day(answer_by)
        ),
        url=reverse("placements:match-detail", args=[public_id]),
        button=_("View and respond"),
        due=answer_by,
        kind="match",
        icon="user-plus",
        many=_("Answer proposals"),
        many_url=reverse("placements:match-list"),
    )


def _confirm_step(_name: str, title: str, public_id: Any, slug: str, confirmed_on: date) -> NextStep:
    return NextStep(
        title=told(_("Is “{slot}” still available?"), slot=dutch(title)),
        text=_(
            "Nobody has confirmed this training place for a while. After 45 days others can no longer find it."
        ),
        url=reverse("placements:slot-manage", args=[slug, public_id]),
        button=_("View the training place"),
        due=confirmed_on + timedelta(days=FRESH_DAYS),
        kind="slot",
        icon="refresh",
        many=_("Say whether training places are still available"),
        many_url=f"{reverse('placements:slots-confirm', args=[slug])}?rij=alle",
    )


@unseen()
def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Own students whose place lost its accreditation or is in doubt, or who have none after a no, silence or an end."""
    rows = waiting.of_teacher(cohorts=actor.cohorts_at(organisation_id))
    make: dict[str, Callable[..., NextStep]] = {
        "lost": _lost_step,
        MatchState.DECLINED.value: partial(_look_on_step, _("{where} was declined.")),
        MatchState.EXPIRED.value: partial(_look_on_step, _("The proposal for {where} expired.")),
        "ended": partial(_look_on_step, _("The placement at {where} ends early or has ended.")),
        "doubted": _doubt_step,
    }
    return by_urgency(
        replace(make[kind](_name(row[:3]), *row[3:]), about=Subject(student, person))
        for kind, student, person, *row in rows
    )[:MOST]


def _name(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


def _lost_step(name: str, employer: str, public_id: Any, _school: str, _group: Any) -> NextStep:
    return NextStep(
        title=format_lazy(_("{name} needs another training place"), name=name),
        text=format_lazy(
            _("The accreditation of {employer} was withdrawn. The school looks for another training place."),
            employer=employer,
        ),
        url=reverse("placement-detail", args=[public_id]),
        button=_("View the placement"),
        due=today(),
        kind="accreditation",
        icon="alert-triangle",
        many=_("Find another training place: the accreditation was withdrawn"),
    )


def _doubt_step(name: str, employer: str, public_id: Any, _school: str, _group: Any) -> NextStep:
    return NextStep(
        title=format_lazy(_("Check the accreditation of {employer}"), employer=employer),
        text=format_lazy(_("Another school found it withdrawn. {name} learns there."), name=name),
        url=reverse("placement-detail", args=[public_id]),
        button=_("View the placement"),
        kind="accreditation",
        icon="certificate",
        many=_("Check accreditations that are in doubt"),
    )


def _look_on_step(why: Any, name: str, where: str, enrolment: Any, school: str, cohort: Any) -> NextStep:
    page = reverse("placements:match-propose-cohort", args=[school, cohort])
    return NextStep(
        title=format_lazy(_("Look for another training place for {name}"), name=name),
        text=told(why, where=dutch(where)),
        url=f"{page}?inschrijving={enrolment}",
        button=_("Look for a training place"),
        kind="match",
        icon="search",
        many=_("Look for another training place"),
    )
