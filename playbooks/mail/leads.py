"""Mails about organisations that want to begin with a playbook too."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from accounts.models import Person
from playbooks.models import PlaybookLead


def asker_lead_received(lead: PlaybookLead) -> None:
    """The receipt: what happens now, and how long the details are kept."""
    _to_asker(lead, "playbooks/mail/asker_lead_received.txt")


def asker_lead_answered(lead: PlaybookLead, *, by: Person | None) -> None:
    """The answer of a coordinator, who is asked further."""
    _to_asker(lead, "playbooks/mail/asker_lead_answered.txt", by=by, answer=lead.answer)


def coordinator_lead_came(lead: PlaybookLead, *, person: Person) -> None:
    """An organisation wants this too; the link leads to the answer."""
    template = "playbooks/mail/coordinator_lead_came.txt"
    letters.to_person(person, template, link=lead.get_absolute_url(), lead=lead)


def _to_asker(lead: PlaybookLead, template: str, **context: Any) -> None:
    if lead.contact is not None:
        context |= {"title": lead.version.title, "partnership": lead.partnership.name, "lead": lead}
        letters.to_person(lead.contact, template, link=lead.version.playbook.get_absolute_url(), **context)
