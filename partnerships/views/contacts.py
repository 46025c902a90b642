"""Points of contact: who is named where, the own yes or no; and what one shows of oneself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Person
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.contacts import AgreeForm, CardForm, NameContactForm
from partnerships.models import PointOfContact
from partnerships.models.contacts import card_of
from partnerships.presenters.contacts import card, named_context
from partnerships.presenters.spaces import space_of, space_of_organisation
from partnerships.queries.contacts import things_in, to_name_at, to_name_in
from partnerships.rules import contacts as rules
from partnerships.rules.memberships import can_manage
from partnerships.services import contacts as service
from partnerships.views.guards import organisation_or_404, written_partnership
from ui.acts import attempt, attempt_form, posted, refused, was_read


@require_http_methods(["GET", "HEAD", "POST"])
def own_card(request: ActorRequest) -> HttpResponse:
    """What others see of me, and where I am named."""
    person = _own_person(request)
    form = CardForm(posted(request), instance=card_of(person), person=person)
    act = partial(form.write, by=person.pk)
    if form.is_valid() and attempt_form(request, form, act, _("Saved.")):
        return redirect("partnerships:own-card")
    context = {
        "form": form,
        "points": PointOfContact.objects.own(request.actor).live().for_list(),
        "to_colleague": card(person),
        "to_stranger": card(person, shared=False, member=False),
        "space": space_of(request.actor),
    }
    return render(request, "partnerships/contacts/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_contact(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Whether one will be point of contact, and what visitors see then."""
    point = get_object_or_404(PointOfContact.objects.own(request.actor).for_list(), public_id=public_id)
    if refused(request, rules.can_answer(request.actor, point)):
        return redirect("partnerships:own-card")
    form = AgreeForm(posted(request), person=point.person)
    if form.is_valid():
        agree = partial(service.agree, point_id=point.pk, by=request.actor, read=was_read(request))
        act = partial(agree, **form.shown())
        if attempt_form(request, form, act, _("Thank you. Your name is on the page now.")):
            return redirect("partnerships:own-card")
    context = {"form": form, "point": point, "space": space_of(request.actor)}
    return render(request, "partnerships/contacts/answer.html", context)


@require_POST
def own_contact_refuse(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say no."""
    return _own(request, public_id, service.refuse, _("You said no. Nothing of you is shown there."))


@require_POST
def own_contact_stop(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Be point of contact no more."""
    return _own(request, public_id, service.stop, _("You are no longer point of contact there."))


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_contacts(request: ActorRequest, slug: str) -> HttpResponse:
    """Whom people can ask at an organisation."""
    organisation = organisation_or_404(request, slug)
    require(can_manage(request.actor, organisation))
    may_name = rules.can_name_at(request.actor, organisation)
    form = NameContactForm(posted(request), things=[organisation], people=to_name_at(organisation))
    if may_name and form.is_valid() and (answer := _name(request, form)):
        return answer
    points = PointOfContact.objects.filter(organisation=organisation)
    context = {"organisation": organisation, **space_of_organisation(organisation)}
    return _named(request, context, points, form if may_name else None)


@require_http_methods(["GET", "HEAD", "POST"])
def coordination_contacts(request: ActorRequest, slug: str) -> HttpResponse:
    """Whom people can ask about a partnership, its calls and its initiatives."""
    partnership = written_partnership(request, slug)
    may_name = rules.can_name_in(request.actor, partnership)
    form = NameContactForm(posted(request), things=things_in(partnership), people=to_name_in(partnership))
    if may_name and form.is_valid() and (answer := _name(request, form)):
        return answer
    points = PointOfContact.objects.in_partnership(partnership)
    context = {"partnership": partnership, "space": "coordinator"}
    return _named(request, context, points, form if may_name else None)


@require_POST
def organisation_contact_stop(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End that someone is point of contact of the organisation."""
    organisation = organisation_or_404(request, slug)
    require(can_manage(request.actor, organisation))
    point = get_object_or_404(organisation.points_of_contact.all(), public_id=public_id)
    return _stop(request, point, "partnerships:organisation-contacts", slug)


@require_POST
def coordination_contact_stop(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """The same in a partnership."""
    partnership = written_partnership(request, slug)
    points = PointOfContact.objects.in_partnership(partnership)
    return _stop(
        request, get_object_or_404(points, public_id=public_id), "partnerships:coordination-contacts", slug
    )


def _own_person(request: ActorRequest) -> Person:
    rows = Person.objects.select_related("user", "contact_card")
    return rows.get(pk=request.actor.person_id)


def _own(request: ActorRequest, public_id: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    point = get_object_or_404(PointOfContact.objects.own(request.actor), public_id=public_id)
    attempt(request, partial(act, point_id=point.pk, by=request.actor, read=was_read(request)), done)
    return redirect("partnerships:own-card")


def _name(request: ActorRequest, form: NameContactForm) -> HttpResponse | None:
    """Ask the person who was chosen; whoever chose oneself answers at once."""
    named = form.named()
    act = partial(service.name, by=request.actor, **named)
    made: list[PointOfContact] = []
    if named["membership"].person_id == request.actor.person_id:
        if attempt_form(request, form, lambda: made.append(act())):
            return redirect("partnerships:own-contact", made[0].public_id)
    elif attempt_form(request, form, act, _("Asked by email. The name is shown once there is a yes.")):
        return redirect(request.path)
    return None


def _named(request: ActorRequest, context: dict[str, Any], points: Any, form: Any) -> HttpResponse:
    context |= named_context(points) | {"form": form}
    return render(request, "partnerships/contacts/list.html", context)


def _stop(request: ActorRequest, point: PointOfContact, back: str, slug: str) -> HttpResponse:
    act = partial(service.stop, point_id=point.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This person is no longer point of contact."))
    return redirect(back, slug)
