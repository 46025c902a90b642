"""What every view does around an act: refuse it, try it, and say what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import versions
from core.access import Forbidden, Verdict
from core.text import Linked
from core.versions import Changed, Versioned

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form: nothing on a GET, and on a POST something even when it is empty."""
    return request.POST if request.method == "POST" else None


def number_read(text: str) -> int:
    """The number of what was on the page, as the page sent it; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def unread(request: HttpRequest, *rows: Versioned, field: str = "read", edition: str = "") -> bool:
    """Whether the page from which this was sent showed these rows as they are no more; then a message says so.

    The page carries `core.versions.of` of what it showed, or the `edition` of it. The service looks again under its lock.
    """
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get(field, "") == (edition or versions.of(*rows)):
        return False
    messages.error(request, str(versions.CHANGED))
    return True


def was_read(request: HttpRequest) -> str:
    """The version of what the page showed, as it was sent along; empty, which nothing has, from a page that does not say."""
    return request.POST.get("read", "")


def refused(request: HttpRequest, verdict: Verdict) -> bool:
    """Whether the act is refused, told by the grade of the verdict.

    What is never this person's ends here with 403. What is, but not as things stand now (answered meanwhile, or
    the page was old), becomes a message; the view then goes back.
    """
    if verdict:
        return False
    if verdict.is_final:
        raise Forbidden(verdict.reason)
    messages.error(request, str(verdict.reason))
    return True


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for whoever tried something too often: what to do, and that nothing is lost."""
    return render(request, "429.html", status=429)


def attempt(
    request: HttpRequest,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str | Promise] = "",
) -> bool:
    """Do one act of a service and say what came of it. Returns whether it was done.

    A refusal (ValidationError) becomes a message. `done` is the sentence after success, or a function that makes it
    from what the service returned; without it nothing is said.
    """
    try:
        result = _result(act)
    except ValidationError as refusal:
        tell(request, refusal)
        return False
    _say(request, done, result)
    return True


def _result(act: Callable[[], Result]) -> Result:
    """What the act gives. A row that was there for its page and is gone under the lock has changed meanwhile.

    It was thrown away, or became one with another, while this waited.
    """
    try:
        return act()
    except ObjectDoesNotExist as gone:
        logger.warning("An act found a row no more.", exc_info=True)
        raise Changed from gone


def attempt_back(
    request: HttpRequest, act: Callable[[], Iterable[str | Promise]], done: str | Promise
) -> bool:
    """The same for an act taken back that gives, in sentences, what did not come back with it."""
    lost: list[str | Promise] = []
    was_done = attempt(request, lambda: lost.extend(act()), done)
    warn(request, lost)
    return was_done


def attempt_form(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str | Promise] = "",
    *,
    field: str | None = None,
) -> bool:
    """The same for an act that a form asked for: a refusal stands in the form, so that nothing typed is lost.

    `field` is the field that the refusal is about, when it can be only one.
    """
    try:
        result = _result(act)
    except Changed as refusal:
        form.add_error(None, refusal)  # saved by someone else this very moment: pressing again shows it
        return False
    except ValidationError as refusal:
        form.add_error(field, refusal)
        return False
    _say(request, done, result)
    if word := getattr(form, "kept_of_others", ""):
        messages.info(request, word)
    return True


def _say(
    request: HttpRequest, done: str | Promise | Callable[[Result], str | Promise], result: Result
) -> None:
    sentence = done(result) if callable(done) else done
    if sentence:
        messages.success(request, str(sentence))


def warn(request: HttpRequest, sentences: Iterable[str | Promise]) -> None:
    """Say what did not go along with an act that was done, with a link where there is something to see to."""
    for sentence in sentences:
        words = str(sentence)
        if isinstance(sentence, Linked):
            words = format_html('{} <a href="{}">{}</a>', words, sentence.url, _("Look at it"))
        messages.warning(request, words)


def tell(request: HttpRequest, refusal: ValidationError) -> None:
    """Show why something was refused."""
    messages.error(request, " ".join(refusal.messages))


def confirm(
    request: HttpRequest,
    *,
    of: str | Promise,
    heading: str | Promise,
    says: Sequence[str | Promise],
    word: str | Promise,
    back_url: str,
    space: str,
    read: str = "",
    **frame: Any,
) -> HttpResponse:
    """The page that says what follows from an act before it is done: what it is about, the question, the button's word.

    `read` is the version of what it is about, sent along with the answer; `frame` is for the page around it.
    """
    context: dict[str, Any] = frame | {"of": of, "heading": heading, "says": says, "word": word}
    context |= {"back_url": back_url, "space": space, "read": read}
    return render(request, "ui/confirm.html", context)
