"""The address of someone without an account, put right by whoever knows the person."""

from __future__ import annotations

from django.db import transaction

from accounts import rules
from accounts.models import Invitation, Person
from accounts.services import invitations, links
from core import changes, outbox
from core.access import ensure


@transaction.atomic
def correct(*, person_id: int, email: str, by: int, reason: str = "") -> bool:
    """Write another address down for someone without account, on record; what waits for an answer or is not out goes there.

    Former links stop working: they went to someone else. Gives whether there was something to correct. Raises
    ValidationError when the person has an account by now.
    """
    locked = Person.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    person = locked.get(pk=person_id)
    ensure(rules.can_correct_address(person))
    if person.email == email:
        return False
    person.email = email
    changes.save(person, by=by, reason=reason, subject=person.public_id)
    outbox.readdress(person_id=person.pk, email=email)
    for invitation in Invitation.objects.unanswered().filter(person=person).order_by("pk"):
        invitations.send_to(invitation_id=invitation.pk, email=email)
    links.follow_address(person=person)
    return True
