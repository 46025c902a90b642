"""The ways into pages of an agreement: strangers get 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import PersonalLink
from agreements import rules
from agreements.models import Agreement, AgreementVersion, Signature
from agreements.queries.visible import agreement_at
from core import states
from core.access import require
from core.written import one_or_404
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.queries.organisations import own_organisation

LONGEST_ID = 19  # digits


def own_organisation_or_404(request: ActorRequest, slug: str) -> Organisation:
    """An organisation in which the actor has a role, whichever that is."""
    organisation = own_organisation(request.actor, slug)
    if organisation is None:
        raise Http404
    return organisation


def agreement_or_404(request: ActorRequest, public_id: UUID) -> Agreement:
    """The row as far as the actor sees it, with all its versions."""
    return one_or_404(agreement_at(request.actor, public_id))


def text_or_404(request: ActorRequest, public_id: UUID) -> Agreement:
    """An agreement whose text the actor may read: 403 for whoever sees its state only."""
    agreement = agreement_or_404(request, public_id)
    require(rules.can_read(request.actor, agreement))
    return agreement


def version_or_404(agreement: Agreement, number: int) -> AgreementVersion:
    """One of the versions that `agreement_or_404` loaded."""
    for version in agreement.texts:
        if version.number == number:
            return version
    raise Http404


def signature_of(link: PersonalLink) -> tuple[Signature, Agreement]:
    """The signature on paper that a personal link is about, with its agreement."""
    rows = Signature.objects.select_related("version", "by", "objection")
    signature: Signature = get_object_or_404(rows, links__link=link)
    agreement = Agreement.objects.for_page().get(pk=signature.version.agreement_id)
    signature.version = version_or_404(agreement, signature.version.number)
    return signature, agreement


def sent_before(request: ActorRequest, agreement: Agreement, action: str) -> bool:
    """Whether this person did this very act to the text that is sent along: the button a second time."""
    number = read_number(request, "version")
    text = next((text for text in agreement.texts if text.pk == number), None)
    if text is None:
        return False
    return states.history(text).filter(action=action, by=request.actor.person_id).exists()


def read_number(request: HttpRequest, name: str) -> int:
    """The id that a button sent along; 0, which no row has, for anything else."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < LONGEST_ID else 0
