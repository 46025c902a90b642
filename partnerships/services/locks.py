"""Which row is locked first, so that two who change the same rights at once come one after the other."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from accounts.enums import Role
from partnerships.enums import COORDINATING
from partnerships.models import (
    Affiliation,
    Call,
    CooperationVersion,
    Document,
    Group,
    Initiative,
    Location,
    Member,
    Membership,
    Organisation,
    Partnership,
    SignUp,
)
from partnerships.rules.parts import Part

_MAKING_AN_ORGANISATION = 11_000_001


def making_an_organisation() -> None:
    """One at a time: whoever makes the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING_AN_ORGANISATION])


def role_under_lock(membership_id: int) -> Membership:
    """A role under the locks of what it gives rights in, with person and organisation."""
    return roles_under_lock([membership_id])[0]


def roles_under_lock(membership_ids: Collection[int]) -> list[Membership]:
    """Roles, each under the lock of its organisation and of the partnerships that it coordinates, by id.

    Organisations come before partnerships, and each in order, so that nobody waits for somebody who waits.
    """
    found = Membership.objects.filter(pk__in=membership_ids)
    lock_organisations(found.values_list("organisation", flat=True))
    coordinating = found.filter(role=Role.COORDINATOR).values("organisation")
    led = Member.objects.running().filter(role__in=COORDINATING, organisation__in=coordinating)
    partnerships = Partnership.objects.select_for_update(of=("self",), no_key=True)
    list(partnerships.filter(pk__in=led.values("partnership")).order_by("pk"))
    return list(found.select_related("person__user", "organisation").order_by("pk"))


def lock_organisations(ids: Collection[int]) -> None:
    """Take the locks of these organisations."""
    organisations = Organisation.objects.select_for_update(of=("self",), no_key=True)
    list(organisations.filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def organisation_under_lock(organisation_id: int) -> Organisation:
    """The organisation, so that what rests on it being there, or on who works there, changes one after the other."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)


def partnership_under_lock(partnership_id: int) -> Partnership:
    """The partnership, so that members and roles in it change one after the other."""
    return Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership_id)


def member_under_lock(member_id: int) -> Member:
    """A member under the lock of its partnership, with its organisation."""
    found = Member.objects.only("partnership_id").get(pk=member_id)
    partnership_under_lock(found.partnership_id)
    return Member.objects.select_related("organisation", "partnership", "join_request").get(pk=member_id)


def group_under_lock(group_id: int) -> Group:
    """A group with its partnership, so that its seats are given and ended one after the other."""
    rows = Group.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership").get(pk=group_id)


def call_under_lock(call_id: int) -> Call:
    """A call with its partnership, so that it is closed and answered one after the other."""
    rows = Call.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership").get(pk=call_id)


def initiative_under_lock(initiative_id: int) -> Initiative:
    """An initiative with its partnership, so that its phases and results change one after the other."""
    rows = Initiative.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership").get(pk=initiative_id)


def part_under_lock(part: Part) -> Part:
    """An action line or theme with its partnership, so that it is changed and ended one after the other."""
    rows = type(part)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership").get(pk=part.pk)


def document_under_lock(document_id: int) -> Document:
    """A document with its partnership and group, so that its versions come one after the other."""
    rows = Document.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "group").get(pk=document_id)


def cooperation_under_lock(version_id: int) -> CooperationVersion:
    """A version of a cooperation agreement with all in it, so that texts and signatures come one after the other."""
    partnership_under_lock(
        CooperationVersion.objects.only("partnership_id").get(pk=version_id).partnership_id
    )
    rows = CooperationVersion.objects.select_for_update(of=("self",), no_key=True)
    return rows.with_text().get(pk=version_id)


def affiliation_under_lock(affiliation_id: int) -> Affiliation:
    """That someone takes part, with person and partnership."""
    rows = Affiliation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "person__user").get(pk=affiliation_id)


def location_under_lock(location_id: int) -> Location:
    """A location with its organisation, so that it closes and goes on one after the other."""
    rows = Location.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=location_id)


def reopening_under_lock(location_id: int) -> Location:
    """The same under the locks of the partnerships that its organisation is in: what comes online there is in one."""
    around = Partnership.objects.select_for_update(of=("self",), no_key=True)
    inside = Member.objects.running().filter(organisation__locations=location_id)
    list(around.filter(pk__in=inside.values("partnership")).order_by("pk").values_list("pk"))
    return location_under_lock(location_id)


def sign_up_under_lock(sign_up_id: int) -> SignUp:
    """A sign-up with its call, the partnership and who gave it, so that what it says changes one after the other."""
    rows = SignUp.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("call__partnership", "contact__user").get(pk=sign_up_id)
