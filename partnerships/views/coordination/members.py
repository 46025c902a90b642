"""Members of a partnership: who takes part, with which role, and who is asked to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import endings
from partnerships.actors import ActorRequest
from partnerships.forms.members import InviteForm, MemberRoleForm, MemberStartForm
from partnerships.models import Member
from partnerships.presenters import sheets
from partnerships.presenters.members import trail_of
from partnerships.queries.able import left_without_member
from partnerships.queries.join_requests import answered_in_partnership, waiting_in_partnership
from partnerships.queries.leaving import follows
from partnerships.queries.organisations import members_today
from partnerships.rules.closings import can_close_partnership
from partnerships.rules.join_requests import asks_again, can_invite
from partnerships.rules.members import rests_on
from partnerships.services import join_requests, returns
from partnerships.services import members as service
from partnerships.views.guards import coordinated_member, coordinated_partnership
from ui.acts import attempt, attempt_back, attempt_form, posted, refused, was_read
from ui.history import dated_trail
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def member_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The members of today, and who was asked or asks to join."""
    partnership = coordinated_partnership(request, slug)
    rows = members_today(partnership.pk)
    if file := asked(request, rows, sheets.MEMBERS):
        return file
    left = Member.objects.filter(partnership=partnership).for_list()
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "page": paginate(request, rows),
        "waiting": waiting_in_partnership(partnership.pk),
        "answered": answered_in_partnership(partnership.pk),
        "ended": endings.lately(left),
        "history": dated_trail(partnership),
        "may_close": can_close_partnership(request.actor, partnership),
        "may_reopen": partnership.ended_at
        and endings.permits_take_back(partnership, endings.last_end(partnership)),
        "may_invite": can_invite(request.actor, partnership),
    }
    return render(request, "partnerships/coordination/members/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask an organisation to join."""
    partnership = coordinated_partnership(request, slug)
    if refused(request, can_invite(request.actor, partnership)):
        return redirect("partnerships:coordination-members", slug)
    form = InviteForm(posted(request), partnership=partnership)
    if form.is_valid():
        invite = partial(join_requests.invite, partnership_id=partnership.pk, by=request.actor)
        act = partial(invite, **form.cleaned_data)
        done = _("The invitation is with the organisation. It takes part once it says yes.")
        if attempt_form(request, form, act, done, field="organisation"):
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_change(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Give a member another role."""
    partnership, member = coordinated_member(request, slug, organisation)
    form = MemberRoleForm(posted(request), member=member)
    if form.is_valid():
        again = asks_again(member, form.cleaned_data["role"])
        change: Callable[..., Any] = join_requests.offer_role if again else service.change_role
        act = partial(change, member_id=member.pk, by=request.actor, version=form.read, **form.cleaned_data)
        done = {
            False: _("The change has been saved."),
            True: _("The organisation has been asked. Its role changes once it says yes."),
        }
        if attempt_form(request, form, act, done[again], field="role"):
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member, "form": form}
    context |= {"loses_own": rests_on(request.actor, member), "history": trail_of(member)}
    return render(request, "partnerships/coordination/members/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_start(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Correct since when a member takes part."""
    partnership, member = coordinated_member(request, slug, organisation)
    form = MemberStartForm(posted(request), member=member)
    if form.is_valid():
        correct = partial(service.correct_start, member_id=member.pk, by=request.actor)
        act = partial(correct, version=form.read, **form.cleaned_data)
        if attempt_form(request, form, act, _("The change has been saved."), field="starts_on"):
            return redirect("partnerships:coordination-members", slug)
    context = {"space": "coordinator", "partnership": partnership, "member": member, "form": form}
    context["history"] = trail_of(member)
    return render(request, "partnerships/coordination/members/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Let a member leave."""
    partnership, member = coordinated_member(request, slug, organisation)
    if request.method == "POST":
        act = partial(service.end, member_id=member.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The organisation has left the partnership."))
        return redirect("partnerships:coordination-members", slug)
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "member": member,
        "left_without": left_without_member(member),
        "consequences": follows(member),
        "loses_own": rests_on(request.actor, member),
    }
    return render(request, "partnerships/coordination/members/end.html", context)


@require_POST
def member_take_back(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Let an organisation that left lately take part again."""
    partnership = coordinated_partnership(request, slug)
    row = partnership.members.filter(organisation__slug=organisation).order_by("pk").last()
    if row is None:
        raise Http404
    act = partial(returns.member, member_id=row.pk, by=request.actor, read=was_read(request))
    attempt_back(request, act, _("The organisation takes part again, as it did."))
    return redirect("partnerships:coordination-members", slug)
