"""What an employer does with slots: keep, publish, confirm, close, reopen, copy."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from accounts.services.people import Name
from core import changes, outbox, versions
from core.access import ensure
from core.dates import local_day, today
from core.models import StateChange
from core.states import advance, caused, last_act
from core.versions import NO_PAGE
from partnerships.models import Organisation
from partnerships.rules.organisations import can_act_for
from placements.enums import OPEN_MATCH, Cause, SlotState, Visibility
from placements.mail import slots as mail
from placements.models import Match, Placement, Slot
from placements.queries.online import NO_PROGRAMME, can_be_online
from placements.queries.seats import in_use, lowest_free_seat
from placements.queries.slot_ends import closing_edition, still_leaving
from placements.rules import slots as rules
from placements.services import break_offs, closing, locks, matches, supervisors
from students.models.enrolments import UNDO_DAYS

if TYPE_CHECKING:
    from partnerships.actors import Actor

Text = str | Promise
LISTS = frozenset(field.name for field in Slot._meta.many_to_many)
# The fields that a copy of a slot does not take over.
OWN = frozenset({"id", "public_id", "state", "confirmed_on", "copied_from", "row_version", *Slot.COUNTED})
# What closes with all that is online there.
WHERE = ("partnership", "location")
NO_PARTNER = _("Choose at least one partner who may find this training place.")


@dataclass(frozen=True)
class Reach:
    """Who may find a slot."""

    visibility: str
    partners: Collection[Organisation] = ()


@dataclass(frozen=True)
class NewSupervisor:
    """Name and address of a work supervisor who is not in the list; `known` and `seen` as in `supervisors.add`."""

    name: Name
    email: str
    known: Person | None = None
    seen: Collection[int] | None = None


@transaction.atomic
def offer(
    *,
    organisation: Organisation,
    content: Mapping[str, Any],
    new_supervisor: NewSupervisor | None = None,
    public_id: uuid.UUID,
    reach: Reach | None,
    online: bool,
    by: Actor,
    version: str | None,
) -> Slot:
    """Save a slot at the end of the steps, with who may find it, and put it online when that is asked.

    `version` is what was read of the one that is changed.
    """
    slot = save(
        organisation=organisation,
        content=content,
        new_supervisor=new_supervisor,
        public_id=public_id,
        by=by,
        version=version,
    )
    if reach is None:
        return slot
    if online and slot.state == SlotState.DRAFT:
        return publish(
            slot_id=slot.pk, visibility=reach.visibility, partners=reach.partners, by=by, version=NO_PAGE
        )
    return set_visibility(
        slot_id=slot.pk, visibility=reach.visibility, partners=reach.partners, by=by, version=NO_PAGE
    )


@transaction.atomic
def save(
    *,
    organisation: Organisation,
    content: Mapping[str, Any],
    new_supervisor: NewSupervisor | None = None,
    public_id: uuid.UUID,
    by: Actor,
    version: str | None,
) -> Slot:
    """Make the draft with this id, or change the slot that has it; sending a form twice makes one slot.

    `content` has values by the names of the slot's fields, as the steps of the form ask them. Refuses what would take
    a seat, a day or a programme from a student who is placed.
    """
    ensure(can_act_for(by, organisation.pk))
    values = dict(content)
    if new_supervisor:
        values["supervisor"] = supervisors.add(
            organisation_id=organisation.pk,
            name=new_supervisor.name,
            email=new_supervisor.email,
            known=new_supervisor.known,
            seen=new_supervisor.seen,
            by=by,
        )
    _refuse_others(organisation, values)
    lists = {name: values.pop(name) for name in LISTS & values.keys()}
    known = Slot.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    if known is None:
        slot, made = Slot.objects.get_or_create(
            public_id=public_id, defaults={"organisation": organisation, **values}
        )
        if made:
            return _with_lists(slot, lists)
        known = slot.pk
    there = {name: values[name].pk for name in WHERE if name in values}
    if len(there) == len(WHERE):
        values |= zip(
            WHERE,
            locks.where(partnership_id=there["partnership"], location_id=there["location"]),
            strict=True,
        )
    slot = locks.slot(known)
    if slot.organisation_id != organisation.pk:  # the id was made up: it belongs to someone else's slot
        raise ValidationError(_("This training place cannot be saved. Start again."))
    ensure(rules.can_change_slot(by, slot))
    versions.claim(version, slot)
    _check_change(slot, content)
    before = _on_record(slot)
    moves = any(getattr(slot, f"{name}_id") != pk for name, pk in there.items())
    for name, value in values.items():
        setattr(slot, name, value)
    if moves and slot.state == SlotState.ONLINE:
        ensure(rules.where_takes_on(slot) and can_be_online(slot))
    slot.save(update_fields=list(values))
    _with_lists(slot, lists)
    changes.record(slot, before, by=by.person_id)
    return slot


def _refuse_others(organisation: Organisation, values: Mapping[str, Any]) -> None:
    """A place is at a location of the employer, with a supervisor of the employer; keys hold that too."""
    for name, role in (("location", None), ("supervisor", Role.SUPERVISOR)):
        one = values.get(name)
        if one is None:
            continue
        if one.organisation_id != organisation.pk or (role and one.role != role):
            raise ValidationError({name: _("Choose one of your own organisation.")})


def _on_record(slot: Slot) -> dict[str, Any]:
    """What others could see of it until now; of a draft nothing."""
    return {} if slot.state == SlotState.DRAFT else changes.stored(slot)


def _with_lists(slot: Slot, lists: Mapping[str, Collection[Any]]) -> Slot:
    for name, rows in lists.items():
        getattr(slot, name).set(rows)
    return slot


def _check_change(slot: Slot, content: Mapping[str, Any]) -> None:
    """Refuse what would take a seat, a day or a programme from a student who is placed. Call it under the lock."""
    if slot.state == SlotState.ONLINE and not content["qualifications"]:
        raise ValidationError(NO_PROGRAMME)
    bounds = in_use(slot.pk).aggregate(first=Min("starts_on"), last=Max("ends_on"))
    if bounds["first"] is None:
        return
    if content["starts_on"] > bounds["first"] or content["ends_on"] < bounds["last"]:
        raise ValidationError(
            {"starts_on": _("Students are placed here in this period; it cannot become shorter.")}
        )
    kept = {qualification.pk for qualification in content["qualifications"]}
    if not set(slot.qualifications.values_list("pk", flat=True)) <= kept:
        raise ValidationError(
            {"qualifications": _("Students are placed here; you can add a programme, not take one away.")}
        )
    if content["seats"] < slot.seats:
        _move_to_lower_seats(slot, content["seats"])


def _move_to_lower_seats(slot: Slot, seats: int) -> None:
    """Free the seats above the new number by moving who sits there, or refuse."""
    for placement in in_use(slot.pk).filter(seat_no__gt=seats).order_by("starts_on", "pk"):
        seat_no = lowest_free_seat(
            slot_id=slot.pk, seats=seats, starts_on=placement.starts_on, ends_on=placement.ends_on
        )
        if seat_no is None:
            given = in_use(slot.pk).values("seat_no").distinct().count()
            raise ValidationError(
                {
                    "seats": ngettext(
                        "%(number)d training place is already given away; it cannot be fewer.",
                        "%(number)d training places are already given away; it cannot be fewer.",
                        given,
                    )
                    % {"number": given}
                }
            )
        Placement.objects.filter(pk=placement.pk).update(seat_no=seat_no)


@transaction.atomic
def publish(
    *,
    slot_id: int,
    visibility: str,
    partners: Collection[Organisation] = (),
    by: Actor,
    version: str | None,
) -> Slot:
    """Put a draft online for whom the employer chose; that day counts as its first confirmation."""
    slot = locks.offered(slot_id)
    versions.claim(version, slot)
    ensure(can_act_for(by, slot.organisation_id) and rules.where_takes_on(slot) and can_be_online(slot))
    _set_reach(slot, visibility, partners)
    advance(slot, "publish", by=by.person_id, confirmed_on=today())
    return slot


@transaction.atomic
def set_visibility(
    *,
    slot_id: int,
    visibility: str,
    partners: Collection[Organisation] = (),
    by: Actor,
    version: str | None,
) -> Slot:
    """Move who may find the slot; only the employer does."""
    slot = locks.slot(slot_id)
    ensure(rules.can_change_slot(by, slot))
    versions.claim(version, slot)
    before = _on_record(slot)
    _set_reach(slot, visibility, partners)
    changes.record(slot, before, by=by.person_id)
    return slot


def _set_reach(slot: Slot, visibility: str, partners: Collection[Organisation]) -> None:
    if visibility == Visibility.NAMED and not partners:
        raise ValidationError(NO_PARTNER)
    Slot.objects.filter(pk=slot.pk).update(visibility=visibility)
    slot.visibility = visibility
    slot.partners.set(partners if visibility == Visibility.NAMED else [])


@transaction.atomic
def confirm(*, slot_id: int, by: Actor, read: str | None) -> Slot:
    """Note that the slot still stands; doing it twice on a day changes nothing."""
    slot = locks.slot(slot_id)
    ensure(rules.can_confirm_slot(by, slot))
    versions.ensure(read, slot)
    slot.confirmed_on = today()
    slot.save(update_fields=["confirmed_on"])
    return slot


@transaction.atomic
def close(
    *,
    slot_id: int,
    reason: str,
    by: Actor,
    leaving: Mapping[int, dt.date] | None = None,
    cause: StateChange | None = None,
    read: str | None,
) -> Slot:
    """Take the slot offline; open matches end and everyone in them is told.

    Who is placed here stays, but for whom `leaving` has a last day, by the key of the placement; all are told. `cause` is
    the change it follows from, when the organisation left the partnership. `read` is what the page showed of the place
    and who is on it.
    """
    slot = locks.slot(slot_id)
    if cause is None:
        ensure(rules.can_close_slot(by, slot))
    versions.ensure_same(read, closing_edition(slot, in_use(slot.pk).values_list("pk", "row_version")))
    act = advance(slot, "close", by=by.person_id, reason=reason, cause=cause)
    with mail.parties_slots_closed(employer=slot.organisation, reason=reason.strip(), is_one=True):
        waiting = Match.objects.filter(slot=slot, state__in=OPEN_MATCH).values_list("pk", flat=True)
        for match in locks.matches(waiting):
            closing.close(match=match, why=Cause.SLOT_CLOSED, reason=reason, cause=act)
        leaving = leaving or {}
        break_offs.with_slot(slot=slot, leaving=leaving, reason=reason, by=by, act=act)
        for placement in in_use(slot.pk).exclude(pk__in=leaving).for_list():
            mail.parties_slot_closed(placement, act)
    return slot


@transaction.atomic
def reopen(*, slot_id: int, by: Actor, read: str | None) -> list[Text]:
    """Put a closed slot online again; that day counts as a confirmation.

    The proposals that ended with it are open again if it was closed less than two weeks ago; gives which are not, and
    why. Who leaves on a day that was chosen as it closed still does: that is taken back student by student.
    """
    slot = locks.offered(slot_id, again=True)
    ensure(rules.can_reopen_slot(by, slot))
    versions.ensure(read, slot)
    ensure(rules.where_takes_on(slot) and can_be_online(slot))
    closed = last_act(slot)
    undo = advance(slot, "reopen", by=by.person_id, confirmed_on=today())
    if closed is None:
        return []
    with letters.reader_acts_taken_back(by=str(undo.by)):
        mail.parties_slot_open_again(slot, outbox.cancel_about(closed), by=str(undo.by))
        if today() > local_day(closed.at) + dt.timedelta(days=UNDO_DAYS):
            return []
        return [*bring_back(act=closed, undo=undo, by=by), *still_leaving(closed)]


@transaction.atomic
def bring_back(*, act: StateChange, undo: StateChange, by: Actor) -> list[Text]:
    """Open the proposals again that ended with the closing `act`; gives which are not, and why.

    By first name to who may know the students who are proposed, to others without.
    """
    lost: list[Text] = []
    for ended in caused(act, Match).order_by("pk"):
        try:
            matches.take_back_expire(act=ended, by=by, cause=undo)
        except ValidationError as refusal:
            match = Match.objects.visible_to(by).select_related("enrolment__student__person")
            lost.append(_not_back(match.filter(pk=ended.object_id).first(), " ".join(refusal.messages)))
    return lost


def _not_back(match: Match | None, why: str) -> Text:
    if match is None:
        return format_lazy(_("One proposal did not come back: {why}"), why=why)
    words = _("The proposal of {student} did not come back: {why}")
    return format_lazy(words, student=match.enrolment.student.first_name, why=why)


@transaction.atomic
def copy(*, slot_id: int, by: Actor) -> Slot:
    """A draft with the same content; asked again before that draft is used, the same draft."""
    source = locks.slot(slot_id)
    ensure(can_act_for(by, source.organisation_id))
    waiting = (
        Slot.objects.filter(copied_from=source, state=SlotState.DRAFT, title=source.title)
        .order_by("pk")
        .first()
    )
    if waiting:
        return waiting
    content = {
        field.attname: getattr(source, field.attname)
        for field in Slot._meta.concrete_fields
        if field.name not in OWN
    }
    draft = Slot.objects.create(**content, copied_from=source)
    return _with_lists(draft, {name: getattr(source, name).all() for name in LISTS})
