"""Calls of a partnership and the employers that answered them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.sign_ups import AcceptForm, CallForm, SignUpStepForm
from partnerships.models import Call, Member, Partnership, SignUp
from partnerships.services import sign_ups as service
from partnerships.views.guards import coordinated_partnership
from ui.pages import paginate


@require_safe
def call_list(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    rows = Call.objects.filter(partnership=partnership).for_list()
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/calls/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request: ActorRequest, slug: str) -> HttpResponse:
    return _edit(request, coordinated_partnership(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def call_change(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    partnership, found = _call(request, slug, call)
    return _edit(request, partnership, found)


def _edit(request: ActorRequest, partnership: Partnership, call: Call | None) -> HttpResponse:
    form = CallForm(
        request.POST or None, instance=call or Call(partnership=partnership), partnership=partnership
    )
    if form.is_valid():
        try:
            saved = service.save_call(call=form.save(commit=False))
        except ValidationError as error:
            form.add_error("title", error)
        else:
            messages.success(request, _("The call has been saved."))
            return redirect("partnerships:coordination-call", partnership.slug, saved.slug)
    context = {"space": "coordinator", "partnership": partnership, "call": call, "form": form}
    return render(request, "partnerships/coordination/calls/form.html", context)


@require_safe
def call_detail(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """The gauge and everyone who signed up and confirmed."""
    partnership, found = _call(request, slug, call)
    confirmed = SignUp.objects.confirmed().filter(call=found)
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "call": found,
        "figures": confirmed.figures(),
        "page": paginate(request, confirmed.for_list()),
    }
    return render(request, "partnerships/coordination/calls/detail.html", context)


@require_safe
def sign_up_detail(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    partnership, sign_up = _sign_up(request, slug, public_id)
    return _show(request, partnership, sign_up, AcceptForm(), SignUpStepForm(item=sign_up))


def _show(
    request: ActorRequest, partnership: Partnership, sign_up: SignUp, accept: AcceptForm, step: SignUpStepForm
) -> HttpResponse:
    context = {
        "space": "coordinator",
        "belongs_under": reverse("partnerships:coordination-calls", args=[partnership.slug]),
        "partnership": partnership,
        "sign_up": sign_up,
        "accept_form": None if sign_up.organisation_id else accept,
        "step_form": step,
    }
    return render(request, "partnerships/coordination/calls/sign_up.html", context)


@require_POST
def sign_up_accept(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    partnership, sign_up = _sign_up(request, slug, public_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _show(request, partnership, sign_up, form, SignUpStepForm(item=sign_up))
    try:
        service.accept(sign_up_id=sign_up.pk, by=request.actor.user_id, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The employer is a member now, and its manager has been invited."))
    return redirect("partnerships:coordination-sign-up", slug, public_id)


@require_POST
def sign_up_move(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    partnership, sign_up = _sign_up(request, slug, public_id)
    form = SignUpStepForm(request.POST, item=sign_up)
    if form.is_outdated:
        messages.error(request, _("This step is not possible any more. Below you see how it stands now."))
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    if not form.is_valid():
        return _show(request, partnership, sign_up, AcceptForm(), form)
    try:
        service.move(sign_up_id=sign_up.pk, by=request.actor.user_id, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The step has been saved."))
        joined = Member.objects.running().filter(
            partnership=partnership, organisation=sign_up.organisation_id
        )
        if form.cleaned_data["action"] == "drop_out" and joined.exists():
            messages.info(
                request, _("The organisation is still a member. End its membership if it leaves too.")
            )
    return redirect("partnerships:coordination-sign-up", slug, public_id)


def _call(request: ActorRequest, slug: str, call: str) -> tuple[Partnership, Call]:
    partnership = coordinated_partnership(request, slug)
    return partnership, get_object_or_404(Call.objects.filter(partnership=partnership), slug=call)


def _sign_up(request: ActorRequest, slug: str, public_id: str) -> tuple[Partnership, SignUp]:
    partnership = coordinated_partnership(request, slug)
    rows = SignUp.objects.confirmed().filter(call__partnership=partnership).for_list()
    return partnership, get_object_or_404(rows, public_id=public_id)
