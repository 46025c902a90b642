"""What the pages of two that turn out to be one share, whatever they are: organisations, locations or people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import versions
from core.access import Verdict
from core.merging import Merging
from partnerships.actors import ActorRequest
from partnerships.forms.merging import StaysForm
from partnerships.models import Organisation
from partnerships.presenters.merging import Line
from partnerships.services import apart
from ui.acts import attempt, number_read, posted, refused, tell, was_read

STILL_FOUND = gettext_lazy(
    "This cannot be taken back. %(name)s is still found by that name, and its old links lead to the one that stays."
)


@dataclass(frozen=True)
class MergePage:
    """What differs between the kinds: the rows with their facts, the verb, who may, and where it stands.

    `merge` and `looked_at` want the two keys, who asks, and what was read; `may` the actor and the two.
    """

    pair: tuple[Any, Any]
    lines: Sequence[Line]
    merge: Callable[..., Merging]
    looked_at: Callable[..., Merging]
    may: Callable[..., Verdict]
    back: str
    context: dict[str, Any]
    form: type[StaysForm] = StaysForm
    name: Callable[[Any], str] = field(default=attrgetter("name"))
    warning: str | Promise = STILL_FOUND


def merge_page(request: ActorRequest, page: MergePage) -> HttpResponse:
    """The choice of which one stays, then what moves, then the act; each is asked again under the lock."""
    kept, dropped = page.pair
    if merged_already(request, *page.pair, name=page.name):
        return redirect(page.back)
    either = page.may(request.actor, kept, dropped) or page.may(request.actor, dropped, kept)
    if refused(request, either):
        return redirect(page.back)
    form = page.form(posted(request), rows=page.pair, name=page.name)
    shown = None
    if form.is_valid():
        kept, dropped = form.chosen()
        if "digest" in request.POST and _done(request, page, kept, dropped):
            return redirect(page.back)
        shown = _shown(request, page, kept, dropped)
    names = {"kept": page.name(kept), "dropped": page.name(dropped)}
    context = {"form": form, "lines": page.lines, "names": [page.name(row) for row in page.pair], **names}
    context |= {"merging": shown, "stays": kept.pk, "other": dropped.pk, "read": versions.of(kept, dropped)}
    context |= {"may_turn": len(form.rows) > 1, "warning": page.warning % {"name": names["dropped"]}}
    return render(request, "partnerships/merging/merge.html", context | {"back": page.back, **page.context})


def merged_already(request: ActorRequest, one: Any, other: Any, *, name: Callable[[Any], str]) -> bool:
    """Whether these two are one by now, so that the button was pressed twice; then a message says what it did."""
    for kept, dropped in ((one, other), (other, one)):
        if request.method == "POST" and dropped.merged_into_id == kept.pk:
            messages.success(request, _words(name(kept), name(dropped)))
            return True
    return False


def _words(kept: str, dropped: str) -> str:
    words = _("%(dropped)s and %(kept)s are one now. Everything is at %(kept)s.")
    return words % {"dropped": dropped, "kept": kept}


def _done(request: ActorRequest, page: MergePage, kept: Any, dropped: Any) -> bool:
    sent = {"read": was_read(request), "digest": request.POST["digest"]}
    act = partial(page.merge, kept_id=kept.pk, dropped_id=dropped.pk, by=request.actor, **sent)
    return attempt(request, act, _words(page.name(kept), page.name(dropped)))


def _shown(request: ActorRequest, page: MergePage, kept: Any, dropped: Any) -> Merging | None:
    """What would happen; nothing, with the reason in a message, when these two cannot be one."""
    try:
        return page.looked_at(kept_id=kept.pk, dropped_id=dropped.pk, by=request.actor)
    except ValidationError as refusal:
        tell(request, refusal)
        return None


def apart_page(
    request: ActorRequest, pair: tuple[Any, Any], verdict: Verdict, back: str, **known: Organisation
) -> HttpResponse:
    """With an act that was said to be taken back, without one to say it."""
    one, other = pair
    values = {"one": one, "other": other, "by": request.actor, **known}
    if not refused(request, verdict):
        if "act" in request.POST:
            act = partial(apart.take_back, act_id=number_read(request.POST["act"]), **values)
            attempt(request, act, _("These two are shown again among those that look alike."))
        else:
            act = partial(apart.say, read=was_read(request), **values)
            attempt(request, act, _("Noted: these are two. They are not shown as alike any more."))
    return redirect(back)
