"""Requests to join: which partnerships and organisations can be asked, and what waits for whom."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils import timezone

from partnerships.enums import JoinRequestKind, JoinRequestState
from partnerships.models import JoinRequest, Member, Organisation, Partnership
from partnerships.models.join_requests import MENDED_WITHIN, VALID_FOR, JoinRequestQuerySet
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.models.partnerships import PartnershipQuerySet
from partnerships.queries.people import managed
from partnerships.queries.role_requests import SHORTEST


def can_be_invited(partnership: Partnership) -> OrganisationQuerySet:
    """The organisations that do not take part in a partnership today and were not asked, by name."""
    members = Member.objects.running().filter(partnership=partnership)
    asked = JoinRequest.objects.open().filter(partnership=partnership)
    return (
        Organisation.objects.standing()
        .exclude(pk__in=members.values("organisation"))
        .exclude(pk__in=asked.values("organisation"))
        .for_list()
    )


def partnerships_named(text: str, organisation: Organisation) -> PartnershipQuerySet:
    """Running partnerships with a public page that the organisation can ask, whose name holds the text; by name.

    None for a text of fewer than three letters.
    """
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return Partnership.objects.none()
    return can_be_asked(organisation).filter(name__icontains=text).for_list()


def can_be_asked(organisation: Organisation) -> PartnershipQuerySet:
    """Running partnerships with a public page in which the organisation does not take part."""
    part = Member.objects.running().filter(organisation=organisation, partnership=OuterRef("pk"))
    return Partnership.objects.published().running().filter(~Exists(part))


def to_answer_by_organisation(organisation_id: int) -> JoinRequestQuerySet:
    """The invitations that wait for the managers of an organisation."""
    invited = JoinRequest.objects.open().filter(kind=JoinRequestKind.INVITED, organisation=organisation_id)
    return invited.for_list()


def waiting_in_partnership(partnership_id: int) -> JoinRequestQuerySet:
    """All that wait in a partnership, each with `can_act`: whether the organisation has someone who can answer."""
    waiting = JoinRequest.objects.open().filter(partnership=partnership_id)
    return waiting.with_can_act(managed()).for_list()


def answered_in_partnership(partnership_id: int) -> JoinRequestQuerySet:
    """What was answered, withdrawn or expired in a partnership of late, as long as it can be taken back; newest first."""
    since = timezone.now() - VALID_FOR - dt.timedelta(days=MENDED_WITHIN)
    answered = JoinRequest.objects.filter(partnership=partnership_id, asked_at__gte=since)
    return answered.exclude(state=JoinRequestState.OPEN).newest_first()


def has_asked(organisation: Organisation, partnership: Partnership) -> bool:
    """Whether an organisation asks to take part and waits for the answer."""
    asked = JoinRequest.objects.open().filter(kind=JoinRequestKind.ASKED)
    return asked.between(partnership.pk, organisation.pk).exists()


def is_newest(request: JoinRequest) -> bool:
    """Whether the two sides have not asked each other again since."""
    later = JoinRequest.objects.between(request.partnership_id, request.organisation_id)
    return not later.filter(pk__gt=request.pk).exists()
