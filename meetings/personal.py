"""Of which class the fields of this app are: who met, decided and promised stays to be read, without a name."""

from __future__ import annotations

from core.privacy.declared import COUNTER, GONE, KEY, LINK, ORGANISATION, WORKING, AtErasure, Personal

_TABLE = "what a table decided and who sat at it stays to be read, without a name: which organisation, as what, and when"

PERSONAL = (
    Personal(
        model="meetings.Meeting",
        none={
            "row_version sequence": COUNTER,
            "public_id": KEY,
            "partnership group call kind title starts_at ends_at place link remark state previous": ORGANISATION,
        },
    ),
    Personal(
        model="meetings.AgendaItem",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "meeting position kind title text minutes action initiative proposal": ORGANISATION,
        },
    ),
    Personal(
        model="meetings.Absence",
        none={"meeting organisation perspective number": ORGANISATION},
    ),
    Personal(
        model="meetings.Adoption",
        of=["by"],
        governance="by at",
        none={"report meeting": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(
        model="meetings.Rhythm",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "partnership group title every unit starts_on until starts ends place link": ORGANISATION,
        },
    ),
    Personal(
        model="meetings.Paper",
        of=["by"],
        governance="by at",
        none={"row_version": COUNTER, "public_id": KEY, "meeting item": LINK, "file file_name": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="a paper of the table; who put it in has no name any more",
    ),
    Personal(
        model="meetings.Attendance",
        of=["person"],
        governance="meeting person seat organisation perspective is_observer answer substitute answered_at was_present",
        none={"row_version": COUNTER, "public_id": KEY, "doubles": LINK},
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(model="meetings.AttendanceLink", of=["link__person"], none={"link attendance": LINK}),
    Personal(
        model="meetings.Decision",
        of=["by"],
        governance="by at",
        none={
            "public_id": KEY,
            "partnership group number meeting item text reason initiative action_line about_group proposal "
            "cooperation change replaces": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(
        model="meetings.Action",
        of=["owner"],
        governance="owner organisation title due_on state outcome",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "partnership group meeting item decision initiative action_line": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(
        model="meetings.Need",
        of=["person"],
        governance="person organisation is_anonymous day title text answer drop_reason state",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "partnership theme": ORGANISATION,
            "item": WORKING,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(model="meetings.PromisedAction", none={"promise action": LINK}),
    Personal(
        model="meetings.ImprovementProposal",
        of=["author"],
        governance="author owner is_anonymous day title text state reaction_due answer reject_reason outcome",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "partnership organisation": ORGANISATION,
        },
        at_erasure=AtErasure.BLANKED,
        blank=dict.fromkeys(("title", "text", "answer", "reject_reason", "outcome"), GONE),
        why_stays="which organisation got a proposal and what it did stays to be counted, without words and without a name",
    ),
    Personal(
        model="meetings.AdoptionWithdrawal",
        of=["by"],
        governance="by day",
        none={"adoption": LINK},
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
    Personal(
        model="meetings.ProposalAdoption",
        of=["by"],
        governance="by day",
        none={"public_id": KEY, "proposal organisation remark": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays=_TABLE,
    ),
)
