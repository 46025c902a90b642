"""One's own data: what is kept and how long, taking it along, and asking to be erased."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import RecordKind
from accounts.models import ErasureRequest, OwnRecord, Person
from accounts.presenters.own_data import RequestRow, kept_rows
from accounts.queries.privacy import lengths_on, what_runs
from accounts.services import erasure, own_records, throttles
from accounts.views.fresh import is_fresh, require_fresh
from core.dates import today
from core.privacy.archive import archive_of
from ui.acts import attempt, too_many, was_read

MOST_RECORDS = 5
WANTED = "bestand"  # what is to be downloaded, once the password was given
FILES = {
    RecordKind.PDF.value: "accounts:own-record-pdf",
    RecordKind.JSON.value: "accounts:own-record-json",
    "zip": "accounts:own-record-files",
}


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of the reader and how long, the way to take it along, and to ask for erasure.

    Who gave the password for a file comes back here: the file follows by itself, and this page stays in the browser.
    """
    person = _person(request)
    wanted = FILES.get(request.GET.get(WANTED, ""))
    if wanted:
        require_fresh(request)
    newest = ErasureRequest.objects.filter(person=person).order_by("-asked_at", "-pk").first()
    context = {
        "person": person,
        "kept": kept_rows(lengths_on(today())),
        "taken": OwnRecord.objects.filter(person=person)[:MOST_RECORDS],
        "asked": RequestRow(newest) if newest else None,
        "waits": newest is not None and newest.is_open,
        "follows": wanted and reverse(wanted),
    }
    response = render(request, "accounts/own_data/page.html", context)
    if wanted:
        response["Refresh"] = f"0; url={context['follows']}"
    return response


@require_safe
@never_cache
def record_json(request: HttpRequest) -> HttpResponse:
    """The own record for a computer."""
    return _taken(request, RecordKind.JSON)


@require_safe
@never_cache
def record_pdf(request: HttpRequest) -> HttpResponse:
    """The own record to read."""
    return _taken(request, RecordKind.PDF)


@require_safe
@never_cache
def record_files(request: HttpRequest) -> HttpResponseBase:
    """The files of the own record, in one archive."""
    if not is_fresh(request):
        return _password_first("zip")
    person = _person(request)
    if not throttles.take(limit=own_records.TAKEN, key=str(person.pk)):
        return too_many(request)
    archive, _kept_back = archive_of(person.pk)
    name = f"leerpact-{today().isoformat()}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(
        archive, as_attachment=True, filename=name, content_type="application/zip", headers=headers
    )


def _taken(request: HttpRequest, kind: RecordKind) -> HttpResponse:
    """The file itself, once the password was given just now; too often in an hour is said."""
    if not is_fresh(request):
        return _password_first(kind.value)
    person = _person(request)
    if not throttles.take(limit=own_records.TAKEN, key=str(person.pk)):
        return too_many(request)
    content = own_records.take(person_id=person.pk, kind=kind)
    types = {RecordKind.JSON: "application/json", RecordKind.PDF: "application/pdf"}
    name = f"leerpact-{today().isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=types[kind], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def erasure_ask(request: HttpRequest) -> HttpResponse:
    """What erasure means, and the button that asks for it; the password is asked first."""
    person = _person(request)
    if request.method != "POST":
        require_fresh(request)
        context = {"running": dict.fromkeys(what_runs(person, today()))}
        return render(request, "accounts/own_data/ask.html", context)
    if not is_fresh(request):
        return redirect("accounts:erasure-ask")
    done = _("We have your request. You get an email with the decision, within a month.")
    attempt(request, partial(erasure.ask, person_id=person.pk), done)
    return redirect("accounts:own-data")


@require_POST
def erasure_withdraw(request: HttpRequest) -> HttpResponse:
    """Take the request back."""
    act = partial(erasure.withdraw, person_id=_person(request).pk, read=was_read(request))
    attempt(request, act, _("Your request is taken back. Nothing was erased."))
    return redirect("accounts:own-data")


def _password_first(wanted: str) -> HttpResponse:
    """By way of the page: after a download a browser stays where it was, and that would be at the password."""
    return redirect(f"{reverse('accounts:own-data')}?{WANTED}={wanted}")


def _person(request: HttpRequest) -> Person:
    user: Any = request.user
    person: Person = user.person
    return person
