"""A letter to many goes out in one act, to exactly those who were shown."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.mail import member_letters as mail
from partnerships.models import MemberLetter
from partnerships.models.member_letters import ONCE_A_DAY
from partnerships.queries.member_letters import Audience, edition_of, recipients
from partnerships.rules.member_letters import can_write_letters
from partnerships.services.locks import partnership_under_lock

NOBODY = _("There is nobody to write to here.")
OF_ANOTHER = _("Choose a group or a call of this partnership.")


@transaction.atomic
def send(*, letter: MemberLetter, read: str | None, by: Actor) -> MemberLetter:
    """Mail it to everyone who was shown, and keep it. `read` is `edition_of` those.

    Raises Changed when others would get it by now. The same letter sent twice goes out once.
    """
    partnership_under_lock(letter.partnership_id)
    ensure(can_write_letters(by, letter.partnership))
    _ensure_of_partnership(letter)
    of_today = MemberLetter.objects.filter(
        partnership=letter.partnership_id, group=letter.group_id, call=letter.call_id, day=today()
    ).first()
    if of_today is not None:
        if (of_today.by_id, of_today.subject, of_today.text) == (by.person_id, letter.subject, letter.text):
            return of_today
        raise ValidationError(ONCE_A_DAY)
    audience = Audience(letter.partnership, letter.group, letter.call)
    found = recipients(audience, writer=by.person_id)
    if not found:
        raise ValidationError(NOBODY)
    versions.ensure_same(read, edition_of(found))
    letter.by_id, letter.recipients = by.person_id, len(found)
    with explained(letter):
        letter.save()
    mail.letter_written(letter, [one.person for one in found])
    return letter


def _ensure_of_partnership(letter: MemberLetter) -> None:
    for of in (letter.group, letter.call):
        if of is not None and of.partnership_id != letter.partnership_id:
            raise ValidationError(OF_ANOTHER)
