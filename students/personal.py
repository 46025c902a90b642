"""Of which class the fields of this app are, and how long they are kept: what a student does, and what others say of it."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from core.privacy.declared import (
    COUNTER,
    GONE,
    KEY,
    LINK,
    AtErasure,
    Due,
    Hold,
    Keep,
    Personal,
    Term,
)

OWN_WORDS = "own_words"  # of the reminder, and so of its rows in the ledger
_PLAN = "plan__enrolment__student"
_GOAL = f"goal__{_PLAN}"
_VERSION = f"goal_version__{_GOAL}"
_COUNTS = "counts in figures, without a name, a birth date or a word"
# Only who stopped has a reason, and then it may not be empty
NO_REASON = Case(When(leaving_reason="", then=Value("")), default=Value(GONE))
NOBODY = {
    "public_id": uuid.uuid4,
    "former_ids": list,
    "born_on": dt.date(1900, 1, 1),
    "town": GONE,
    "pc4": "1000",
}


def nobody() -> int:
    """The key of a person without a name, for what only counts from now on."""
    key: int = apps.get_model("accounts", "Person")._base_manager.create().pk
    return key


def left(path: str, day: dt.date) -> Q:
    """Rows of students (at `path`, or the student itself) whose last enrolment ended before the day."""
    enrolments = apps.get_model("students", "Enrolment").objects
    mine = enrolments.filter(student=OuterRef(path or "pk"))
    stays = mine.filter(Q(ended_on=None) | Q(ended_on__gte=day))
    return Q(Exists(mine)) & ~Q(Exists(stays))


def offered(path: str, day: dt.date) -> Q:
    """The same, and the student was told to take along the own words first, as far as there is someone to tell."""
    told = apps.get_model("core", "SentReminder").objects.filter(
        kind=OWN_WORDS, person=OuterRef(f"{path}__person")
    )
    reachable = Q(**{f"{path}__person__user__is_active": True})
    return left(path, day) & (~reachable | Q(Exists(told)))


def _words_of_evidence(day: dt.date) -> Q:
    """What was never part of a hand-in that stands: that was judged, and is kept as long as the judgment."""
    parts = apps.get_model("students", "HandIn").evidence.through.objects
    judged = parts.filter(evidence=OuterRef("pk"), handin__taken_back_at=None)
    return offered(_GOAL, day) & ~Q(Exists(judged))


def _record(path: str, **fields: Any) -> Personal:
    """A row that goes with the record, two years after the student left."""
    keep = Keep(term=Term.RECORD, due=partial(left, path))
    return Personal(of=[f"{path}__person"], keeps=[keep, *fields.pop("more", [])], **fields)


def _words(path: str) -> Keep:
    due: Due = partial(offered, path)
    return Keep(term=Term.WORDS, due=due)


PERSONAL = (
    Personal(
        model="students.Student",
        of=["person"],
        identity="public_id former_ids person invitation born_on town pc4",
        none={"row_version": COUNTER},
        at_erasure=AtErasure.BLANKED,
        blank=NOBODY,
        why_stays=_COUNTS,
        keeps=[
            # Who works at an employer by now keeps the name there, and what was learned has none any more.
            Keep(
                term=Term.RECORD,
                due=lambda day: left("", day) & ~Q(town=GONE),
                write={**NOBODY, "person_id": nobody},
            )
        ],
    ),
    Personal(
        model="students.Enrolment",
        of=["student__person"],
        record="student cohort state starts_on ends_on ended_on leaving_reason continues",
        words="wishes",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.BLANKED,
        blank={"wishes": "", "leaving_reason": NO_REASON},
        why_stays=_COUNTS,
        keeps=[
            Keep(
                term=Term.WORDS,
                due=lambda day: offered("student", day) & ~Q(wishes=""),
                write={"wishes": ""},
            ),
            Keep(
                term=Term.RECORD,
                due=lambda day: left("student", day) & ~Q(leaving_reason__in=("", GONE)),
                write={"leaving_reason": GONE},
            ),
        ],
    ),
    _record(
        "enrolment__student",
        model="students.LearningPlan",
        record="enrolment state created_at activated_at",
        none={"row_version": COUNTER, "public_id": KEY},
    ),
    _record(_PLAN, model="students.PlanVersion", record="plan number asked_by asked_at goal_versions"),
    _record(
        _PLAN,
        model="students.Goal",
        record="plan work_process origin position state current latest result assessed_at assessed_by evidence_removed",
        none={"row_version": COUNTER, "public_id": KEY},
    ),
    _record(
        _GOAL,
        model="students.GoalVersion",
        record="goal number text criterion way_of_working evidence_asked due_on created_by created_at asked_at agreed_at",
    ),
    _record(
        _VERSION,
        model="students.Consent",
        record="goal_version number party capacity answer remark by organisation at",
    ),
    _record(
        _GOAL,
        model="students.Evidence",
        words="goal text file file_name file_replaced_at created_at edited_at reported_at removed_because for_teachers "
        "for_supervisor for_employer",
        none={"row_version": COUNTER, "public_id": KEY},
        more=[Keep(term=Term.WORDS, due=_words_of_evidence)],
    ),
    _record(
        f"version__{_GOAL}",
        model="students.PracticeOpinion",
        record="version text by membership at taken_back_at",
        none={"public_id": KEY},
    ),
    _record(
        _GOAL,
        model="students.HandIn",
        record="goal version evidence opinion at taken_back_at closed_at",
    ),
    _record(
        f"hand_in__{_GOAL}",
        model="students.Assessment",
        record="hand_in result feedback corrects reason by at",
    ),
    _record(
        _GOAL,
        model="students.GoalRemark",
        record="goal party text by at corrects taken_back_at reported_at removed_because",
        none={"public_id": KEY},
    ),
    Personal(
        model="students.WorkSituation",
        of=["enrolment__student__person"],
        words="enrolment text work_process state sessions removed_because reported_at created_at for_teachers "
        "for_supervisor for_employer",
        none={"row_version": COUNTER, "public_id": KEY},
        keeps=[_words("enrolment__student")],
    ),
    Personal(
        model="students.Treatment",
        of=["situation__enrolment__student__person"],
        words="situation answer treated_at by",
        none={"session": LINK},
        keeps=[_words("situation__enrolment__student")],
    ),
)

HOLDS = (
    Hold(
        model="students.Enrolment",
        person="student__person",
        holds=lambda day: Q(ended_on=None) | Q(ended_on__gte=day),
    ),
)
