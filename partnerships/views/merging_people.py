"""Two entries of one person: found, looked at beside each other, and made one by a manager or an administrator."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules as account_rules
from accounts.models import Person, SupportAct
from accounts.services import support
from accounts.views.second_step import for_administrators
from core.access import Verdict, require
from core.merging import Merging
from partnerships.actors import Actor, ActorRequest
from partnerships.forms.merging import PersonStaysForm
from partnerships.models import Organisation
from partnerships.presenters.merging import named, person_lines
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries import merging as queries
from partnerships.queries.people import is_known_elsewhere, with_contact
from partnerships.rules import memberships as membership_rules
from partnerships.rules import merging as rules
from partnerships.services import people
from partnerships.views.guards import organisation_or_404, person_or_404, person_or_merged_or_404
from partnerships.views.merging_page import MergePage, apart_page, merge_page
from ui.acts import refused
from ui.pages import paginate

STAYS_WRITTEN = gettext_lazy(
    "This cannot be taken back. What was said and done as %(name)s stays as it was written."
)


@require_safe
def person_merge_find(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """The others whom the organisation knows, to choose the one that is the same person."""
    organisation, person = person_or_404(request, slug, public_id)
    require(membership_rules.can_manage(request.actor, organisation))
    page = paginate(request, queries.other_people(organisation.pk, person))
    apart = queries.people_apart(organisation.pk, person)
    context = {"organisation": organisation, "person": person, "page": page, "apart": apart}
    return render(request, "partnerships/merging/people.html", context | space_of_organisation(organisation))


@require_http_methods(["GET", "HEAD", "POST"])
def person_merge(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two people of an organisation beside each other, what making them one does, and the act."""
    organisation = organisation_or_404(request, slug)
    require(membership_rules.can_manage(request.actor, organisation))
    pair = tuple(person_or_merged_or_404(organisation, one) for one in (public_id, other))
    elsewhere = any(is_known_elsewhere(person, organisation.pk) for person in pair)
    page = _page(
        pair,
        merge=partial(people.merge_by_hand, organisation_id=organisation.pk),
        looked_at=partial(people.looked_at_by_hand, organisation_id=organisation.pk),
        may=partial(_may, organisation, elsewhere),
        back=reverse("partnerships:people-list", args=[slug]),
        context=space_of_organisation(organisation) | {"back_label": _("People")},
    )
    return merge_page(request, page)


@require_POST
def person_apart(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two people who look alike are two, or that is taken back."""
    organisation, one = person_or_404(request, slug, public_id)
    _same, two = person_or_404(request, slug, other)
    verdict = rules.can_tell_people_apart(request.actor, organisation, one, two)
    back = reverse("partnerships:people-list", args=[slug])
    return apart_page(request, (one, two), verdict, back, of=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def support_merge(request: ActorRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """The same for an administrator who has opened the accounts of both."""
    rows = SupportAct.objects.for_page()
    acts = get_object_or_404(rows, public_id=public_id), get_object_or_404(rows, public_id=other)
    for act in acts:
        if refused(request, account_rules.can_act_under(request.user.person, act)):
            return redirect(acts[0])
    known = with_contact(Person.objects.filter(pk__in=[act.subject_id for act in acts]), None)
    found = queries.people_with_facts(known).in_bulk()
    page = _page(
        tuple(found[act.subject_id] for act in acts),
        merge=partial(_under, support.merge, acts),
        looked_at=partial(_under, support.looked_at_merge, acts),
        may=partial(_may_under, request.user.person, acts),
        back=acts[0].get_absolute_url(),
        context={"space": "administrator", "back_label": acts[0].subject.full_name},
    )
    return merge_page(request, page)


def _page(pair: tuple[Person, ...], *, context: dict[str, Any], **values: Any) -> MergePage:
    one, other = pair
    is_elsewhere = context["space"] == "administrator"
    lines = person_lines(one, other, queries.hanging_on_roles(pair), is_elsewhere=is_elsewhere)
    values |= {"form": PersonStaysForm, "name": named, "warning": STAYS_WRITTEN}
    return MergePage(pair=(one, other), lines=lines, context=context, **values)


def _may(
    organisation: Organisation, are_known_elsewhere: bool, actor: Actor, kept: Person, dropped: Person
) -> Verdict:
    return rules.can_merge_people(actor, organisation, kept, dropped, are_known_elsewhere=are_known_elsewhere)


def _may_under(
    administrator: Person, acts: tuple[SupportAct, SupportAct], _actor: Actor, kept: Person, dropped: Person
) -> Verdict:
    by_subject = {act.subject_id: act for act in acts}
    return account_rules.can_merge_under(administrator, (by_subject[kept.pk], by_subject[dropped.pk]))


def _under(
    verb: Any, acts: tuple[SupportAct, SupportAct], *, kept_id: int, dropped_id: int, by: Actor, **sent: str
) -> Merging:
    keys = {act.subject_id: act.pk for act in acts}
    merged: Merging = verb(
        kept_act_id=keys[kept_id], dropped_act_id=keys[dropped_id], by=by.person_id, **sent
    )
    return merged
