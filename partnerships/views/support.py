"""Support acts: an administrator opens one person's account, for an hour and with a reason, and mends what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules
from accounts.enums import ErasureState
from accounts.models import ErasureRequest, SupportAct
from accounts.models.support import SupportActQuerySet
from accounts.presenters.sheets import SUPPORT_ACTS
from accounts.services import support as service
from accounts.views.fresh import is_fresh, require_fresh
from accounts.views.second_step import for_administrators
from partnerships.actors import ActorRequest
from partnerships.forms.support import OtherAddressForm, SupportForm
from partnerships.models import Membership
from partnerships.presenters.support import account_context, record_context
from partnerships.queries.able import Gone, left_without
from ui.acts import attempt, attempt_form, number_read, posted, refused
from ui.bulk import uuids
from ui.formats import day
from ui.pages import paginate
from ui.sheets import asked

PASSWORD_FIRST = gettext_lazy(
    "Your password was asked too long ago. Open this page again, and give it once more."
)


@require_safe
@for_administrators
def support_list(request: ActorRequest) -> HttpResponseBase:
    """Every act of every administrator: who, of whom, why and when."""
    found = SupportAct.objects.for_list()
    if file := asked(request, found, SUPPORT_ACTS):
        return file
    page = paginate(request, found)
    return render(request, "partnerships/support/list.html", {"page": page, "space": "administrator"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def support_begin(request: ActorRequest) -> HttpResponse:
    """Find who it is and say why; only choosing a person opens the account, and tells that person.

    Who comes from a request for erasure finds its name and reason filled in, and is back there afterwards.
    """
    wanted = _request_for_erasure(request.GET.get("verzoek", ""))
    form = SupportForm(posted(request), initial=_from_request(wanted) if wanted else None)
    if request.method != "POST":
        require_fresh(request)
    elif not is_fresh(request):
        form.add_error(None, str(PASSWORD_FIRST))
    elif form.is_valid() and (subject := form.subject()):
        act = partial(service.begin, administrator_id=request.actor.person_id, subject_id=subject.pk)
        act = partial(act, reason=form.cleaned_data["reason"])
        done = _("The account is open for an hour. The person has been mailed.")
        if attempt_form(request, form, act, done, field="who"):
            opened = _own(request).filter(subject=subject).latest("begun_at")
            return redirect(wanted if wanted and wanted.person_id == subject.pk else opened)
    return render(request, "partnerships/support/begin.html", {"form": form, "space": "administrator"})


def _request_for_erasure(key: str) -> ErasureRequest | None:
    """The request that waits for a decision under this public id."""
    found = ErasureRequest.objects.filter(public_id__in=uuids([key]), state=ErasureState.ASKED)
    return found.select_related("person").first()


def _from_request(wanted: ErasureRequest) -> dict[str, str]:
    words = _("Your request for erasure of %(day)s") % {"day": day(wanted.asked_at)}
    return {"who": wanted.person.full_name, "reason": words}


@require_safe
@for_administrators
def support_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The account while one's own act runs; of any other act what was done under it."""
    act = _act_or_404(public_id)
    if rules.can_act_under(request.user.person, act):
        return render(request, "partnerships/support/detail.html", account_context(act))
    return render(request, "partnerships/support/record.html", record_context(act))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def support_address(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Correct the address of someone without account, or ask another one whether it is theirs."""
    act = _act_or_404(public_id)
    if refused(request, rules.can_act_under(request.user.person, act)):
        return redirect(act)
    form = OtherAddressForm(posted(request), initial={"email": act.subject.address})
    if form.is_valid():
        change = partial(service.change_address, act_id=act.pk, by=request.actor.person_id)
        change = partial(change, **form.cleaned_data)
        done = _("A link went to that address; it counts once it is opened.")
        if attempt_form(
            request, form, change, done if act.subject.has_account else _("Saved."), field="email"
        ):
            return redirect(act)
    context = {"act": act, "person": act.subject, "form": form, "space": "administrator"}
    return render(request, "partnerships/support/address.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def support_close(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let someone sign in no more, once the page has said what that means."""
    act = _act_or_404(public_id)
    if request.method == "POST":
        return _done(request, public_id, service.close_account, _("This person can no longer sign in."))
    if refused(request, rules.can_act_under(request.user.person, act)):
        return redirect(act)
    roles = Membership.objects.running().filter(person=act.subject).values_list("pk", flat=True)
    context = {"act": act, "person": act.subject, "left_without": left_without(Gone(roles=frozenset(roles)))}
    return render(request, "partnerships/support/close.html", context | {"space": "administrator"})


@require_POST
@for_administrators
def support_reopen(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let someone sign in again."""
    return _done(request, public_id, service.reopen_account, _("This person can sign in again."))


@require_POST
@for_administrators
def support_sign_out(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Sign someone out everywhere."""
    return _done(request, public_id, service.end_sessions, _("This person is signed out everywhere."))


@require_POST
@for_administrators
def support_second_step(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Remove a lost second step."""
    done = _("The second step is removed. This person signs in with the password, and can set up a new one.")
    return _done(request, public_id, service.remove_second_step, done)


@require_POST
@for_administrators
def support_invite_again(request: ActorRequest, public_id: UUID, invitation: UUID) -> HttpResponse:
    """Mail the link of an invitation again."""
    verb = partial(service.renew_invitation, public_id=invitation)
    return _done(request, public_id, verb, _("A new link is on its way."))


@require_POST
@for_administrators
def support_mail_again(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Send a mail that failed once more."""
    verb = partial(service.send_mail_again, mail_id=number_read(request.POST.get("mail", "")))
    return _done(request, public_id, verb, _("The email is on its way."))


@require_POST
@for_administrators
def support_end(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Be done before the hour is over."""
    return _done(request, public_id, service.end, _("The account is closed to you again."))


def _own(request: ActorRequest) -> SupportActQuerySet:
    return SupportAct.objects.filter(administrator=request.actor.person_id)


def _act_or_404(public_id: UUID) -> SupportAct:
    return get_object_or_404(SupportAct.objects.for_page(), public_id=public_id)


def _done(request: ActorRequest, public_id: UUID, verb: Callable[..., Any], done: str) -> HttpResponse:
    act = _act_or_404(public_id)
    if not refused(request, rules.can_act_under(request.user.person, act)):
        attempt(request, partial(verb, act_id=act.pk, by=request.actor.person_id), done)
    return redirect(act)
