"""Of which class the fields of this app are: a contract is kept to its term, also when someone asks for erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core.privacy.declared import COUNTER, KEY, AtErasure, Hold, Keep, Personal, Term

_PLACEMENT = "agreement__placement"
_KEPT = "a contract of three parties: kept to its term, with the names it was signed with"


def over(path: str, day: dt.date, *, subsidised: bool) -> Q:
    """Rows of agreements on a placement (at `path`) that ended before the day; all of one placement go together."""
    agreements = apps.get_model("agreements", "Agreement").objects.filter(placement=OuterRef(path))
    accounted = Q(Exists(agreements.filter(for_subsidy=True)))
    in_force = Q(Exists(agreements.filter(state="active")))
    return Q(**{f"{path}__ends_on__lt": day}) & ~in_force & (accounted if subsidised else ~accounted)


def _keeps(path: str, due: Callable[..., Q] = over) -> list[Keep]:
    return [
        Keep(term=Term.CONTRACT, due=partial(due, path, subsidised=False)),
        Keep(term=Term.SUBSIDY, due=partial(due, path, subsidised=True)),
    ]


PERSONAL = (
    Personal(
        model="agreements.Agreement",
        of=["placement__student__person"],
        contract="placement number follows state activated_at ended_on for_subsidy",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps("placement"),
        ends="placement__ends_on",
    ),
    Personal(
        model="agreements.AgreementVersion",
        of=[f"{_PLACEMENT}__student__person", "trainer__person", "contact__person"],
        contract="agreement number kind state changes reason effective_from holds parties starts_on ends_on "
        "minutes_per_week week total_hours hours_per_year hours_reason breaks location practice_trainer school_contact "
        "trainer contact guidance content assessment ending digest signed_digest asked_at waits_since signed_at "
        "created_at created_by",
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps(_PLACEMENT),
        ends=f"{_PLACEMENT}__ends_on",
    ),
    Personal(
        model="agreements.AccreditationGround",
        of=[f"version__{_PLACEMENT}__student__person"],
        contract="version accreditation at",
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps(f"version__{_PLACEMENT}"),
        ends=f"version__{_PLACEMENT}__ends_on",
    ),
    Personal(
        model="agreements.Signature",
        of=[f"version__{_PLACEMENT}__student__person", "person"],
        contract="version signer person name capacity method signed_on by at scan scan_name scan_digest replaces",
        none={"public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps(f"version__{_PLACEMENT}"),
        ends=f"version__{_PLACEMENT}__ends_on",
    ),
    Personal(
        model="agreements.SignedDocument",
        of=[f"version__{_PLACEMENT}__student__person"],
        contract="version file digest at",
        none={"public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps(f"version__{_PLACEMENT}"),
        ends=f"version__{_PLACEMENT}__ends_on",
    ),
    Personal(
        model="agreements.SignatureObjection",
        of=["signature__person"],
        contract="signature reason at",
        at_erasure=AtErasure.STAYS,
        why_stays=_KEPT,
        keeps=_keeps(f"signature__version__{_PLACEMENT}"),
        ends=f"signature__version__{_PLACEMENT}__ends_on",
    ),
    Personal(
        model="agreements.SignatureLink",
        of=["link__person"],
        trace="link signature",
        keeps=_keeps(f"signature__version__{_PLACEMENT}"),
        ends=f"signature__version__{_PLACEMENT}__ends_on",
    ),
)

HOLDS = (
    Hold(
        model="agreements.Agreement",
        person="placement__student__person",
        holds=lambda _day: Q(state__in=("signing", "active")),
    ),
)
