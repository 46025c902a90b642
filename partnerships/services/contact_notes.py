"""A coordinator notes that there was contact with an employer, and what is to be done next."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import changes, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import ContactKind
from partnerships.models import ContactNote
from partnerships.rules.contact_notes import can_note_contact
from partnerships.services.locks import sign_up_under_lock


@transaction.atomic
def note(
    *,
    sign_up_id: int,
    by: Actor,
    day: dt.date,
    kind: ContactKind | str,
    text: str = "",
    next_step: str = "",
    next_step_on: dt.date | None = None,
    read: str | None,
) -> ContactNote:
    """Keep a contact, and the next step in place of the one that stood there; without one nothing is asked any more.

    `read` is the version of the sign-up: whoever wrote down another next step meanwhile is read first.
    """
    sign_up = sign_up_under_lock(sign_up_id)
    ensure(can_note_contact(by, sign_up))
    versions.claim(read, sign_up)
    sign_up.next_step, sign_up.next_step_on = next_step, next_step_on
    changes.save(sign_up, by=by.person_id, update_fields=["next_step", "next_step_on"])
    return ContactNote.objects.create(sign_up=sign_up, day=day, kind=kind, text=text, by_id=by.person_id)
