"""Organisations join and leave a partnership."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import periods
from core.dates import today
from partnerships.enums import COORDINATING, MemberRole
from partnerships.models import Member, Organisation, Partnership
from partnerships.models.partnerships import IS_A_MEMBER
from partnerships.queries.organisations import is_member


@transaction.atomic
def add(*, partnership_id: int, organisation: Organisation, role: MemberRole | str) -> Member:
    """Let an organisation join from today on. Raises ValidationError when it is a member already."""
    partnership = _locked(partnership_id)
    if is_member(organisation, partnership):
        raise ValidationError(IS_A_MEMBER)
    return Member.objects.create(
        partnership=partnership, organisation=organisation, role=role, starts_on=today()
    )


@transaction.atomic
def change_role(*, member_id: int, role: MemberRole | str) -> Member:
    """Give a member another role. Raises ValidationError when nobody would coordinate any more."""
    member = _member(member_id)
    if role not in COORDINATING:
        _keep_a_coordinator(member)
    member.role = role
    member.save(update_fields=["role"])
    return member


@transaction.atomic
def end(*, member_id: int) -> Member:
    """Let an organisation leave, from this moment on: today was its last day.

    Raises ValidationError when it had left before, or when nobody would coordinate any more.
    """
    member = _member(member_id)
    if periods.is_over(member):
        raise ValidationError(_("This membership had already ended."))
    _keep_a_coordinator(member)
    periods.end(member)
    return member


def _locked(partnership_id: int) -> Partnership:
    """The partnership under its lock."""
    return Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership_id)


def _member(member_id: int) -> Member:
    """The member under the lock of its partnership, so that two changes come one after the other."""
    found = Member.objects.only("partnership_id").get(pk=member_id)
    _locked(found.partnership_id)
    return Member.objects.select_related("organisation").get(pk=member_id)


def _keep_a_coordinator(member: Member) -> None:
    """Raises ValidationError when this is the last member that leads or coordinates."""
    others = (
        Member.objects.running()
        .filter(partnership=member.partnership_id, role__in=COORDINATING)
        .exclude(pk=member.pk)
    )
    if member.role in COORDINATING and not others.exists():
        raise ValidationError(
            _("This is the last organisation that coordinates. Give another member that role first.")
        )
