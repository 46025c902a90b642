"""Of which class the fields of this app are, and how long they are kept."""

from __future__ import annotations

from functools import partial

from django.db.models import Q

from core.privacy.declared import (
    COUNTER,
    GONE,
    KEY,
    ORGANISATION,
    REFERENCE,
    AtErasure,
    Keep,
    Personal,
    Term,
)
from students.personal import left

_COUNTS = "counts in figures: which place, from when until when, without a name or a word"

PERSONAL = (
    Personal(
        model="placements.AnswerTerm",
        none={"starts_on remind_after colleague_after expires_after source": REFERENCE},
    ),
    Personal(
        model="placements.Slot",
        of=["supervisor__person"],
        governance="supervisor",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "organisation location partnership call title route seats taken max_open starts_on ends_on week "
            "hours_per_week setting tasks learns supervision_hours visibility state confirmed_on copied_from qualifications "
            "qualification_ids partners": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays="a place of the employer; who guides there has no name any more",
    ),
    Personal(
        model="placements.Match",
        of=["enrolment__student__person"],
        record="slot enrolment state reason answer_reason close_cause proposed_by proposed_at employer_agreed_at asked_at "
        "answer_by",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.BLANKED,
        blank={"reason": GONE, "answer_reason": ""},
        why_stays=_COUNTS,
        keeps=[
            Keep(
                term=Term.RECORD,
                due=lambda day: left("enrolment__student", day) & ~Q(reason=GONE, answer_reason=""),
                write={"reason": GONE, "answer_reason": ""},
            )
        ],
    ),
    Personal(
        model="placements.Supervision",
        of=["placement__student__person", "membership__person"],
        record="placement membership organisation starts_on ends_on ended_at by",
        at_erasure=AtErasure.STAYS,
        why_stays="who guided whom, of which neither has a name any more",
        keeps=[Keep(term=Term.RECORD, due=partial(left, "placement__student"))],
    ),
    Personal(
        model="placements.Placement",
        of=["student__person"],
        record="match slot seat_no enrolment student organisation kind state starts_on ends_on goals confirmed_on "
        "would_end_on ended_at",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_COUNTS,
    ),
)
