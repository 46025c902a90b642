"""From "we want this too", told without an account, to an answer of the coordinators."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from accounts.services.people import Name
from accounts.services.throttles import Limit
from core import states, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.queries.people import coordinators_of
from partnerships.services.locks import partnership_under_lock
from playbooks.mail import leads as mail
from playbooks.models import PlaybookLead, PlaybookVersion
from playbooks.rules import leads as rules
from playbooks.services.locks import lead_under_lock

# Organisations ask without an account: many from one fair, few mails a day to one mailbox.
FROM_NETWORK = Limit("playbook_lead", 60, dt.timedelta(hours=1))
TO_MAILBOX = Limit("playbook_lead_mailbox", 3, dt.timedelta(days=1))


@transaction.atomic
def begin(
    *,
    version_id: int,
    organisation_name: str,
    town: str,
    contact_name: str,
    email: str,
    question: str,
    language: str,
) -> PlaybookLead:
    """Note that an organisation wants this too, by its consent; it gets a receipt, and the coordinators hear of it.

    Sent again before there is an answer, what was told last counts, and nobody gets a second mail.
    """
    version = PlaybookVersion.objects.public().select_related("playbook__partnership").get(pk=version_id)
    partnership_under_lock(version.playbook.partnership_id)
    told = {"organisation_name": organisation_name, "town": town, "question": question}
    waiting = PlaybookLead.objects.waiting().filter(version=version)
    known = waiting.filter(contact__in=Person.objects.with_address(email).values("pk")).first()
    if known is not None:
        for name, value in told.items():
            setattr(known, name, value)
        known.consented_at = timezone.now()
        known.save(update_fields=[*told, "consented_at"])
        return known
    contact = Person(email=email, language=language)
    Name.of(contact_name).write_on(contact)
    contact.save()
    lead = PlaybookLead.objects.create(version=version, contact=contact, **told)
    mail.asker_lead_received(lead)
    for person in coordinators_of(version.playbook.partnership_id):
        mail.coordinator_lead_came(lead, person=person)
    return lead


@transaction.atomic
def answer(*, lead_id: int, answer: str, by: Actor, read: str | None) -> PlaybookLead:
    """Answer by mail; the answer stands with the question."""
    lead = lead_under_lock(lead_id)
    if states.is_repeat(lead, "answer", by=by.person_id) and lead.answer == answer:
        return lead
    ensure(rules.can_answer(by, lead))
    versions.ensure(read, lead)
    act = states.advance(lead, "answer", by=by.person_id, answer=answer)
    mail.asker_lead_answered(lead, by=act.by)
    return lead


@transaction.atomic
def close(*, lead_id: int, by: Actor, read: str | None) -> PlaybookLead:
    """Nothing more is to be done. Nobody is told."""
    lead = lead_under_lock(lead_id)
    if states.is_repeat(lead, "close", by=by.person_id):
        return lead
    ensure(rules.can_close(by, lead))
    versions.ensure(read, lead)
    states.advance(lead, "close", by=by.person_id)
    return lead


@transaction.atomic
def reopen(*, lead_id: int, by: Actor, read: str | None) -> PlaybookLead:
    """It was closed by mistake, or there is something to do after all."""
    lead = lead_under_lock(lead_id)
    if states.is_repeat(lead, "reopen", by=by.person_id):
        return lead
    ensure(rules.can_reopen(by, lead))
    versions.ensure(read, lead)
    states.advance(lead, "reopen", by=by.person_id)
    return lead
