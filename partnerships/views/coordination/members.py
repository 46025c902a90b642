"""Members of a partnership: who takes part, with which role."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.members import MemberForm, MemberRoleForm
from partnerships.models import Member, Partnership
from partnerships.services import members as service
from partnerships.views.guards import coordinated_partnership
from ui.pages import paginate


@require_safe
def member_list(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    rows = Member.objects.running().filter(partnership=partnership).for_list()
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/members/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    form = MemberForm(request.POST or None, partnership=partnership)
    if form.is_valid():
        try:
            service.add(partnership_id=partnership.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("organisation", error)
        else:
            messages.success(request, _("The organisation is a member from today."))
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_change(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    partnership, member = _member(request, slug, organisation)
    form = MemberRoleForm(request.POST or None, initial={"role": member.role})
    if form.is_valid():
        try:
            service.change_role(member_id=member.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("role", error)
        else:
            messages.success(request, _("The change has been saved."))
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member, "form": form}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    partnership, member = _member(request, slug, organisation)
    if request.method == "POST":
        try:
            service.end(member_id=member.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The organisation has left the partnership."))
        return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member}
    return render(request, "partnerships/coordination/members/end.html", context)


def _member(request: ActorRequest, slug: str, organisation: str) -> tuple[Partnership, Member]:
    partnership = coordinated_partnership(request, slug)
    rows = Member.objects.running().filter(partnership=partnership).for_list()
    return partnership, get_object_or_404(rows, organisation__slug=organisation)
