"""The links with which people object to signatures on paper: they work as long as an objection would count."""

from __future__ import annotations

from django.db import transaction

from accounts.models import PersonalLink
from accounts.services import links
from agreements import rules
from agreements.models import Agreement, AgreementVersion, SignatureLink
from core.models import StateChange
from core.readlog import unseen


@unseen()
@transaction.atomic
def follow(*, change: StateChange) -> None:
    """An agreement or a text of it has another state: links whose signature counts no more are withdrawn.

    Where that is taken back they work again, but for those in place of which there is a newer one.
    """
    rows = SignatureLink.objects.filter(link__renewed_by=None).select_related("signature")
    if change.model == Agreement._meta.label_lower:
        rows = rows.filter(signature__version__agreement=int(change.object_id))
    elif change.model == AgreementVersion._meta.label_lower:
        rows = rows.filter(signature__version__agreement__versions=int(change.object_id))
    else:
        return
    about = {row.link_id: row.signature.version_id for row in rows}
    if not about:
        return
    agreement = Agreement.objects.for_page().get(versions=next(iter(about.values())))
    counting = {text.pk for text in agreement.texts if rules.counts_still(agreement, text)}
    standing = {link for link, text in about.items() if text in counting}
    links.revoke(links=PersonalLink.objects.filter(pk__in=about.keys() - standing))
    links.give_back(links=PersonalLink.objects.filter(pk__in=standing))
