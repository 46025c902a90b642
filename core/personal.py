"""Of which class the fields of this app are, and how long they are kept."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from core.privacy.declared import COUNTER, KEY, REFERENCE, WORKING, AtErasure, Keep, Personal, Term, since

_HISTORY = "its own part of erasure: the subject becomes a token, the values are blanked"
NO_TEXT = {"subject": "", "body": "", "link": "", "calendar": "", "list_unsubscribe": "", "last_error": ""}
_HAS_TEXT = ~Q(subject="", body="", link="", list_unsubscribe="", last_error="")


def _old_text(day: dt.date, *, waits: bool) -> Q:
    waiting = Q(state="queued")
    return since("created_at")(day) & _HAS_TEXT & (waiting if waits else ~waiting)


PERSONAL = (
    Personal(
        model="core.StateChange",
        about="subject",
        trace="object_id by at reason subject",
        none={"model action from_state to_state": WORKING, "cause undoes": WORKING},
        at_erasure=AtErasure.STAYS,
        why_stays=_HISTORY,
        keeps=[Keep(term=Term.TRACE, due=since("at"))],
    ),
    Personal(
        model="core.FieldChange",
        about="subject",
        trace="object_id before after by at reason subject",
        none={"model field": WORKING},
        at_erasure=AtErasure.STAYS,
        why_stays=_HISTORY,
        keeps=[Keep(term=Term.TRACE, due=since("at"))],
    ),
    Personal(
        model="core.OutgoingMail",
        of=["person"],
        trace="kind person to_email reply_to subject body link calendar list_unsubscribe sent_at created_at last_error"
        " trouble",
        none={
            "about told_in": WORKING,
            "language is_secret by_day message_id state due_at attempts copies claimed_by": WORKING,
        },
        keeps=[
            Keep(term=Term.TRACE, due=since("created_at")),
            Keep(
                term=Term.MAIL_TEXT,
                due=lambda day: _old_text(day, waits=True),
                write={**NO_TEXT, "state": "cancelled"},
            ),
            Keep(term=Term.MAIL_TEXT, due=lambda day: _old_text(day, waits=False), write=NO_TEXT),
        ],
    ),
    Personal(
        model="core.SentReminder",
        of=["person"],
        trace="kind subject_key person step day at",
        keeps=[Keep(term=Term.TRACE, due=since("at"))],
    ),
    Personal(
        model="core.ReadLog",
        about="subject",
        trace="reader subject read_on kind seen_at",
        at_erasure=AtErasure.STAYS,
        why_stays=_HISTORY,
        keeps=[Keep(term=Term.TRACE, due=since("read_on"))],
    ),
    Personal(
        model="core.ImportBatch",
        of=["by"],
        trace="by file_name created_at committed_at undone_at wiped_at",
        none={
            "content": "the file of a long list, about others: gone once its rows have been read, or after a day",
            "row_version": COUNTER,
            "public_id": KEY,
            "kind target owner state sheet header_line columns questions answers language row_count counts totals work "
            "work_by work_since done fault": WORKING,
        },
        at_erasure=AtErasure.STAYS,
        why_stays="whose list it was has no name any more; the cells go with their own rows, and so do the examples",
        keeps=[Keep(term=Term.TRACE, due=since("created_at"))],
    ),
    Personal(
        model="core.ImportRow",
        about="subject",
        trace="raw typed answers name note values problems changes before subject",
        none={
            "batch number is_skipped verdict object_id object_version is_undone": WORKING,
        },
        why_stays="its own part of erasure: the cells are blanked in every row that names the person",
        keeps=[Keep(term=Term.TRACE, due=since("batch__created_at"))],
    ),
    Personal(
        model="core.ImportColumn",
        of=["by"],
        trace="by at",
        none={"kind owner heading field": WORKING},
        at_erasure=AtErasure.STAYS,
        why_stays="what a column of a school is; who said so has no name any more",
    ),
    Personal(
        model="core.StoredFile",
        about="subject",
        record="digest size type subject scan scanned_at at",
        none={"path": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays="goes with the row that names it, and the file with both; whose it was is a token by then",
    ),
    Personal(model="core.Holiday", none={"day name choice source": REFERENCE}),
    Personal(
        model="core.SchoolHoliday", none={"study_year period region starts_on ends_on source": REFERENCE}
    ),
    Personal(model="core.Synonym", none={"word meaning": REFERENCE}),
    Personal(model="core.Finding", none={"invariant number keys found_at seen_at gone_at": WORKING}),
    Personal(model="core.Job", none={"work done_at failed_at fault": WORKING}),
    Personal(model="core.DatabaseMark", none={"name made_at": WORKING}),
)
