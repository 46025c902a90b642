"""Seats in the groups of a partnership: given and ended, one after the other for each group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Person
from accounts.services import invitations
from accounts.services.people import Name
from core import changes, endings, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.enums import AffiliationKind, GroupKind, Perspective
from partnerships.mail import members as mail
from partnerships.models import Affiliation, Group, GroupSeat, Membership, Organisation, Studying
from partnerships.models.groups import OBSERVERS_HOLD_NO_OFFICE, SITS_ALREADY
from partnerships.rules import groups as rules
from partnerships.rules.partnerships import can_coordinate, can_write, goes_on
from partnerships.services import affiliations
from partnerships.services.locks import group_under_lock


@transaction.atomic
def save(
    *,
    group: Group,
    by: Actor,
    version: str | None,
    delegates: Mapping[int, int] | None = None,
    voices: Mapping[str, int] | None = None,
) -> Group:
    """Keep a group, new or changed; `version` is what was read of it.

    `delegates` are how many it expects of organisations, by key, and `voices` of each other voice; None leaves both as
    they are. Raises ValidationError for whoever may not, and when another group has the name.
    """
    with explained(group):
        versions.claim(version, group)
        _ensure_may_save(by, group)
        before = changes.stored(group) if group.pk else {}
        group.save()
        if delegates is not None or voices is not None:
            _expect(group, delegates or {}, voices or {})
        changes.record(group, before, by=by.person_id)
    return group


@transaction.atomic
def commission(*, group: Group, by: Actor) -> Group:
    """Keep a new committee, with what it is for and until when: set up by a decision, for who writes for the partnership."""
    ensure(can_write(by, group.partnership) and goes_on(group.partnership))
    group.kind = GroupKind.COMMITTEE
    with explained(group):
        group.save()
    return group


def _expect(group: Group, delegates: Mapping[int, int], voices: Mapping[str, int]) -> None:
    """Keep whom a group expects, and how many of each."""
    ensure(rules.can_expect(group, delegates.values(), voices.values()))
    wanted: dict[tuple[int | None, str], int] = {(key, ""): number for key, number in delegates.items()}
    wanted |= {(None, voice): number for voice, number in voices.items()}
    for row in group.expectations.all():
        number = wanted.pop((row.organisation_id, row.perspective), None)
        if number is None:
            row.delete()
        elif number != row.number:
            row.number = number
            row.save(update_fields=["number"])
    for (organisation, voice), number in wanted.items():
        group.expectations.create(organisation_id=organisation, perspective=voice, number=number)


def _ensure_may_save(by: Actor, group: Group) -> None:
    """Of a group that is there its chair and secretary change all but the kind."""
    if group._state.adding:
        ensure(can_coordinate(by, group.partnership) and goes_on(group.partnership))
        return
    known = group_under_lock(group.pk)
    ensure(rules.can_change(by, known))
    if known.kind != group.kind:
        ensure(rules.can_change_kind(by, known))


@transaction.atomic
def give_seat(
    *,
    group_id: int,
    membership: Membership,
    perspective: Perspective | str,
    is_observer: bool,
    is_chair: bool = False,
    is_secretary: bool = False,
    by: Actor,
) -> GroupSeat:
    """Give a person a seat in a group, in the name of the organisation of one of the person's memberships (story E-08).

    Observers count neither for the size of the group nor among the delegates, and its secretary not for the size. Raises
    ValidationError when the person already sits there, the group is full, or the organisation has its delegates.
    """
    return _seat(
        group_under_lock(group_id),
        GroupSeat(
            person_id=membership.person_id,
            organisation_id=membership.organisation_id,
            perspective=perspective,
            is_observer=is_observer,
            is_chair=is_chair,
            is_secretary=is_secretary,
        ),
        by,
    )


@transaction.atomic
def seat_affiliate(
    *, group_id: int, affiliation: Affiliation | Studying, is_observer: bool, by: Actor
) -> GroupSeat:
    """Give someone a seat who works for no member, as what the person takes part; who has no account is invited.

    Raises ValidationError when the person takes no part any more, already sits there, or the group is full.
    """
    group = group_under_lock(group_id)
    ensure(rules.can_seat(by, group))
    if isinstance(affiliation, Studying):
        affiliation = affiliations.of_student(studying=affiliation)
    running = Affiliation.objects.running().filter(partnership=group.partnership_id)
    if not running.filter(pk=affiliation.pk).exists():
        raise ValidationError(_("This person does not take part in the partnership any more."))
    seat = GroupSeat(
        person_id=affiliation.person_id,
        affiliation=affiliation,
        perspective=affiliation.voice,
        is_observer=is_observer,
    )
    _seat(group, seat, by)
    if not affiliation.person.has_account and affiliation.person.address:
        seat.invitation = invitations.invite(
            person=affiliation.person,
            purpose=Role.GROUP_MEMBER,
            party_name=group.name,
            invited_by=by.person_id,
        )
        seat.save(update_fields=["invitation"])
    return seat


@transaction.atomic
def seat_newcomer(
    *,
    group_id: int,
    email: str,
    name: Name,
    kind: AffiliationKind | str,
    organisation: Organisation | None,
    is_observer: bool,
    by: Actor,
    known: Person | None = None,
    seen: Collection[int] | None = None,
) -> GroupSeat:
    """The same for someone of whom only name and address are known; `known` and `seen` as in `affiliations.begin`."""
    group = group_under_lock(group_id)
    ensure(rules.can_seat(by, group))
    affiliation = affiliations.begin(
        partnership=group.partnership,
        email=email,
        name=name,
        kind=kind,
        organisation=organisation,
        by=by,
        known=known,
        seen=seen,
    )
    return seat_affiliate(group_id=group.pk, affiliation=affiliation, is_observer=is_observer, by=by)


def _seat(group: Group, seat: GroupSeat, by: Actor) -> GroupSeat:
    """Keep a seat of a locked group, when there is one for this person."""
    ensure(rules.can_seat(by, group) and goes_on(group.partnership))
    if seat.is_observer and (seat.is_chair or seat.is_secretary):
        raise ValidationError(OBSERVERS_HOLD_NO_OFFICE)
    seats = list(group.seats.running().order_by("pk"))
    if any(other.person_id == seat.person_id for other in seats):
        raise ValidationError(SITS_ALREADY)
    ensure(rules.has_room(group, seats, seat))
    ensure(rules.has_office_free(seats, is_chair=seat.is_chair, is_secretary=seat.is_secretary))
    seat.group = group
    seat.save()
    return seat


@transaction.atomic
def change_office(
    *,
    group_id: int,
    public_id: UUID | str,
    is_chair: bool,
    is_secretary: bool,
    by: Actor,
    read: str | None,
) -> GroupSeat:
    """Make who sits there chair or secretary from today on, or no longer so; whoever was it before stays without.

    Another office is another seat, so that it can be seen who wrote for the group when. Done again it changes nothing.
    """
    group = group_under_lock(group_id)
    ensure(rules.can_seat(by, group))
    seats = list(group.seats.running().select_related("group", "person__user", "invitation"))
    seat = next((row for row in seats if str(row.public_id) == str(public_id)), None)
    verdict = rules.can_change_office(seat)
    if seat is None or not verdict:
        raise ValidationError(str(verdict.reason))
    if (seat.is_chair, seat.is_secretary) == (is_chair, is_secretary):
        return seat
    versions.ensure(read, seat)
    if not is_secretary:
        ensure(rules.has_room_without_office(group, seats, seat))
    for other in seats:
        left = {
            "is_chair": other.is_chair and not is_chair,
            "is_secretary": other.is_secretary and not is_secretary,
        }
        if other != seat and left != {"is_chair": other.is_chair, "is_secretary": other.is_secretary}:
            _anew(other, by, **left)
    return _anew(seat, by, is_chair=is_chair, is_secretary=is_secretary)


def _anew(seat: GroupSeat, by: Actor, **office: bool) -> GroupSeat:
    """The seat of the same person with another office, from today on."""
    invitation, seat.invitation = seat.invitation, None
    seat.save(update_fields=["invitation"])
    endings.end(seat, by=by.person_id, subject=seat.person.public_id)
    kept = ("group", "person", "organisation", "affiliation", "perspective")
    fields: dict[str, Any] = {name: getattr(seat, name) for name in kept}
    return GroupSeat.objects.create(**fields, ends_on=None, invitation=invitation, **office)


@transaction.atomic
def invite_again(*, group_id: int, public_id: UUID | str, by: Actor, read: str | None) -> None:
    """Mail whoever sits there without an account a new link. Raises ValidationError when it was answered meanwhile."""
    ensure(rules.can_seat(by, group_under_lock(group_id)))
    seats = GroupSeat.objects.running().filter(group=group_id, public_id=public_id)
    seat = seats.select_related("invitation").first()
    if seat is None or seat.invitation is None:
        raise ValidationError(str(invitations.ANSWERED))
    invitations.renew(invitation_id=seat.invitation.pk, read=read)


@transaction.atomic
def end_seat(*, group_id: int, public_id: UUID | str, by: Actor, read: str | None) -> None:
    """End a seat of a group, from this moment on. Raises ValidationError when it had ended before."""
    ensure(rules.can_seat(by, group_under_lock(group_id)))
    seats = GroupSeat.objects.select_for_update(of=("self",), no_key=True).filter(group=group_id)
    seat = seats.select_related("group", "person__user").filter(public_id=public_id).first()
    verdict = rules.can_end_seat(seat)
    if seat is None or not verdict:
        raise ValidationError(str(verdict.reason))
    versions.ensure(read, seat)
    act = endings.end(seat, by=by.person_id, subject=seat.person.public_id)
    if by.person_id != seat.person_id:
        mail.person_seat_ended(seat, act)
