"""What waits for someone around slots, matches and placements; `portal.next_steps` merges this with other apps.

First pages are read more than any other, so each reader's steps cost one query: rows of two kinds, joined by UNION.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.dates import today
from core.readlog import Subject, unseen
from partnerships.actors import Actor
from placements.enums import CONFIRM_AFTER_DAYS, FRESH_DAYS, OPEN_MATCH, MatchState, SlotState
from placements.models import Match, Placement, Slot
from placements.queries.placed import has_place, left_without
from placements.queries.supervising import guided_by_nobody
from programmes.models import is_taught_by
from students.enums import EnrolmentState
from ui.formats import day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep, by_urgency


@unseen()
def for_student(actor: Actor) -> list[NextStep]:
    """Places to which the employer said yes: now the student's answer."""
    waiting = (
        Match.objects.filter(enrolment__student__person=actor.person_id, state=MatchState.EMPLOYER_AGREED)
        .select_related("slot__organisation")
        .order_by("answer_by", "pk")[:MOST]
    )
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
        for match in waiting
    )


@unseen()
def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Proposals to answer, and slots nobody confirmed for a while."""
    stale = (
        Slot.objects.own(actor)
        .filter(
            organisation=organisation_id,
            state=SlotState.ONLINE,
            ends_on__gte=today(),
            confirmed_on__lte=today() - timedelta(days=CONFIRM_AFTER_DAYS),
        )
        .order_by("confirmed_on", "pk")
        .values_list(
            _text("slot"),
            Value(None, output_field=UUIDField()),
            Value(None, output_field=BigIntegerField()),
            _text(""),
            "title",
            "public_id",
            "organisation__slug",
            "confirmed_on",
        )[:MOST]
    )
    rows: QuerySet[Any, Any] = stale
    if organisation_id in actor.employer_organisations:
        asked = Match.objects.filter(slot__organisation=organisation_id, state=MatchState.PROPOSED)
        rows = (
            asked.order_by("answer_by", "pk")
            .values_list(
                _text("match"),
                "enrolment__student__public_id",
                "enrolment__student__person",
                "enrolment__student__person__first_name",
                "slot__title",
                "public_id",
                "slot__organisation__slug",
                "answer_by",
            )[:MOST]
            .union(stale, _gaps(organisation_id), all=True)
        )
    make = {"match": _answer_step, "slot": _confirm_step, "gap": _gap_step}
    return by_urgency(
        replace(make[kind](*row), about=Subject(student, person) if student else None)
        for kind, student, person, *row in rows
    )[:MOST]


def _gaps(organisation_id: int) -> QuerySet[Any, Any]:
    """The employer once, with how many students nobody guides and the first day of that; no row when there is none."""
    nobody = Value(None, output_field=UUIDField())
    rows = guided_by_nobody().filter(organisation=organisation_id).order_by()
    return (
        rows.values("organisation__slug")
        .annotate(number=Cast(Count("pk"), CharField()), first=Min("starts_on"))
        .values_list(
            _text("gap"),
            nobody,
            Value(None, output_field=BigIntegerField()),
            "number",
            _text(""),
            nobody,
            "organisation__slug",
            "first",
        )
    )


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
    taught = is_taught_by(actor, "enrolment__cohort")
    own = {"enrolment__cohort__programme__school": organisation_id}
    placed = Placement.objects.filter(taught, **own).order_by("pk")
    lost, doubted = placed.without_accreditation(), placed.doubted()
    again = Match.objects.filter(
        enrolment=OuterRef("enrolment"), state__in=[*OPEN_MATCH, MatchState.ACCEPTED]
    )
    ended = (MatchState.DECLINED, MatchState.EXPIRED)
    later = Match.objects.filter(enrolment=OuterRef("enrolment"), state__in=ended, pk__gt=OuterRef("pk"))
    declined = Match.objects.filter(
        taught,
        ~Exists(again),
        ~Exists(later),
        ~has_place("enrolment__student"),
        ~Exists(left_without().filter(enrolment=OuterRef("enrolment"))),  # one task for one student
        state__in=ended,
        enrolment__state=EnrolmentState.ENROLLED,
        **own,
    ).order_by("pk")
    rows = (
        lost.values_list(_text("lost"), *_person(), "slot__organisation__name", "public_id", *_cohort())[
            :MOST
        ]
        .union(
            declined.values_list("state", *_person(), "slot__title", F("enrolment__public_id"), *_cohort())[
                :MOST
            ],
            left_without()
            .filter(taught, **own)
            .order_by("pk")
            .values_list(
                _text("ended"), *_person(), "slot__organisation__name", F("enrolment__public_id"), *_cohort()
            )[:MOST],
            doubted.values_list(
                _text("doubted"), *_person(), "slot__organisation__name", "public_id", *_cohort()
            )[:MOST],
            all=True,
        )
        .order_by()
    )
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


def _person() -> list[str]:
    names = [f"person__{part}" for part in ("first_name", "name_prefix", "last_name")]
    return [f"enrolment__student__{column}" for column in ("public_id", "person", *names)]


def _cohort() -> tuple[str, str]:
    return "enrolment__cohort__programme__school__slug", "enrolment__cohort__public_id"


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


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
