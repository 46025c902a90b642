"""The links with which people object to signatures on paper: they work as long as the signature says something."""

from __future__ import annotations

from django.db import transaction

from accounts.models import PersonalLink
from accounts.services import links
from agreements import rules
from agreements.models import AgreementVersion, SignatureLink
from core.models import StateChange
from core.readlog import unseen


@unseen()
@transaction.atomic
def follow(*, change: StateChange) -> None:
    """A text has another state: links are withdrawn whose signature says nothing any more.

    Where that is taken back they work again, but for those in place of which there is a newer one. Whoever objected may
    see that again.
    """
    if change.model != AgreementVersion._meta.label_lower:
        return
    rows = SignatureLink.objects.filter(
        link__renewed_by=None, signature__version=int(change.object_id), signature__objection=None
    )
    about = PersonalLink.objects.filter(pk__in=rows.values("link"))
    if rules.counts_still(AgreementVersion.objects.get(pk=change.object_id)):
        links.give_back(links=about)
    elif about:
        links.revoke(links=about)
