"""Which invitations could not be delivered, and why: for whoever invited and can put the address right."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from core.models import OutgoingMail

INVITATION = "accounts.invitation"
WRONG = (OutgoingMail.State.FAILED, OutgoingMail.State.HELD)
UNKNOWN = "unknown"
OWN_ADDRESS = "own_address"  # of someone with an account: others know no more than that mail does not arrive


def undelivered(invitation: str = "") -> Coalesce:
    """Why the mail of an invitation did not go, one of the reasons or `UNKNOWN`; empty when it went or waits.

    `invitation` is the way to it from the rows that are asked; of those rows themselves it is empty. Whoever sends an
    invitation again stops the mail that failed, so what failed is what was sent last.
    """
    way = f"{invitation}__" if invitation else ""
    mails = _wrong(OuterRef(f"{way}person"), OuterRef(f"{way}email"))
    why = Coalesce(NullIf("trouble", Value("")), Value(UNKNOWN))
    return Coalesce(Subquery(mails.order_by("-pk").values(why=why)[:1]), Value(""))


def is_undelivered(invitation: str) -> Q:
    """A condition on rows with an invitation: it waits for an answer, and its mail did not go."""
    way = f"{invitation}__"
    waits = Q(**{f"{invitation}__isnull": False, f"{way}accepted_at": None, f"{way}revoked_at": None})
    return waits & Q(Exists(_wrong(OuterRef(f"{way}person"), OuterRef(f"{way}email"))))


def last_went_wrong(person: Any, address: str) -> str:
    """Why the newest mail to someone at this address did not go, in the same words; empty when it went or waits."""
    mails = OutgoingMail.objects.filter(person=person, to_email=address)
    known = mails.exclude(state__in=[OutgoingMail.State.CANCELLED, OutgoingMail.State.TOLD])
    newest = known.order_by("-created_at", "-pk").values_list("state", "trouble").first()
    return (newest[1] or UNKNOWN) if newest and newest[0] in WRONG else ""


def _wrong(person: Any, email: Any) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(person=person, to_email=email, kind=INVITATION, state__in=WRONG)
