"""People begin and cease to take part in a partnership without working for a member."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.services import people
from accounts.services.people import Name
from core import periods, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation, Organisation, Partnership
from partnerships.queries.organisations import is_member
from partnerships.rules.partnerships import can_coordinate


@transaction.atomic
def begin(
    *,
    partnership: Partnership,
    email: str,
    name: Name,
    kind: AffiliationKind | str,
    organisation: Organisation | None,
    by: Actor,
) -> Affiliation:
    """Let a client, carer or expert take part, known by name and address; a row that runs is kept as it is.

    Raises ValidationError for a student, who takes part by an enrolment, and for an organisation that is no member.
    """
    ensure(can_coordinate(by, partnership))
    if kind == AffiliationKind.STUDENT:
        raise ValidationError(
            _("Students take part as long as they are enrolled. Choose the student from the list.")
        )
    if organisation is not None and not is_member(organisation, partnership):
        raise ValidationError(_("This organisation does not take part in the partnership."))
    known = Person.objects.filter(pk__in=Affiliation.objects.filter(partnership=partnership).values("person"))
    person = people.find_or_make(among=known, email=email, name=name)
    row, _created = Affiliation.objects.running().get_or_create(
        person=person, partnership=partnership, kind=kind, defaults={"organisation": organisation}
    )
    return row


@transaction.atomic
def end(*, affiliation_id: int, by: Actor, read: str | None = None) -> Affiliation:
    """Let someone take part no more, from this moment on: a seat that rests on it opens nothing then.

    Raises ValidationError when it had ended before, and for students.
    """
    rows = Affiliation.objects.select_for_update(of=("self",), no_key=True).select_related("partnership")
    row = rows.get(pk=affiliation_id)
    ensure(can_coordinate(by, row.partnership))
    if row.kind == AffiliationKind.STUDENT:
        raise ValidationError(_("A student takes part as long as the enrolment lasts."))
    if periods.is_over(row):
        raise ValidationError(_("This had already ended."))
    versions.ensure(read, row)
    periods.end(row)
    return row
