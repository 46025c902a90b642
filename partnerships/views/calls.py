"""Calls for employers: reading one, signing up without an account, confirming from the mail."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.forms.calls import SignUpForm
from partnerships.models import Call, SignUp
from partnerships.rules import calls as rules
from partnerships.services import calls as service
from ui.charts import Gauge
from ui.pages import paginate

# A fair or a school signs up from one address; one mailbox needs no more than a few links a day.
SIGN_UPS = {"address": "60/h/ip", "mailbox": "4/d/key"}


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, Call.objects.published().for_list(), 12)
    return render(request, "partnerships/calls/list.html", {"page": page})


@login_not_required
@require_safe
def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(_visible(request), slug=slug)
    figures = call.sign_ups.all().figures()
    context = {
        "call": call,
        "partners": _gauge(call.partners_target, figures, "partners"),
        "places": _gauge(call.places_target, figures, "places"),
        "talking": figures["talking_partners"],
        "may_sign_up": rules.can_sign_up(call),
    }
    return render(request, "partnerships/calls/detail.html", context)


def _visible(request: HttpRequest) -> QuerySet[Call]:
    calls = Call.objects.select_related("partnership", "initiative")
    if request.user.is_authenticated:
        return calls.visible_to(request.actor)  # type: ignore[attr-defined]
    return calls.published()


def _gauge(target: int, figures: dict[str, int], counted: str) -> Gauge:
    return Gauge(
        target=target,
        firm=figures[f"firm_{counted}"],
        conditional=figures[f"conditional_{counted}"],
        withdrawn=figures[f"withdrawn_{counted}"],
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; the answer is the same for an address that signed up before."""
    call = get_object_or_404(Call.objects.published().select_related("partnership"), slug=slug)
    verdict = rules.can_sign_up(call)
    if not verdict:
        return render(
            request, "partnerships/calls/closed.html", {"call": call, "reason": verdict.reason}, status=410
        )
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _within(request, "address"):
            return ratelimit.respond_429(request)
        answers = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            if _within(request, "mailbox", key=f"{call.pk} {answers['email'].lower()}"):
                service.sign_up(call_id=call.pk, language=get_language() or "nl", **answers)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("partnerships:sign-up-sent", slug=call.slug)
    return render(request, "partnerships/calls/sign_up.html", {"call": call, "form": form})


def _within(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one sign-up; with the cache away nobody is counted, and nobody is sent away."""
    usage = ratelimit.consume(request, app="partnerships", action=action, config=SIGN_UPS, key=key)
    return usage is not None


@login_not_required
@require_safe
def sign_up_sent(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.published(), slug=slug)
    return render(request, "partnerships/calls/sent.html", {"call": call})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows what was filled in and uses nothing up; the button confirms."""
    answer: SignUp | None = service.find(token)
    if answer is None:
        return render(request, "partnerships/calls/gone.html", status=404)
    if request.method == "POST":
        service.confirm(sign_up_id=answer.pk)
        return redirect("partnerships:sign-up-confirm", token=token)
    return render(request, "partnerships/calls/confirm.html", {"sign_up": answer, "call": answer.call})
