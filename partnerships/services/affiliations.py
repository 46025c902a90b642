"""People begin and cease to take part in a partnership without working for a member."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.services import people
from accounts.services.people import Name
from core import endings, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import AffiliationKind
from partnerships.mail import affiliations as mail
from partnerships.models import Affiliation, Organisation, Partnership, Studying
from partnerships.queries.organisations import is_member
from partnerships.queries.people import acquainted
from partnerships.rules.affiliations import can_end, can_let_take_part
from partnerships.services.locks import affiliation_under_lock


@transaction.atomic
def begin(
    *,
    partnership: Partnership,
    email: str,
    name: Name,
    kind: AffiliationKind | str,
    organisation: Organisation | None,
    by: Actor,
    known: Person | None = None,
    seen: Collection[int] | None = None,
) -> Affiliation:
    """Let a client, carer or expert take part, known by name and address; a row that runs is kept as it is.

    `known` is the person meant, of those whom the asker knows; `seen` are the keys of those who were said to be
    someone else (`people.find_or_make`).

    Raises ValidationError for a student, who takes part by an enrolment, and for an organisation that is no member.
    """
    ensure(can_let_take_part(by, partnership, organisation.pk if organisation else None))
    if kind == AffiliationKind.STUDENT:
        raise ValidationError(
            _("Students take part as long as they are enrolled. Choose the student from the list.")
        )
    if organisation is not None and not is_member(organisation, partnership):
        raise ValidationError(_("This organisation does not take part in the partnership."))
    among = acquainted(by, partnership.pk, organisation.pk if organisation else None)
    person = known or people.find_or_make(among=among, email=email, name=name, seen=seen)
    row, _created = Affiliation.objects.running().get_or_create(
        person=person, partnership=partnership, kind=kind, defaults={"organisation": organisation}
    )
    return row


@transaction.atomic
def of_student(*, studying: Studying) -> Affiliation:
    """What a student's seat rests on: it names the enrolment, which decides how long it holds."""
    row, _created = Affiliation.objects.get_or_create(
        person_id=studying.person_id,
        partnership_id=studying.partnership_id,
        kind=AffiliationKind.STUDENT,
        source_id=studying.pk,
        defaults={"organisation_id": studying.organisation_id},
    )
    return row


@transaction.atomic
def end(*, affiliation_id: int, by: Actor, read: str | None) -> Affiliation:
    """Let someone take part no more, from this moment on: a seat that rests on it opens nothing then.

    Raises ValidationError when it had ended before, and for students.
    """
    row = affiliation_under_lock(affiliation_id)
    ensure(can_end(by, row))
    versions.ensure(read, row)
    act = endings.end(row, by=by.person_id, subject=row.person.public_id)
    mail.person_affiliation_ended(row, act)
    return row
