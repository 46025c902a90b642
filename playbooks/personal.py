"""Of which class the fields of this app are: a playbook names nobody; who wants one too is known for a while."""

from __future__ import annotations

from django.db.models import Q

from core.privacy.declared import (
    COUNTER,
    KEY,
    LINK,
    ORGANISATION,
    AtErasure,
    Hold,
    Keep,
    Personal,
    Term,
    since,
)

_FORGOTTEN = {"contact": None, "question": "", "answer": ""}
_PARTNERSHIP = "what a partnership chose; who pressed the button has no name any more"
_NOTHING = Q(**_FORGOTTEN)

PERSONAL = (
    Personal(
        model="playbooks.Playbook",
        none={"row_version": COUNTER, "slug": KEY, "partnership": ORGANISATION},
    ),
    Personal(
        model="playbooks.PlaybookVersion",
        none={
            "row_version": COUNTER,
            "playbook": LINK,
            "number title summary needed duration costs news state published_on": ORGANISATION,
        },
    ),
    Personal(
        model="playbooks.PlaybookPart",
        none={
            "row_version": COUNTER,
            "key": KEY,
            "version": LINK,
            "kind title body details position origin": ORGANISATION,
        },
    ),
    Personal(
        model="playbooks.PlaybookLead",
        of=["contact"],
        identity="contact question answer",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "version": LINK,
            "organisation_name town consented_at state": ORGANISATION,
        },
        at_erasure=AtErasure.BLANKED,
        blank=_FORGOTTEN,
        keeps=[
            Keep(
                term=Term.CALL_CONTACT,
                due=lambda day: since("consented_at")(day) & ~_NOTHING,
                write=_FORGOTTEN,
            ),
        ],
    ),
    Personal(
        model="playbooks.PlaybookAdoption",
        of=["by"],
        governance="by at",
        none={"partnership version": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays=_PARTNERSHIP,
    ),
    Personal(
        model="playbooks.AdoptedPart",
        none={
            "row_version": COUNTER,
            "key": KEY,
            "adoption base": LINK,
            "kind title body details position is_left": ORGANISATION,
        },
    ),
    Personal(
        model="playbooks.PartChoice",
        of=["by"],
        governance="by at",
        none={"part undoes": LINK, "choice number before row_version_after": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays=_PARTNERSHIP,
    ),
    Personal(
        model="playbooks.PlaybookOffer",
        of=["by"],
        governance="by offered_at",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "part": LINK,
            "kind title body details why state": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_PARTNERSHIP,
    ),
)
HOLDS = (
    Hold(
        model="playbooks.PlaybookLead",
        person="contact",
        holds=lambda _day: Q(contact__isnull=False),
        stops=False,
    ),
)
