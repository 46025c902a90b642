"""One person of an organisation: roles and invitations there, for its managers."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.support import OtherAddressForm
from partnerships.presenters import persons as pages
from partnerships.presenters.spaces import space_of_organisation
from partnerships.rules import memberships as rules
from partnerships.services import memberships as service
from partnerships.views.guards import person_or_404
from ui.acts import attempt_form, posted, refused, was_read


@require_safe
def person_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """What someone may do here, and the invitations."""
    organisation, person = person_or_404(request, slug, public_id)
    require(rules.can_manage(request.actor, organisation))
    context = pages.context(request.actor, organisation, person)
    return render(request, "partnerships/memberships/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_address(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Put right the address of someone without account."""
    organisation, person = person_or_404(request, slug, public_id)
    if refused(request, pages.may_correct(request.actor, organisation, person)):
        return redirect("partnerships:person-detail", slug, public_id)
    form = OtherAddressForm(posted(request), initial={"email": person.address})
    if form.is_valid():
        act = partial(service.correct_address, organisation=organisation, person_id=person.pk)
        act = partial(act, by=request.actor, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("The address has been corrected."), field="email"):
            return redirect("partnerships:person-detail", slug, public_id)
    context = {"organisation": organisation, **space_of_organisation(organisation)}
    return render(
        request, "partnerships/memberships/address.html", context | {"person": person, "form": form}
    )
