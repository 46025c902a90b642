"""Work supervisors: named by the employer before they have an account, and chosen for the students whom they guide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.services import people
from accounts.services.people import Name
from core import changes, endings, periods, states, versions
from core.access import ensure
from core.dates import today
from core.models import StateChange
from core.versions import Changed, ensure_same
from partnerships.actors import Actor, id_of
from partnerships.models import Membership, Organisation
from partnerships.queries.people import known_at
from partnerships.services import memberships
from placements.mail import leaving
from placements.mail import placements as mail
from placements.models import Placement, Slot, Supervision, Supervisor
from placements.queries.supervising import candidates, going_on, guided_by, guided_by_nobody
from placements.rules import placements as rules
from placements.services import locks

KNOWN = _("There is already a supervisor with this email address.")


@transaction.atomic
def add(*, organisation_id: int, name: Name, email: str) -> Supervisor:
    """A work supervisor of an employer, by name and address; the one with this address when there is one.

    An account is not needed. An invitation that is accepted later joins the two.
    """
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    person = people.find_or_make(among=known_at(organisation.pk), email=email, name=name)
    given = memberships.give(organisation=organisation, person=person, role=Role.SUPERVISOR)
    return Supervisor.objects.select_related("person__user").get(pk=given.pk)


@transaction.atomic
def correct(*, membership_id: int, name: Name, email: str, by: Actor, read: str | None = None) -> Membership:
    """Another spelling or address of a supervisor without an account; whoever has one keeps it up to date alone."""
    membership = Membership.objects.select_related("person__user").get(pk=membership_id)
    ensure(rules.can_correct_supervisor(by, membership))
    versions.claim(read, membership.person)
    others = known_at(membership.organisation_id).with_address(email).exclude(pk=membership.person_id)
    if others.filter(memberships__role=Role.SUPERVISOR).exists():
        raise ValidationError({"email": KNOWN})
    person = membership.person
    person.first_name, person.name_prefix, person.last_name = (
        name.first_name,
        name.name_prefix,
        name.last_name,
    )
    person.email = email
    changes.save(person, by=by.person_id, subject=person.public_id)
    return membership


@transaction.atomic
def begin(
    *,
    placement: Placement,
    membership: Supervisor,
    starts_on: date,
    by: Actor | None,
    ends_on: date | None = None,
) -> Supervision:
    """Someone guides the student of a placement from a day on, until another day or until further notice."""
    return Supervision.objects.create(
        placement=placement,
        membership=membership,
        organisation_id=placement.organisation_id,
        starts_on=starts_on,
        ends_on=ends_on,
        by_id=id_of(by),
    )


@transaction.atomic
def hand_over(
    *,
    placement_id: int,
    to: Supervisor | None,
    by: Actor,
    starts_on: date | None = None,
    read: str | None = None,
) -> Placement:
    """Another supervisor guides the student from a day on, today when none is given; nobody yet when `to` is None.

    Until then everyone guides, and sees the goals, as was arranged; what was arranged for later gives way. Today that
    ends at once. Done again it changes nothing.
    """
    locks.enrolment(Placement.objects.values_list("enrolment_id", flat=True).get(pk=placement_id))
    placement = locks.placement(placement_id)
    ensure(rules.can_change_supervisor(by, placement))
    ensure_same(read, placement.edition)
    day = max(starts_on or today(), today())
    _refuse(placement, to, day)
    first = max(day, placement.starts_on)
    if _change(placement, to, day, by=by) and to:
        mail.supervisor_placement_assigned(placement, to, starts_on=first)
    return placement


def _change(placement: Placement, to: Supervisor | None, day: date, *, by: Actor) -> bool:
    """From then on nobody but `to` guides the student. Whether that is someone else; not when pressed a second time."""
    first = max(day, placement.starts_on)
    standing = list(placement.supervisions.standing().select_related("membership", "placement__student"))
    staying = next((row for row in standing if row.membership == to and _reaches(row, first)), None)
    for row in standing:
        if row != staying:
            _leave(row, day, by=by)
    if staying is not None:
        _stay(staying, by=by)
    elif to is not None:
        begin(placement=placement, membership=to, starts_on=first, by=by)
        return True
    return False


def _reaches(row: Supervision, day: date) -> bool:
    """Whether someone guides on the day, or until the day before it."""
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day - timedelta(days=1))


def _stay(row: Supervision, *, by: Actor) -> None:
    """Whoever was to leave on a later day guides on."""
    if row.ends_on is not None:
        row.ends_on = None
        changes.save(row, by=by.person_id, subject=row.placement.student.public_id, update_fields=["ends_on"])


def _refuse(placement: Placement, to: Supervisor | None, day: date) -> None:
    if day > placement.ends_on:
        raise ValidationError(_("This placement is over by then. Choose an earlier day."))
    if to is None:
        return
    own = (to.organisation_id, to.role) == (placement.organisation_id, Role.SUPERVISOR)
    if not own or periods.is_over(to):
        raise ValidationError(_("Choose a supervisor of the same employer."))


def _leave(row: Supervision, day: date, *, by: Actor | None) -> None:
    """Ends with the day before; at once when that is today, or when it was still to begin."""
    before = changes.stored(row)
    if day > today() and row.starts_on < day:
        last = day - timedelta(days=1)
        row.ends_on = min(row.ends_on or last, last)
        row.save(update_fields=["ends_on"])
    else:
        periods.end(row)
    changes.record(row, before, by=id_of(by), subject=row.placement.student.public_id)


@transaction.atomic
def fill_gaps(*, chosen: Mapping[int, Supervisor], by: Actor) -> int:
    """From today on these supervisors guide students whom nobody guides: for each placement, by its key, one.

    Gives how many. Raises Changed, and changes nothing, when one of them is guided by now.
    """
    for placement_id, to in sorted(chosen.items()):
        locks.enrolment(Placement.objects.values_list("enrolment_id", flat=True).get(pk=placement_id))
        placement = locks.placement(placement_id)
        ensure(rules.can_change_supervisor(by, placement))
        if not guided_by_nobody().filter(pk=placement_id).exists():
            raise Changed
        _refuse(placement, to, today())
        _change(placement, to, today(), by=by)
        mail.supervisor_placement_assigned(placement, to, starts_on=max(today(), placement.starts_on))
    return len(chosen)


@transaction.atomic
def hand_over_all(*, membership: Membership, to_id: int, by: Actor) -> None:
    """A supervisor who leaves hands all own students over to one colleague, by the key of that role.

    On the days that were left, from today on: who else guides a student on other days goes on with that.
    """
    to = candidates(membership.organisation_id, membership).filter(pk=to_id).first()
    if to is None:
        raise ValidationError(_("Choose a supervisor of the same employer."))
    handed = []
    for placement_id in guided_by(membership).order_by("enrolment_id", "pk").values_list("pk", flat=True):
        locks.enrolment(Placement.objects.values_list("enrolment_id", flat=True).get(pk=placement_id))
        placement = locks.placement(placement_id)
        for row in placement.supervisions.standing().filter(membership=membership.pk):
            first, last = max(row.starts_on, today()), row.ends_on
            _leave(row, today(), by=by)
            begin(placement=placement, membership=to, starts_on=first, ends_on=last, by=by)
        handed.append(placement)
    leaving.parties_handed_over(membership, to, handed)


@transaction.atomic
def leave(*, membership: Membership, by: Actor | None, act: StateChange) -> None:
    """A supervisor's role ended by `act`: whom nobody took over has no supervisor any more, and all concerned hear it.

    New students get none of that name here.
    """
    left = list(guided_by(membership).for_list())
    for row in Supervision.objects.standing().filter(membership=membership.pk).order_by("pk"):
        endings.end(row, by=id_of(by), cause=act, subject=row.placement.student.public_id)
    Slot.objects.filter(supervisor=membership.pk).update(supervisor=None)
    if left:
        leaving.parties_supervisor_left(membership, left, act)


@transaction.atomic
def come_back(*, act: StateChange, undo: StateChange) -> None:
    """The end of a supervisor's role is taken back: whom nobody else guides on those days by now is guided again."""
    for ended in states.caused(act, Supervision):
        row = Supervision.objects.get(pk=ended.object_id)
        row.ends_on = endings.last_day_before(ended)
        others = Supervision.objects.filter(periods.beside(row), placement=row.placement_id)
        if going_on().filter(pk=row.placement_id).exists() and not others.exists():
            endings.bring_back(row, ended, undo=undo)
