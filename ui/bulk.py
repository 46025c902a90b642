"""Bulk acts: tick rows of a list, choose an act, read what it does and who is mailed, and see what came of each row.

A list is a form that is sent by GET: each row has a box `rij` with its key, each button the address of an act. That
address shows the page of the act with the rows that were ticked, then does it, then shows what came of it. A page of
an act says of every row that it showed what was read of it (`read`), so that no act touches what changed meanwhile.

An app writes a subclass of `BulkAct` for each act, and a view that hands it to `answer`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import ALLOW, Verdict, not_now
from core.bulk import Outcome, Picked

Text = str | Promise
MOST = 200  # rows of one act: more than a list shows on a page
KEPT = 5  # acts whose outcome a session keeps, the newest ones
STORE = "bulk"
ROW, READ, DONE, UNDO = "rij", "read", "gedaan", "ongedaan"
EVERY = "alle"  # in place of a key: all rows that wait for this act
CHOOSE_STUDENT = gettext_lazy("First choose a student.")


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row of the page of an act: who or what it is, whether the act can be done to it now, what was read of it.

    `form` holds what is chosen for this row alone; `key` is its prefix, and `name` its row where it says what is wrong.
    """

    key: str
    name: Text
    note: Text = ""
    verdict: Verdict = ALLOW
    read: str = ""
    url: str = ""
    form: BaseForm | None = None


