"""Two people who turn out to be one: what both hold is held once. And someone who can sign in no more."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import SecurityKind
from accounts.models import Invitation, Person
from accounts.services import invitations, security
from accounts.services.merging import by_hand
from core import endings, merging, periods, states
from core.access import ensure
from core.dates import today
from core.merging import Merging
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.enums import ParticipantState, SignUpState
from partnerships.models import (
    Affiliation,
    ContactCard,
    GroupSeat,
    InitiativeParticipant,
    Membership,
    MembershipInvitation,
    Organisation,
    RoleRequest,
    SignUp,
)
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.queries.people import is_known_elsewhere, known_at
from partnerships.rules.merging import can_merge_people
from partnerships.services import doubles
from partnerships.services.locks import lock_organisations, roles_under_lock


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None = None) -> list[str]:
    """End what both hold at the same time, on the dropped side; what hung on such a role goes to the one that stays.

    Of two requests that wait at one organisation one goes on: nobody hears of the other, which was the same question.
    All else needs nothing here: its key moves with all others. `by` is a person's id. Gives what was held twice, in
    sentences.
    """
    return [
        *_roles(kept, dropped, by),
        *_seats(kept, dropped, by),
        *_affiliations(kept, dropped, by),
        *_participations(kept, dropped, by),
        *_requests(kept, dropped, by),
        *_sign_ups(kept, dropped, by),
        *_cards(kept, dropped),
    ]


def _roles(kept: Person, dropped: Person, by: int | None) -> list[str]:
    number = 0
    roles = Membership.objects.filter(person=dropped, ended_at=None)
    for double in roles.select_related("person", "organisation").order_by("pk"):
        same = {"organisation": double.organisation_id, "role": double.role}
        stays = Membership.objects.filter(periods.beside(double), person=kept, **same).first()
        if stays is not None:
            number += not periods.is_over(double)
            doubles.one_role(double=double, stays=stays, by=by, act=None)
        elif not periods.is_over(double):
            what = f"{double.role} {double.organisation.slug}"
            security.note(kind=SecurityKind.RIGHTS, person_id=kept.pk, what=what)
    words = ngettext(
        "%(number)d role is held already. It is kept once.",
        "%(number)d roles are held already. They are kept once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _affiliations(kept: Person, dropped: Person, by: int | None) -> list[str]:
    number = 0
    for row in Affiliation.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        same = {"partnership": row.partnership_id, "kind": row.kind, "source_id": row.source_id}
        other = Affiliation.objects.filter(periods.beside(row), person=kept, **same).first()
        if other is not None:
            row.seats.update(affiliation=other, person=kept)
            endings.end(row, by=by, subject=dropped.public_id)
            number += 1
    words = ngettext(
        "Taking part in %(number)d partnership is recorded twice. That is kept once.",
        "Taking part in %(number)d partnerships is recorded twice. That is kept once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _participations(kept: Person, dropped: Person, by: int | None) -> list[str]:
    """In one initiative someone takes part once: what is joined goes on, else what the kept one asked."""
    number = 0
    for row in InitiativeParticipant.objects.live().filter(person=dropped).order_by("pk"):
        other = InitiativeParticipant.objects.live().filter(person=kept, initiative=row.initiative_id).first()
        if other is not None:
            goes = other if row.state == ParticipantState.JOINED != other.state else row
            states.advance(goes, "leave", by=by, ends_on=today() if goes.starts_on else None)
            number += 1
    words = ngettext(
        "Taking part in %(number)d initiative is recorded twice. That is kept once.",
        "Taking part in %(number)d initiatives is recorded twice. That is kept once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _seats(kept: Person, dropped: Person, by: int | None) -> list[str]:
    """Of two seats in a group the one with more say goes on: with an office, or that of no observer."""
    number = 0
    for double in GroupSeat.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        beside = GroupSeat.objects.filter(periods.beside(double), person=kept, group=double.group_id)
        for seat in beside.order_by("pk"):
            goes = seat if double.say > seat.say else double
            endings.end(goes, by=by, subject=goes.person.public_id)
            number += 1
            if goes is double:
                break
    words = ngettext(
        "The seat in %(number)d group is recorded twice. It is kept once.",
        "The seats in %(number)d groups are recorded twice. They are kept once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _requests(kept: Person, dropped: Person, by: int | None) -> list[str]:
    waiting = RoleRequest.objects.filter(person=kept).open().values("organisation")
    asked = list(RoleRequest.objects.filter(person=dropped, organisation__in=waiting).open().order_by("pk"))
    for request in asked:
        states.advance(request, "expire", by=by)
    words = ngettext(
        "%(number)d organisation was asked for a role twice. One question is left.",
        "%(number)d organisations were asked for a role twice. One question each is left.",
        len(asked),
    )
    return [words % {"number": len(asked)}] if asked else []


def _sign_ups(kept: Person, dropped: Person, by: int | None) -> list[str]:
    live = SignUp.objects.exclude(state=SignUpState.DROPPED_OUT)
    twice = live.filter(contact=dropped, call__in=live.filter(contact=kept).values("call"))
    signed_up = list(twice.select_related("call").order_by("pk"))
    for sign_up in signed_up:
        states.advance(sign_up, "drop_out", by=by, reason=str(_("Signed up twice by one person.")))
    words = ngettext(
        "There are two sign-ups for %(number)d call. One is kept.",
        "There are two sign-ups for %(number)d calls. One is kept for each.",
        len(signed_up),
    )
    return [words % {"number": len(signed_up)}] if signed_up else []


def _cards(kept: Person, dropped: Person) -> list[str]:
    """What the one who stays chose to show holds; a choice is never made wider by merging."""
    if ContactCard.objects.filter(person=kept).exists():
        ContactCard.objects.filter(person=dropped).delete()
    return []


@transaction.atomic
def merge_by_hand(
    *,
    organisation_id: int,
    kept_id: int,
    dropped_id: int,
    by: Actor,
    read: str | None,
    digest: str | None,
) -> Merging:
    """A manager says that two whom the organisation knows are one person (`accounts.services.merging.by_hand`).

    Raises ValidationError when others work with one of them too.
    """
    lock_organisations([organisation_id])
    organisation = Organisation.objects.get(pk=organisation_id)
    known = known_at(organisation_id).values("pk")
    rows = Person.objects.filter(Q(pk__in=known) | Q(merged_into__in=known)).in_bulk([kept_id, dropped_id])
    if not {kept_id, dropped_id} <= rows.keys():
        raise ValidationError(_("This person is not known at the organisation."))
    kept, dropped = rows[kept_id], rows[dropped_id]
    elsewhere = any(is_known_elsewhere(person, organisation_id) for person in (kept, dropped))
    ensure(can_merge_people(by, organisation, kept, dropped, are_known_elsewhere=elsewhere))
    merged = by_hand(kept_id=kept_id, dropped_id=dropped_id, by=by.person_id, read=read, digest=digest)
    security.note(kind=SecurityKind.MERGED, person_id=kept_id)
    return merged


@transaction.atomic
def looked_at_by_hand(*, organisation_id: int, kept_id: int, dropped_id: int, by: Actor) -> Merging:
    """What `merge_by_hand` would do."""

    def act() -> Merging:
        return merge_by_hand(
            organisation_id=organisation_id,
            kept_id=kept_id,
            dropped_id=dropped_id,
            by=by,
            read=NO_PAGE,
            digest=NO_PAGE,
        )

    return merging.looked_at(act)


@transaction.atomic
def withdraw_what_is_held(*, kept: Person) -> list[str]:
    """Two people are one by now: invitations to a role that is held, or of which another one waits, are withdrawn.

    A role without account may still be taken up by an invitation. Gives that in a sentence.
    """
    held = set(kept.memberships.running().values_list("organisation", "role")) if kept.has_account else set()
    waiting = MembershipInvitation.objects.filter(
        invitation__in=Invitation.objects.unanswered().filter(person=kept)
    )
    number = 0
    for one in waiting.order_by("-invitation__created_at", "-pk"):
        if (one.organisation_id, one.role) in held:
            invitations.revoke(invitation_id=one.invitation_id, read=NO_PAGE)
            number += 1
        held.add((one.organisation_id, one.role))
    words = ngettext(
        "%(number)d invitation is to what is held or asked already. It is withdrawn.",
        "%(number)d invitations are to what is held or asked already. They are withdrawn.",
        number,
    )
    return [words % {"number": number}] if number else []


@transaction.atomic
def ensure_can_go(*, person: Person) -> None:
    """Raises ValidationError when nobody could do what must be done once this person can sign in no more.

    Under the locks of the person's roles, so that two who go at once do not each count on the other.
    """
    running = Membership.objects.running().filter(person=person)
    roles = roles_under_lock(list(running.values_list("pk", flat=True)))
    ensure_enough_stay(Gone(roles=frozenset(role.pk for role in roles)))
