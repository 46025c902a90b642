"""Action lines and themes of a partnership: saved, ended and let go on in one way, each on pages of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core import versions
from partnerships.actors import ActorRequest
from partnerships.forms.days import DatedForm
from partnerships.rules import parts as rules
from partnerships.services import parts as service
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read


def edit(
    request: ActorRequest,
    part: rules.Part,
    form_class: type[DatedForm],
    *,
    save: Callable[..., rules.Part],
    done: str,
    template: str,
) -> HttpResponse:
    """The form for a new one or one that is there."""
    form = form_class(posted(request), instance=part)
    if form.is_valid():
        form.save(commit=False)
        act = partial(save, by=request.actor, version=form.read)
        if attempt_form(request, form, act, done):
            return redirect(part)
    context = {"space": "coordinator", "partnership": part.partnership, "form": form}
    return render(request, template, context | {"part": part if part.pk else None})


def end(
    request: ActorRequest, part: rules.Part, done: str, ending: Callable[[Any], dict[str, Any]]
) -> HttpResponse:
    """Ask whether one is to end, from this moment on, and end it."""
    if refused(request, rules.can_end(request.actor, part)):
        return redirect(part)
    if request.method == "POST":
        attempt(request, partial(service.end, part=part, by=request.actor, read=was_read(request)), done)
        return redirect(part)
    return confirm(request, **ending(part), read=versions.of(part))


def reopen(request: ActorRequest, part: rules.Part, done: str) -> HttpResponse:
    """Let one go on that was ended lately."""
    attempt(request, partial(service.reopen, part=part, by=request.actor, read=was_read(request)), done)
    return redirect(part)
