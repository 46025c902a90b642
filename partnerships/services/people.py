"""Two people who turn out to be one: what both hold is held once. And someone who can sign in no more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core import endings, periods, states
from partnerships.enums import SignUpState
from partnerships.models import Affiliation, GroupSeat, Membership, RoleRequest, SignUp
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.services import doubles
from partnerships.services.locks import roles_under_lock


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None = None) -> list[str]:
    """End what both hold at the same time, on the dropped side; what hung on such a role goes to the one that stays.

    Of two requests that wait at one organisation one goes on: nobody hears of the other, which was the same question.
    All else needs nothing here: its key moves with all others. `by` is a person's id. Gives what was held twice, in
    sentences.
    """
    return [
        *_roles(kept, dropped, by),
        *_affiliations(kept, dropped, by),
        *_seats(kept, dropped, by),
        *_requests(kept, dropped, by),
        *_sign_ups(kept, dropped, by),
    ]


def _roles(kept: Person, dropped: Person, by: int | None) -> list[str]:
    number = 0
    roles = Membership.objects.filter(person=dropped, ended_at=None).select_related("person").order_by("pk")
    for double in roles:
        same = {"organisation": double.organisation_id, "role": double.role}
        stays = Membership.objects.filter(periods.beside(double), person=kept, **same).first()
        if stays is not None:
            number += not periods.is_over(double)
            doubles.one_role(double=double, stays=stays, by=by, act=None)
    words = ngettext(
        "%(number)d role is held already. It goes on once.",
        "%(number)d roles are held already. They go on once.",
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
        "%(number)d partnership knows you in the same way already. That goes on once.",
        "%(number)d partnerships know you in the same way already. That goes on once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _seats(kept: Person, dropped: Person, by: int | None) -> list[str]:
    number = 0
    for seat in GroupSeat.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        if GroupSeat.objects.filter(periods.beside(seat), person=kept, group=seat.group_id).exists():
            endings.end(seat, by=by, subject=dropped.public_id)
            number += 1
    words = ngettext(
        "You sit in %(number)d of these groups already. That seat goes on once.",
        "You sit in %(number)d of these groups already. Those seats go on once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _requests(kept: Person, dropped: Person, by: int | None) -> list[str]:
    waiting = RoleRequest.objects.filter(person=kept).open().values("organisation")
    asked = list(RoleRequest.objects.filter(person=dropped, organisation__in=waiting).open().order_by("pk"))
    for request in asked:
        states.advance(request, "expire", by=by)
    words = ngettext(
        "You asked %(number)d organisation for a role twice. One question is left.",
        "You asked %(number)d organisations for a role twice. One question each is left.",
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
        "You signed up twice for %(number)d call. One sign-up goes on.",
        "You signed up twice for %(number)d calls. One sign-up goes on for each.",
        len(signed_up),
    )
    return [words % {"number": len(signed_up)}] if signed_up else []


@transaction.atomic
def ensure_can_go(*, person: Person) -> None:
    """Raises ValidationError when nobody could do what must be done once this person can sign in no more.

    Under the locks of the person's roles, so that two who go at once do not each count on the other.
    """
    running = Membership.objects.running().filter(person=person)
    roles = roles_under_lock(list(running.values_list("pk", flat=True)))
    ensure_enough_stay(Gone(roles=frozenset(role.pk for role in roles)))
