"""Members of a partnership: who takes part, with which role."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.members import MemberForm, MemberRoleForm
from partnerships.models import Member
from partnerships.services import members as service
from partnerships.views.guards import coordinated_member, coordinated_partnership
from ui.acts import attempt, attempt_form, posted
from ui.pages import paginate


@require_safe
def member_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The members of today."""
    partnership = coordinated_partnership(request, slug)
    rows = Member.objects.running().filter(partnership=partnership).for_list()
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/members/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: ActorRequest, slug: str) -> HttpResponse:
    """Let an organisation join."""
    partnership = coordinated_partnership(request, slug)
    form = MemberForm(posted(request), partnership=partnership)
    if form.is_valid():
        act = partial(service.add, partnership_id=partnership.pk, **form.cleaned_data)
        done = _("The organisation is a member from today.")
        if attempt_form(request, form, act, done, field="organisation"):
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_change(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Give a member another role."""
    partnership, member = coordinated_member(request, slug, organisation)
    form = MemberRoleForm(posted(request), initial={"role": member.role})
    if form.is_valid():
        act = partial(service.change_role, member_id=member.pk, **form.cleaned_data)
        if attempt_form(request, form, act, _("The change has been saved."), field="role"):
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member, "form": form}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Let a member leave."""
    partnership, member = coordinated_member(request, slug, organisation)
    if request.method == "POST":
        act = partial(service.end, member_id=member.pk)
        attempt(request, act, _("The organisation has left the partnership."))
        return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member}
    return render(request, "partnerships/coordination/members/end.html", context)
