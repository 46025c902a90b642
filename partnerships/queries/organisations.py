"""Organisations that a page acts for, and those that a form lets one choose from."""

from __future__ import annotations

from core.lookups import keys_of
from partnerships.actors import Actor
from partnerships.enums import EMPLOYER_KINDS
from partnerships.models import Member, Organisation, Partnership
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.models.partnerships import MemberQuerySet


def own_organisation(actor: Actor, slug: str) -> Organisation | None:
    """The organisation with this address at which the actor has a role, whichever that is.

    Nothing is asked of the database: the actor knows what pages print of it (key, address, name and kind).
    """
    for held in actor.held:
        if held.slug == slug:
            return Organisation(pk=held.organisation_id, slug=held.slug, name=held.name, kind=held.kind)
    return None


def employer_of(actor: Actor, slug: str) -> Organisation | None:
    """The same when it is an employer."""
    own = own_organisation(actor, slug)
    return own if own is not None and own.kind in EMPLOYER_KINDS else None


def leads_to(slug: str, actor: Actor | None) -> str | None:
    """Where the address of a merged organisation leads now; only for one with a public page, and for its own people."""
    former = Organisation.objects.filter(slug=slug, merged_into__isnull=False).select_related("merged_into")
    found = former.first()
    if found is None or found.merged_into is None:
        return None
    own = actor is not None and found.merged_into_id in actor.organisations()
    return found.merged_into.slug if own or found.is_published else None


def employers() -> OrganisationQuerySet:
    """Every employer of the portal, by name."""
    return Organisation.objects.employers().for_list()


def members_of(partnership: Partnership) -> OrganisationQuerySet:
    """The organisations that take part in a partnership today, by name."""
    return Organisation.objects.filter(pk__in=keys_of(_members(partnership), "organisation")).for_list()


def members_today(partnership_id: int) -> MemberQuerySet:
    """Who takes part in a partnership today, with the organisations, by name: found by key, not by reading all there are."""
    running = Member.objects.running().filter(partnership=partnership_id)
    return Member.objects.filter(pk__in=keys_of(running)).for_list()


def is_member(organisation: Organisation | None, partnership: Partnership) -> bool:
    """Whether an organisation takes part in a partnership today."""
    return organisation is not None and _members(partnership).filter(organisation=organisation).exists()


def _members(partnership: Partnership) -> MemberQuerySet:
    return Member.objects.running().filter(partnership=partnership)