class BulkAct:
    """One act for many rows: its words, its rows and what it does. Subclasses know the actor and where they are."""

    name = ""
    space = "teacher"
    word: Text = ""  # of the button: an infinitive that names no number, since rows can be unticked
    choose: Text = CHOOSE_STUDENT
    legend: Text = gettext_lazy("For whom?")
    undo_word: Text = ""  # empty where it cannot be taken back
    undo_says: Text = ""
    sent: QueryDict | None = None  # what was sent, for the forms of the page and of its rows
    able: Sequence[
        BulkRow
    ] = ()  # the rows that are ticked and to which it can be done, as the page shows them
    filled: Mapping[str, Any] = {}  # what was filled in once for all rows

    @property
    def back(self) -> tuple[Text, str]:
        """The page one came from: its name and address."""
        raise NotImplementedError

    def rows(self, keys: Sequence[str]) -> list[BulkRow]:
        """The rows with these keys that the actor may see, in the order of the list."""
        raise NotImplementedError

    def every(self) -> list[str]:
        """The keys of all rows that wait for this act; what is above `MOST` is for a next time."""
        return []

    def heading(self) -> Text:
        """The act, as the title of its page."""
        return self.word

    def says(self) -> Sequence[Text]:
        """What follows from the act, in sentences."""
        return ()

    def mails(self) -> Sequence[Text]:
        """Who gets a mail, in sentences; empty when nobody does."""
        return ()

    def form(self) -> BaseForm | None:
        """What is filled in once for all rows."""
        return None

    def do(self, picked: Sequence[Picked]) -> list[Outcome]:
        """Do it, and give what came of each row."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What was done, in one sentence."""
        raise NotImplementedError

    def then(self) -> Text:
        """Who is next, in one sentence."""
        return ""

    def take_back(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Take back what was done; each outcome has what `do` gave for it."""
        raise NotImplementedError

    def head(self) -> Mapping[str, Any]:
        """What the frame of the page needs besides."""
        return {}


def uuids(keys: Iterable[str]) -> list[UUID]:
    """The public ids among what a page sent; whatever is none is left out."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def answer(request: HttpRequest, act: BulkAct) -> HttpResponse:
    """The three pages of an act: before it, after it, and the acts themselves."""
    if request.method == "POST":
        return _taken_back(request, act) if UNDO in request.POST else _acted(request, act)
    if DONE in request.GET:
        return _outcome(request, act, request.GET[DONE])
    asked = request.GET.getlist(ROW)
    keys = act.every() if asked == [EVERY] else asked
    if len(keys) > MOST:
        messages.info(
            request, _("These are the first %(number)d. Do the others after these.") % {"number": MOST}
        )
    rows = act.rows(keys[:MOST])
    if not rows:
        messages.error(request, str(act.choose))
        return redirect(act.back[1])
    return _page(request, act, rows, act.form(), [row.key for row in rows])


def _acted(request: HttpRequest, act: BulkAct) -> HttpResponse:
    """Do what was read to what was ticked; where nothing could be done the page comes back and says why."""
    read = _read(request)
    act.sent = request.POST
    rows = act.rows(list(read)[:MOST])
    if not rows:
        messages.error(request, str(act.choose))
        return redirect(act.back[1])
    ticked = set(request.POST.getlist(ROW))
    chosen = [row for row in rows if row.key in ticked]
    form = act.form()
    if not chosen:
        messages.error(request, str(act.choose))
        return _page(request, act, rows, form, ticked)
    forms = [one for one in [form, *(row.form for row in chosen)] if one is not None]
    if [one for one in forms if not one.is_valid()]:  # all are asked, so that each shows its own fault
        return _page(request, act, rows, form, ticked)
    picked = [
        Picked(row.key, read[row.key], row.form.cleaned_data if row.form else {})
        for row in chosen
        if row.verdict
    ]
    act.filled = form.cleaned_data if form else {}
    barred = [Outcome(row.key, refusal=str(row.verdict.reason)) for row in chosen if not row.verdict]
    outcomes = [*act.do(picked), *barred] if picked else barred
    if not any(one.is_done for one in outcomes):
        why = {one.key: one.refusal for one in outcomes}
        refused = [replace(row, verdict=not_now(why[row.key])) if row.key in why else row for row in rows]
        messages.error(request, _("Nothing was done. Each line says why."))
        return _page(request, act, refused, form, ticked)
    token = _keep(request, act, outcomes)
    return redirect(f"{request.path}?{DONE}={token}")


def _read(request: HttpRequest) -> dict[str, str]:
    """What the page showed: each row with the version that was read of it."""
    pairs = (sent.partition(":") for sent in request.POST.getlist(READ))
    return {key: version for key, colon, version in pairs if colon}


def _page(
    request: HttpRequest, act: BulkAct, rows: Sequence[BulkRow], form: BaseForm | None, ticked: Any
) -> HttpResponse:
    able = [row for row in rows if row.verdict]
    act.able = [row for row in able if row.key in ticked]
    label, url = act.back
    context = {
        "act": act,
        "space": act.space,
        "heading": act.heading(),
        "able": [(row, row.key in ticked) for row in able],
        "unable": [row for row in rows if not row.verdict],
        "says": act.says(),
        "mails": act.mails(),
        "form": form,
        "row_forms": [row.form for row in act.able],
        "back_label": label,
        "back_url": url,
        **act.head(),
    }
    return render(request, "ui/bulk.html", context)


# After it


def _keep(request: HttpRequest, act: BulkAct, outcomes: Sequence[Outcome]) -> str:
    """What came of it, for the page that follows and for taking it back: keys and reasons, no names."""
    token = secrets.token_urlsafe(9)
    kept = [[one.key, one.refusal, one.undo] for one in outcomes]
    known = dict(list(request.session.get(STORE, {}).items())[1 - KEPT :])
    request.session[STORE] = known | {token: {"act": act.name, "rows": kept}}
    return token


def _kept(request: HttpRequest, act: BulkAct, token: str) -> list[Outcome]:
    found = request.session.get(STORE, {}).get(token)
    if not found or found["act"] != act.name:
        return []
    return [Outcome(*row) for row in found["rows"]]


def _outcome(request: HttpRequest, act: BulkAct, token: str) -> HttpResponse:
    outcomes = {one.key: one for one in _kept(request, act, token)}
    rows = act.rows(list(outcomes))
    if not rows:
        return redirect(act.back[1])
    done = [row for row in rows if outcomes[row.key].is_done]
    refused = [(row, outcomes[row.key].refusal) for row in rows if not outcomes[row.key].is_done]
    label, url = act.back
    context = {
        "act": act,
        "space": act.space,
        "heading": act.done(len(done)) if done else _("Taken back."),
        "done": done,
        "refused": refused,
        "undo": token if any(one.undo for one in outcomes.values()) and act.undo_word else "",
        "back_label": label,
        "back_url": url,
        **act.head(),
    }
    return render(request, "ui/bulk_done.html", context)


def _taken_back(request: HttpRequest, act: BulkAct) -> HttpResponse:
    token = request.POST[UNDO]
    outcomes = _kept(request, act, token)
    back = f"{request.path}?{DONE}={token}"
    can = [one for one in outcomes if one.undo]
    if not can:
        messages.error(request, _("There is nothing here that can be taken back now."))
        return redirect(back if outcomes else act.back[1])
    act.rows([one.key for one in outcomes])  # so that the act knows which list one came from
    home = act.back[1]
    found = act.take_back(can)
    undone = {one.key for one in found if one.is_done}
    left = [one for one in outcomes if one.key not in undone]
    _keep_left(request, act, token, left)
    for one in found:
        if not one.is_done:
            messages.error(request, one.refusal)
    if undone:
        messages.success(request, _taken_back_words(len(undone)))
    return redirect(back if left else home)


def _keep_left(request: HttpRequest, act: BulkAct, token: str, left: Sequence[Outcome]) -> None:
    known = dict(request.session.get(STORE, {}))
    known[token] = {"act": act.name, "rows": [[one.key, one.refusal, one.undo] for one in left]}
    request.session[STORE] = known


def _taken_back_words(number: int) -> str:
    words = ngettext("Taken back for %(number)d line.", "Taken back for %(number)d lines.", number)
    return words % {"number": number}
