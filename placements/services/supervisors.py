"""Work supervisors: named by the employer before they have an account, and chosen for the students whom they guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.enums import Role
from accounts.models import Person
from accounts.services import addresses, people
from accounts.services.people import Name
from core import changes, endings, periods, states, versions
from core.access import ensure
from core.dates import today
from core.models import FieldChange, StateChange
from core.versions import Changed, ensure_same
from partnerships.actors import Actor, id_of
from partnerships.models import Membership
from partnerships.queries.people import is_known_elsewhere, known_at
from partnerships.rules.organisations import can_act_for
from partnerships.services import memberships
from partnerships.services.locks import organisation_under_lock
from placements.mail import leaving
from placements.mail import placements as mail
from placements.models import Placement, Slot, Supervision, Supervisor
from placements.queries.supervising import (
    GUIDES,
    NAMED,
    NOBODY,
    candidates,
    going_on,
    guided_by,
    guided_by_nobody,
    key_of,
    named_at,
    unguided,
)
from placements.rules import placements as rules
from placements.services import locks

BEGIN = "begin"  # of a supervision that came along with the end of another's role
KNOWN = _("There is already a supervisor with this email address.")


@transaction.atomic
def add(
    *,
    organisation_id: int,
    name: Name,
    email: str,
    by: Actor,
    known: Person | None = None,
    seen: Collection[int] | None = None,
) -> Supervisor:
    """A work supervisor of an employer, by name and address; the one with this address when there is one.

    An account is not needed. An invitation that is accepted later joins the two. `known` is the person meant, where that
    was said; `seen` are the keys of those who were said to be someone else (`people.find_or_make`).
    """
    organisation = organisation_under_lock(organisation_id)
    ensure(can_act_for(by, organisation.pk))
    among = known_at(organisation.pk)
    if known is not None and not among.filter(pk=known.pk).exists():
        raise ValidationError(_("This person is not known at the organisation."))
    person = known or people.find_or_make(among=among, email=email, name=name, seen=seen)
    given = memberships.give(organisation=organisation, person=person, role=Role.SUPERVISOR)
    return Supervisor.objects.select_related("person__user").get(pk=given.pk)


@transaction.atomic
def correct(*, membership_id: int, name: Name, email: str, by: Actor, read: str | None) -> Membership:
    """Another spelling or address of a supervisor without an account; whoever has one keeps it up to date alone.

    Invitations that wait go to the other address, and their former links stop working.
    """
    membership = Membership.objects.select_related("person__user").get(pk=membership_id)
    elsewhere = is_known_elsewhere(membership.person, membership.organisation_id)
    ensure(rules.can_correct_supervisor(by, membership, is_known_elsewhere=elsewhere))
    versions.claim(read, membership.person)
    others = known_at(membership.organisation_id).with_address(email).exclude(pk=membership.person_id)
    if others.filter(memberships__role=Role.SUPERVISOR).exists():
        raise ValidationError({"email": KNOWN})
    person = membership.person
    name.write_on(person)
    changes.save(person, by=by.person_id, subject=person.public_id)
    addresses.correct(person_id=person.pk, email=email, by=by.person_id)
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
    read: str | None,
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
    if to.ends_on is not None:
        raise ValidationError(_("This supervisor leaves. Choose someone who stays."))


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
    """These supervisors guide students whom nobody guides, on the days on which nobody does: for each placement one.

    By its key. Whoever guides later goes on with that. Gives how many. Raises Changed, and changes nothing, when one of
    them is guided by now.
    """
    locks.around_all(list(chosen))
    for placement_id, to in sorted(chosen.items()):
        placement = locks.placement(placement_id)
        ensure(rules.can_change_supervisor(by, placement))
        if not guided_by_nobody().filter(pk=placement_id).exists():
            raise Changed
        day, last = unguided(placement)
        _refuse(placement, to, day)
        first = max(day, placement.starts_on)
        if last is None:
            _change(placement, to, day, by=by)
        else:
            begin(placement=placement, membership=to, starts_on=first, ends_on=last, by=by)
        mail.supervisor_placement_assigned(placement, to, starts_on=first)
    return len(chosen)


@transaction.atomic
def hand_over_all(
    *, membership: Membership, successors: Mapping[str, int], by: Actor, act: StateChange
) -> None:
    """A supervisor whose role ended by `act` hands over what was chosen: all students to one, or one of them to another.

    From the day after the last day on, today when that is today. `successors` are the roles, by their keys, under the keys
    of `placements.queries.supervising`; whoever takes over the places is named for new students at once.
    """
    last_day = None if membership.ended_at else membership.ends_on
    known = {row.pk: row for row in candidates(membership.organisation_id, membership)}
    keys = {key_of(pk): pk for pk in guided_by(membership).values_list("pk", flat=True)}
    chosen = {key: to for key, to in successors.items() if key in {GUIDES, NAMED, *keys}}
    if not set(chosen.values()) <= {NOBODY, *known}:
        raise ValidationError(_("Choose a supervisor of the same employer."))
    day = today() if last_day is None else last_day + timedelta(days=1)
    handed: dict[int, list[Placement]] = defaultdict(list)
    locks.around_all(list(keys.values()))
    for key, placement_id in sorted(keys.items(), key=itemgetter(1)):
        to = chosen.get(key, chosen.get(GUIDES, NOBODY))
        if to != NOBODY and (placement := _handed(placement_id, membership, known[to], day, by=by, act=act)):
            handed[to].append(placement)
    for to, placements in handed.items():
        leaving.parties_handed_over(membership, known[to], placements, act, until=last_day)
    if named := chosen.get(NAMED):
        for slot in named_at(membership).select_for_update(of=("self",), no_key=True).order_by("pk"):
            _name(slot, known[named], by=by, act=act)


def _name(slot: Slot, to: Supervisor, *, by: Actor | None, act: StateChange) -> None:
    """A place names another supervisor from now on, because of `act`."""
    was = slot.supervisor
    slot.supervisor = to
    slot.save(update_fields=["supervisor"])
    before = {"supervisor": {"id": was.pk, "name": str(was)} if was else None}
    changes.record(slot, before, by=id_of(by), act=act)


def _handed(
    placement_id: int, membership: Membership, to: Supervisor, day: date, *, by: Actor, act: StateChange
) -> Placement | None:
    """The placement when someone takes over the days that are left from `day` on; not when there are none.

    Who else guides the student on other days goes on with that. Call it under `locks.around_all`.
    """
    placement = locks.placement(placement_id)
    standing = placement.supervisions.standing()
    left = [
        row for row in standing.filter(membership=membership.pk) if row.ends_on is None or row.ends_on >= day
    ]
    if not left or day > placement.ends_on:
        return None
    subject = placement.student.public_id
    for row in left:
        first, last = max(row.starts_on, day), row.ends_on
        last_day = day - timedelta(days=1) if row.starts_on < day else None
        before = changes.stored(row)
        endings.end(row, by=id_of(by), last_day=last_day, cause=act, subject=subject)
        changes.record(row, before, by=id_of(by), subject=subject)
        taken = Supervision(placement=placement, membership=to, starts_on=first, ends_on=last)
        if not standing.filter(periods.beside(taken), membership=to).exists():
            new = begin(placement=placement, membership=to, starts_on=first, ends_on=last, by=by)
            until = last.isoformat() if last else ""
            states.record(new, BEGIN, after=until, by_id=id_of(by), cause=act, subject=subject)
    return placement


@transaction.atomic
def leave(*, membership: Membership, by: Actor | None, act: StateChange) -> None:
    """A supervisor's role ended by `act`: whom nobody took over has no supervisor any more, and all concerned hear it.

    Where the role has a last day to come, from then on. What nobody took over stays named, and comes back with the role:
    a place names only who is to stay (`Slot.names`).
    """
    last_day = None if membership.ended_at else membership.ends_on
    rows = Supervision.objects.standing().filter(membership=membership.pk).order_by("pk")
    if last_day is not None:
        rows = rows.exclude(ends_on__lte=last_day)
    going = list(rows)
    left = guided_by(membership).filter(pk__in=[row.placement_id for row in going])
    placements = list((left.filter(ends_on__gt=last_day) if last_day else left).for_list())
    for row in going:
        to_come = last_day is not None and row.starts_on <= last_day
        subject = row.placement.student.public_id
        endings.end(row, by=id_of(by), last_day=last_day if to_come else None, cause=act, subject=subject)
    if placements:
        leaving.parties_supervisor_left(membership, placements, act, until=last_day)


@transaction.atomic
def come_back(*, act: StateChange, undo: StateChange) -> list[str | Promise]:
    """The end of a supervisor's role is taken back: who took over leaves again, and whom nobody else guides is guided.

    What was changed meanwhile stays as it is; gives how many students and places that are.
    """
    came_along = states.caused(act, Supervision)
    for begun in came_along.filter(action=BEGIN):
        row = Supervision.objects.get(pk=begun.object_id)
        if row.ended_at is None and endings.is_as_left(row, begun):
            endings.end(row, by=undo.by_id, cause=undo, subject=begun.subject)
    stay = 0
    for ended in came_along.filter(action=endings.END):
        row = Supervision.objects.get(pk=ended.object_id)
        if not going_on().filter(pk=row.placement_id).exists():
            continue
        as_left = endings.is_as_left(row, ended)
        row.ends_on = endings.last_day_before(ended)
        beside = Supervision.objects.standing().filter(periods.beside(row), placement=row.placement_id)
        if as_left and not beside.exclude(pk=row.pk).exists():
            endings.bring_back(Supervision.objects.get(pk=row.pk), ended, undo=undo)
        else:
            stay += 1
    words = ngettext_lazy(
        "{number} student stays with whoever guides by now.",
        "{number} students stay with whoever guides by now.",
        stay,
    )
    return [*([format_lazy(words, number=stay)] if stay else []), *_named_again(act, undo)]


def _named_again(act: StateChange, undo: StateChange) -> list[str | Promise]:
    """The places that were handed over by `act` name whoever was named before, unless they name someone else by now."""
    stay = 0
    made = FieldChange.objects.filter(
        model=Slot._meta.label_lower, field="supervisor", at=act.at, by=act.by_id
    )
    for key, before, after in made.order_by("object_id").values_list("object_id", "before__id", "after__id"):
        slot = locks.slot(int(key))
        if slot.supervisor_id == after:
            _name(slot, Supervisor.objects.select_related("person").get(pk=before), by=None, act=undo)
        else:
            stay += 1
    words = ngettext_lazy(
        "{number} training place names someone else by now.",
        "{number} training places name someone else by now.",
        stay,
    )
    return [format_lazy(words, number=stay)] if stay else []
