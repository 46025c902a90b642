"""What stands twice when two rows turn out to be one: the one that goes on gets what hangs on the other."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import endings, merging, periods, states
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.enums import PartnerState
from partnerships.models import (
    CooperationParty,
    GroupExpectation,
    InitiativePartner,
    JoinRequest,
    Location,
    Member,
    Membership,
    Organisation,
    RoleRequest,
)
from partnerships.services import locations


@transaction.atomic
def one_role(*, double: Membership, stays: Membership, by: int | None, act: StateChange | None) -> None:
    """A person held one role twice: what hung on the double goes to the one that stays, and the double ends."""
    merging.hand_over(stays, double)
    subject = double.person.public_id
    ended = endings.end(double, by=by, cause=act, subject=subject)
    for mandate in double.mandates.filter(ended_at=None):  # which the role that stays has already
        endings.end(mandate, by=by, cause=ended, subject=subject)


@transaction.atomic
def of_organisations(*, kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    """Solve what would stand twice of two organisations. Gives how, in sentences."""
    return [
        *_roles(kept, dropped, by, act),
        *_members(kept, dropped, by, act),
        *_join_requests(kept, dropped, by, act),
        *_role_requests(kept, dropped, by, act),
        *_partners(kept, dropped),
        *_expectations(kept, dropped),
        *_parties(kept, dropped),
        *_locations(kept, dropped, by),
    ]


def _roles(kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    number = 0
    roles = Membership.objects.filter(organisation=dropped, ended_at=None).select_related("person")
    for double in roles.order_by("pk"):
        same = {"organisation": kept, "person": double.person_id, "role": double.role}
        stays = Membership.objects.filter(periods.beside(double), **same).first()
        if stays is not None:
            number += not periods.is_over(double)
            one_role(double=double, stays=stays, by=by.person_id, act=act)
    words = ngettext(
        "%(number)d person has the same role at both. It is kept once, with everything attached to it.",
        "%(number)d people have the same role at both. It is kept once, with everything attached to it.",
        number,
    )
    return [words % {"number": number}] if number else []


def _members(kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    """The row that coordinates goes on, else that of the organisation that stays."""
    solved = []
    rows = Member.objects.filter(organisation=dropped, ended_at=None).select_related("partnership")
    for double in rows.order_by("pk"):
        for stays in Member.objects.filter(
            periods.beside(double), organisation=kept, partnership=double.partnership_id
        ):
            goes = stays if double.coordinates and not stays.coordinates else double
            goes_on = stays if goes is double else double
            if not periods.is_over(goes):
                words = _("Both take part in %(partnership)s. That is kept once, as %(role)s.")
                role = goes_on.get_role_display().lower()
                solved.append(words % {"partnership": double.partnership, "role": role})
            endings.end(goes, by=by.person_id, cause=act)
            if goes is double:
                break
    return solved


def _join_requests(kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    """One question for one partnership; none where the other takes part."""
    solved = []
    for mine, other in ((dropped, kept), (kept, dropped)):
        waiting = JoinRequest.objects.filter(organisation=other).open()
        takes_part = Member.objects.running().filter(organisation=other)
        for request in JoinRequest.objects.filter(organisation=mine).open().select_related("partnership"):
            asks_too = mine == dropped and waiting.filter(partnership=request.partnership_id).exists()
            if asks_too or takes_part.filter(partnership=request.partnership_id).exists():
                states.advance(request, "expire", by=by.person_id, cause=act)
                words = _(
                    "Both wait for an answer of %(partnership)s, or one takes part already. One is left."
                )
                solved.append(words % {"partnership": request.partnership})
    return solved


def _role_requests(kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    waiting = RoleRequest.objects.filter(organisation=kept).open().values("person")
    doubles = list(RoleRequest.objects.filter(organisation=dropped, person__in=waiting).open().order_by("pk"))
    for request in doubles:
        states.advance(request, "expire", by=by.person_id, cause=act)
    words = ngettext(
        "%(number)d person asks both for a role. One question is left.",
        "%(number)d people ask both for a role. One question each is left.",
        len(doubles),
    )
    return [words % {"number": len(doubles)}] if doubles else []


def _partners(kept: Organisation, dropped: Organisation) -> list[str]:
    """One row for an initiative: that of whoever takes part in it."""
    own = {row.initiative_id: row for row in InitiativePartner.objects.filter(organisation=kept)}
    doubles = InitiativePartner.objects.filter(organisation=dropped, initiative__in=own)
    number = 0
    for double in doubles.order_by("pk"):
        stays = own[double.initiative_id]
        if double.state == PartnerState.JOINED != stays.state:
            for name in ("state", "role", "starts_on", "ends_on", "contact"):
                setattr(stays, name, getattr(double, name))
            stays.save()
        double.delete()
        number += 1
    words = ngettext(
        "Both are named at %(number)d initiative. It names them once.",
        "Both are named at %(number)d initiatives. Those name them once.",
        number,
    )
    return [words % {"number": number}] if number else []


def _expectations(kept: Organisation, dropped: Organisation) -> list[str]:
    """Groups that expect delegates of both expect those of one: as many as of the one of which they expect most."""
    solved = []
    own = {row.group_id: row for row in GroupExpectation.objects.filter(organisation=kept)}
    doubles = GroupExpectation.objects.filter(organisation=dropped, group__in=own).select_related("group")
    for double in doubles.order_by("pk"):
        stays = own[double.group_id]
        stays.number = max(stays.number, double.number)
        stays.save(update_fields=["number"])
        double.delete()
        words = _("%(group)s expects delegates of both. It expects them once.")
        solved.append(words % {"group": double.group})
    return solved


def _parties(kept: Organisation, dropped: Organisation) -> list[str]:
    """A draft that both were to sign is signed once; where signatures were asked the rows stand, and readers follow."""
    drafts = CooperationParty.objects.exclude(CooperationParty.STANDS)
    both = drafts.filter(organisation=dropped, version__in=drafts.filter(organisation=kept).values("version"))
    solved = []
    for double in both.select_related("version__partnership").order_by("pk"):
        words = _("Both were to sign the cooperation agreement of %(partnership)s. It is signed once.")
        solved.append(words % {"partnership": double.version.partnership})
        double.delete()
    return solved


def _locations(kept: Organisation, dropped: Organisation, by: Actor) -> list[str]:
    """Open locations of one name become one, since a name stands once."""
    solved = []
    there = {row.name: row for row in Location.objects.filter(organisation=kept, ends_on=None)}
    for double in Location.objects.filter(organisation=dropped, ends_on=None).order_by("pk"):
        if double.name in there:
            one, other = merging.both_under_lock(Location.objects.all(), there[double.name].pk, double.pk)
            locations.make_one(kept=one, dropped=other, by=by)
            words = _("Both have a location %(name)s. These become one.")
            solved.append(words % {"name": double.name})
    return solved
