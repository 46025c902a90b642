"""What this app does when something happens in an app below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import PersonalLink
from accounts.queries.verifying import Known
from accounts.signals import file_asked, personal_link_renewed
from agreements.models import Agreement, AgreementVersion
from agreements.queries import able
from agreements.queries.leaving import consequences, of_break_off
from agreements.queries.named import hangs_on
from agreements.queries.verifying import signed_as
from agreements.rules import can_read
from agreements.services import agreements, objections, signatures
from core import readlog
from core.models import StateChange, StoredFile
from core.signals import something_found
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.queries.able import Gone, Sentences
from partnerships.queries.leaving import Hanging
from partnerships.signals import rights_lowering, role_leaving_considered
from placements.models import Placement
from placements.signals import (
    accreditation_verified,
    break_off_considered,
    placement_broken_off,
    placement_completed,
    placement_confirmed,
    placement_restored,
)
from programmes.models import AccreditationCheck
from students.models import Enrolment
from students.signals import leaving_considered


@receiver(file_asked, dispatch_uid="agreements.known_file")
def known_file(sender: Any, digest: str, actor: Actor | None, **kwargs: Any) -> Known | None:
    """Which signed version a file or checksum is: number and day to anyone, the way to it for who may read it."""
    version = signed_as(digest)
    if version is None or version.signed_at is None:
        return None
    what = _("version %(number)s of a practice agreement, signed by all") % {"number": version.number}
    url = reverse("agreements:agreement-version", args=[version.agreement.public_id, version.number])
    return Known(what, version.signed_at, url if _may_read(actor, version.agreement_id) else "")


@receiver(something_found, dispatch_uid="agreements.tell_found")
def tell_found(sender: Any, file: StoredFile, **kwargs: Any) -> None:
    """Something was found in a file: when it is a scan of a signature, who recorded that hears of it."""
    signatures.tell_found(file=file)


def _may_read(actor: Actor | None, agreement_id: int) -> bool:
    if actor is None:
        return False
    with readlog.unseen():
        agreement = Agreement.objects.visible_to(actor).for_page().filter(pk=agreement_id).first()
        return agreement is not None and bool(can_read(actor, agreement))


@receiver(placement_confirmed, dispatch_uid="agreements.draft")
def draft(sender: Any, placement: Placement, by: Actor, **kwargs: Any) -> None:
    """A placement begins with the draft of its agreement."""
    agreements.draft(placement_id=placement.pk, by=by)


@receiver(placement_broken_off, dispatch_uid="agreements.close")
def close(
    sender: Any,
    placement: Placement,
    last_day: date,
    reason: str,
    by: Actor,
    cause: StateChange,
    **kwargs: Any,
) -> None:
    """A placement broke off: its agreement ends with it, or lapses."""
    agreements.close_for_placement(
        placement_id=placement.pk, last_day=last_day, reason=reason, by=by, cause=cause
    )


@receiver(placement_restored, dispatch_uid="agreements.restore")
def restore(sender: Any, by: Actor, act: StateChange, undo: StateChange, **kwargs: Any) -> None:
    """A placement goes on after all, and its agreement with it."""
    agreements.restore_for_placement(act=act, by=by, undo=undo)


@receiver(leaving_considered, dispatch_uid="agreements.would_end")
def would_end(sender: Any, enrolment: Enrolment, **kwargs: Any) -> list[str | Promise]:
    """A teacher is about to take a student out: which agreements end."""
    return consequences(enrolment)


@receiver(break_off_considered, dispatch_uid="agreements.would_end_too")
def would_end_too(sender: Any, placement: Placement, **kwargs: Any) -> list[str | Promise]:
    """Someone is about to end a placement: which agreement ends with it."""
    return of_break_off(placement)


@receiver(placement_completed, dispatch_uid="agreements.lapse")
def lapse(sender: Any, placement: Placement, **kwargs: Any) -> None:
    """What never got its signatures lapses with the placement; active ones complete on their own last day."""
    reason = str(_("The placement is over."))
    agreements.lapse_for_placement(placement_id=placement.pk, reason=reason)


@receiver(accreditation_verified, dispatch_uid="agreements.activate")
def activate(sender: Any, check: AccreditationCheck, by: Actor, **kwargs: Any) -> None:
    """Agreements that only waited for this accreditation come into force."""
    signatures.activate_ready(organisation_id=check.employer_id, by=by)


@receiver(personal_link_renewed, dispatch_uid="agreements.renew_link")
def renew_link(sender: Any, former: PersonalLink, link: PersonalLink, **kwargs: Any) -> None:
    """A personal link took the place of another: it is about the same signature, if the other was about one."""
    signatures.renew_link(former=former, link=link)


@receiver(post_save, sender=StateChange, dispatch_uid="agreements.links_follow")
def links_follow(sender: Any, instance: StateChange, created: bool, **kwargs: Any) -> None:
    """Something has another state: links to objections are withdrawn with the text that they are about."""
    if created and instance.model == AgreementVersion._meta.label_lower:
        objections.follow(change=instance)


@receiver(rights_lowering, dispatch_uid="agreements.ask_for_signers")
def ask_for_signers(sender: Any, gone: Gone, **kwargs: Any) -> Sentences:
    """Someone's rights are about to end: whether a party of an open agreement loses its last signer."""
    return able.left_without(gone)


@receiver(role_leaving_considered, dispatch_uid="agreements.texts_hang_on")
def texts_hang_on(sender: Any, membership: Membership, **kwargs: Any) -> list[Hanging]:
    """Someone is about to end a role: the agreements in which that person is named by it."""
    return hangs_on(membership)
