"""Mails about papers."""

from __future__ import annotations

from accounts.mail import letters
from meetings.models import Paper
from partnerships.queries.asks import of_roles
from partnerships.queries.contacts import coordinating


def adder_paper_found(paper: Paper) -> None:
    """The scanner found something in a paper that this person put in: take it away, or put in a sound one."""
    letters.to_person(
        paper.by,
        "meetings/mail/adder_paper_found.txt",
        link=paper.meeting.get_absolute_url(),
        signs_in=True,
        ask=of_roles(coordinating(paper.meeting.partnership_id)),
        file_name=paper.file_name,
        meeting=paper.meeting,
    )
