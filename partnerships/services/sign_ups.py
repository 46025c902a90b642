"""From a confirmed sign-up to a partner: the organisation, its place in the partnership, its first manager."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.slugs import save_with_slug
from partnerships.enums import OrganisationKind, SignUpState
from partnerships.models import Call, Member, Organisation, SignUp
from partnerships.services import members, memberships


@transaction.atomic
def save_call(*, call: Call) -> Call:
    """Keep a call. Raises ValidationError when another of that study year has the title."""
    save_with_slug(call, call.title)
    return call


@transaction.atomic
def accept(
    *, sign_up_id: int, by: int, organisation: Organisation | None, kind: OrganisationKind | str
) -> Organisation:
    """Take an employer in: link or make its organisation, let it join, invite its contact as manager.

    Without `organisation` a new one of `kind` is made. Raises ValidationError for one that was never confirmed or
    was accepted before.
    """
    sign_up = _locked(sign_up_id)
    if sign_up.confirmed_at is None:
        raise ValidationError(_("This sign-up has not been confirmed by mail yet."))
    if sign_up.organisation_id:
        raise ValidationError(_("This sign-up was accepted before."))
    partnership = sign_up.call.partnership
    if organisation is None:
        organisation = Organisation(
            name=sign_up.organisation_name,
            kind=kind,
            province=partnership.provinces[0] if partnership.provinces else "",
            town=sign_up.neighbourhood,
            is_published=False,
        )
        save_with_slug(organisation, organisation.name)
    if not Member.objects.running().filter(partnership=partnership, organisation=organisation).exists():
        members.add(partnership_id=partnership.pk, organisation=organisation, role="member")
    if not organisation.memberships.running().filter(role=Role.MANAGER).exists():
        memberships.invite(
            organisation_id=organisation.pk,
            email=sign_up.email,
            role=Role.MANAGER,
            by=by,
            may_sign=True,
        )
    sign_up.organisation = organisation
    sign_up.save(update_fields=["organisation"])
    if sign_up.state in {SignUpState.INTEREST, SignUpState.TALKING}:
        states.advance(sign_up, "pledge", by=by)
    return organisation


@transaction.atomic
def move(*, sign_up_id: int, action: str, by: int, reason: str = "") -> SignUp:
    """Take an employer a step further, or note why it drops out."""
    sign_up = _locked(sign_up_id)
    states.advance(sign_up, action, by=by, reason=reason)
    return sign_up


def _locked(sign_up_id: int) -> SignUp:
    return (
        SignUp.objects.select_for_update(of=("self",), no_key=True)
        .select_related("call__partnership")
        .get(pk=sign_up_id)
    )
