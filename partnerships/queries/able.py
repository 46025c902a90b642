"""Who is able to act, and what nobody could do any more once some of them are gone.

Able to act is who has a role that runs, an account that works, and a second step where the role asks for one or within
its first days (`MembershipQuerySet.able`); a guard counts those, never rows. Each app adds what
it needs people for: here managers and coordinators, above it teachers and signers (`signals.rights_lowering`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from partnerships import signals
from partnerships.enums import COORDINATING
from partnerships.models import Member, Membership, Partnership
from partnerships.models.memberships import MembershipQuerySet

Sentences = list[str | Promise]


@dataclass(frozen=True)
class Gone:
    """What is about to count no more, by id: roles, roles that lose the right to sign, members that coordinate.

    Whoever leaves on a day that was chosen can act until then, and is not counted among those who stay.

    `teaching` are rows of programmes, by which a role teaches a cohort. `kinds` says which roles they are, where that is
    known: who counts others need not look.
    """

    roles: frozenset[int] = frozenset()
    signing: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    teaching: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    handed: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def role(cls, membership: Membership, handed: Mapping[str, int] | None = None) -> Gone:
        """One role that ends, with the roles that take over what stands under each key (`leaving.Hanging`)."""
        return cls(
            roles=frozenset([membership.pk]),
            kinds=frozenset([membership.role]),
            handed=frozenset((handed or {}).items()),
        )

    def concerns(self, *kinds: str) -> bool:
        """Whether a role of one of these kinds may be among them."""
        return not self.kinds or bool(self.kinds & set(kinds))

    def able(self) -> MembershipQuerySet:
        """The roles that are among those who can act now and will not be any more."""
        return Membership.objects.able().filter(pk__in=self.roles)

    def staying(self) -> MembershipQuerySet:
        """The roles of those who can act, also afterwards."""
        return Membership.objects.able().filter(ends_on=None).exclude(pk__in=self.roles)

    def signing_no_more(self) -> MembershipQuerySet:
        """The roles whose right to sign goes, with the role or without it."""
        return Membership.objects.able().filter(pk__in=self.roles | self.signing)

    def signing_still(self) -> MembershipQuerySet:
        """The roles that carry the right to sign, also afterwards; the mandate is for the caller to ask."""
        return Membership.objects.able().filter(ends_on=None).exclude(pk__in=self.roles | self.signing)


def left_without(gone: Gone) -> Sentences:
    """What nobody could do any more, in sentences that say what comes first; empty when enough people stay.

    Where nobody could before, nothing is lowered. Asked under the lock of whatever lowers it, and by its page.
    """
    found: Sentences = [*_managers(gone), *_coordinators(gone)]
    for _receiver, sentences in signals.rights_lowering.send(sender=Membership, gone=gone):
        found += sentences or ()
    return found


def left_without_member(member: Member) -> Sentences:
    """The same for an organisation that leaves a partnership, or coordinates it no more."""
    return left_without(Gone(members=frozenset([member.pk]))) if member.role in COORDINATING else []


def ensure_enough_stay(gone: Gone) -> None:
    """Raises ValidationError with those sentences."""
    if sentences := left_without(gone):
        raise ValidationError([str(sentence) for sentence in sentences])


def _managers(gone: Gone) -> Iterator[Promise]:
    if not gone.concerns(Role.MANAGER):
        return
    staying = gone.staying().filter(role=Role.MANAGER)
    last = gone.able().filter(role=Role.MANAGER).exclude(organisation__in=staying.values("organisation"))
    for organisation in sorted({row.organisation.name for row in last.select_related("organisation")}):
        yield format_lazy(
            _("Nobody could manage {organisation} any more. Invite another manager first."),
            organisation=organisation,
        )


def _coordinators(gone: Gone) -> Iterator[Promise]:
    if not gone.concerns(Role.COORDINATOR):
        return
    members = Member.objects.running().filter(role__in=COORDINATING)
    coordinators = Membership.objects.able().filter(role=Role.COORDINATOR)
    losing = gone.able().filter(role=Role.COORDINATOR).values("organisation")
    hit = members.filter(Q(pk__in=gone.members) | Q(organisation__in=losing)).values("partnership")
    leading = members.filter(partnership=OuterRef(OuterRef("pk"))).values("organisation")
    staying = gone.staying().filter(role=Role.COORDINATOR)
    found = Partnership.objects.filter(periods.not_over(), pk__in=hit).annotate(
        is_led=Exists(members.filter(partnership=OuterRef("pk")).exclude(pk__in=gone.members)),
        could=Exists(coordinators.filter(organisation__in=leading)),
        can=Exists(staying.filter(organisation__in=leading.exclude(pk__in=gone.members))),
    )
    for name, is_led, could, can in found.order_by("name").values_list("name", "is_led", "could", "can"):
        if not is_led or (could and not can):
            yield format_lazy(
                _("Nobody could coordinate {partnership} any more. See to another coordinator first."),
                partnership=name,
            )
