"""People of an organisation: see, invite, change, end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import Role
from accounts.models import Invitation
from accounts.services import invitations as invitation_service
from core.access import require
from core.dates import today
from partnerships.actors import ActorRequest
from partnerships.forms.memberships import InvitationForm, MembershipForm
from partnerships.models import Membership, MembershipInvitation, Organisation
from partnerships.rules import memberships as rules
from partnerships.services import memberships as service
from ui.pages import paginate


def organisation_for(request: ActorRequest, slug: str) -> Organisation:
    """The organisation in the path, or 404 for those who have nothing to do with it."""
    return get_object_or_404(Organisation.objects.visible_to(request.actor), slug=slug)


def frame_of(organisation: Organisation) -> dict[str, str]:
    """For base.html: whose colours the pages of an organisation wear, and the menu entry they are under."""
    others = "teacher" if organisation.is_school else "coordinator"
    return {
        "space": "employer" if organisation.is_employer else others,
        "belongs_under": reverse("partnerships:people-list", args=[organisation.slug]),
    }


@require_safe
def people_list(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = organisation_for(request, slug)
    require(rules.can_view_people(request.actor, organisation))
    running = Membership.objects.visible_to(request.actor).running().filter(organisation=organisation)
    page = paginate(request, running.for_list())
    may_manage = rules.can_manage(request.actor, organisation)
    waiting = organisation.invitations.filter(invitation__in=Invitation.objects.unanswered())
    context = {
        "organisation": organisation,
        **frame_of(organisation),
        "page": page,
        "rows": [(row, rules.can_end(request.actor, row)) for row in page],
        "may_manage": may_manage,
        "waiting": waiting.select_related("invitation").order_by("invitation__created_at", "pk")[:100]
        if may_manage
        else (),
    }
    return render(request, "partnerships/memberships/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_invite(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = organisation_for(request, slug)
    require(rules.can_manage(request.actor, organisation))
    form = InvitationForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        data = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            service.invite(organisation_id=organisation.pk, by=request.actor.user_id, **data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("The invitation is on its way. The link in it works for 14 days."))
            return redirect("partnerships:people-list", slug)
    context = {"organisation": organisation, **frame_of(organisation), "form": form}
    return render(request, "partnerships/memberships/invite.html", context)


@require_POST
def people_invite_again(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    return _with_invitation(
        request, slug, public_id, invitation_service.renew, _("A new link is on its way.")
    )


@require_POST
def people_invite_withdraw(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    return _with_invitation(
        request, slug, public_id, invitation_service.revoke, _("The invitation was withdrawn.")
    )


def _with_invitation(request, slug, public_id, act, done):
    organisation = organisation_for(request, slug)
    found = get_object_or_404(MembershipInvitation, organisation=organisation, public_id=public_id)
    require(rules.can_manage(request.actor, organisation))
    try:
        act(invitation_id=found.invitation_id)
    except invitation_service.InvitationUnusable:
        messages.error(request, _("This invitation was already used or withdrawn."))
    else:
        messages.success(request, done)
    return redirect("partnerships:people-list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def people_change(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    organisation, membership = _membership(request, slug, public_id)
    require(rules.can_manage(request.actor, organisation))
    if _is_over(request, membership):
        return redirect("partnerships:people-list", slug)
    # All boxes empty is an answer too: `request.POST or None` would miss it.
    form = MembershipForm(request.POST if request.method == "POST" else None, membership=membership)
    if form.is_valid():
        service.change(
            membership_id=membership.pk,
            may_consent=form.cleaned_data.get("may_consent", False),
            may_sign=form.cleaned_data.get("may_sign", False),
        )
        messages.success(request, _("The change has been saved."))
        return redirect("partnerships:people-list", slug)
    context = {
        "organisation": organisation,
        **frame_of(organisation),
        "membership": membership,
        "form": form,
    }
    return render(request, "partnerships/memberships/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_end(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    organisation, membership = _membership(request, slug, public_id)
    require(rules.can_end(request.actor, membership))
    if _is_over(request, membership):
        return redirect("partnerships:people-list", slug)
    own = membership.user_id == request.actor.user_id
    if request.method == "POST":
        try:
            service.end(membership_id=membership.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("partnerships:people-list", slug)
        messages.success(request, _("The role has ended."))
        return redirect("start") if own else redirect("partnerships:people-list", slug)
    context = {
        "organisation": organisation,
        **frame_of(organisation),
        "membership": membership,
        "own": own,
    }
    return render(request, "partnerships/memberships/end.html", context)


def _membership(request: ActorRequest, slug: str, public_id: str) -> tuple[Organisation, Membership]:
    organisation = organisation_for(request, slug)
    found = Membership.objects.visible_to(request.actor).filter(organisation=organisation)
    return organisation, get_object_or_404(found.for_list(), public_id=public_id)


def _is_over(request: ActorRequest, membership: Membership) -> bool:
    """Say so to who has an old page, or pressed twice."""
    over = membership.ends_on is not None and membership.ends_on < today()
    if over:
        messages.info(request, _("This role had already ended."))
    return over
