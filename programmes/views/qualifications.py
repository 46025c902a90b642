"""Administrators' pages of qualifications: what there is, and bringing in more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from programmes.imports import qualifications as reader
from programmes.models import Qualification
from programmes.rules import qualifications as rules
from programmes.services import qualifications as service
from ui import formats
from ui.pages import paginate
from ui.uploads import CHANGED, RUN_OUT, CsvUploadForm, HeldFileForm

MOST_SHOWN = 200


@require_safe
def qualification_list(request: ActorRequest) -> HttpResponse:
    """All qualifications, the newest version of each first."""
    require(rules.can_manage_qualifications(request.actor))
    qualifications = (
        Qualification.objects.for_list()
        .annotate(process_count=Count("core_tasks__work_processes"))
        .order_by("name", "-file__valid_from", "pk")
    )
    page = paginate(request, qualifications)
    return render(request, "programmes/qualifications/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_import(request: ActorRequest) -> HttpResponse:
    """Hand in a file and see what is in it; nothing is written yet."""
    require(rules.can_manage_qualifications(request.actor))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CsvUploadForm(*sent, most_bytes=reader.MOST_BYTES)
    context: dict[str, Any] = {"form": form, "columns": reader.COLUMNS, "result": None, "errors": []}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        rows, errors = reader.read_qualifications(content)
        result = service.check_rows(rows=rows) if not errors else None
        errors = errors or (result.errors if result else [])
        context |= {"result": result if not errors else None, "errors": errors[:MOST_SHOWN]}
        context |= {"error_count": len(errors), "rows": rows[:MOST_SHOWN], "row_count": len(rows)}
        if not errors:
            context["held"] = HeldFileForm.holding(content, salt=_salt(request))
    return render(request, "programmes/qualifications/import.html", context)


@require_POST
def qualification_commit(request: ActorRequest) -> HttpResponse:
    """Write a checked file. The second time everything is there already, and that is what is said."""
    require(rules.can_manage_qualifications(request.actor))
    form = HeldFileForm(request.POST, salt=_salt(request))
    if not form.is_valid():
        messages.error(request, RUN_OUT)
        return redirect("programmes:qualification-import")
    rows, errors = reader.read_qualifications_text(form.cleaned_data["held"])
    try:
        if errors:
            raise service.ImportRefused(errors)
        result = service.import_rows(rows=rows)
    except service.ImportRefused:
        messages.error(request, CHANGED)
        return redirect("programmes:qualification-import")
    messages.success(request, _done(result))
    return redirect("programmes:qualification-list")


@require_safe
def qualification_template(request: ActorRequest) -> HttpResponse:
    """An empty file with the header and an example."""
    require(rules.can_manage_qualifications(request.actor))
    response = HttpResponse(reader.empty_file(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kwalificaties.csv"'
    return response


def _salt(request: ActorRequest) -> str:
    return f"qualifications:{request.actor.person_id}"


def _done(result: service.ImportResult) -> str:
    if result.is_empty:
        return _("Everything in this file was there already. Nothing has changed.")
    parts = (
        (
            result.files,
            ngettext("%(number)s new version of a file", "%(number)s new versions of files", result.files),
        ),
        (
            result.qualifications,
            ngettext("%(number)s new qualification", "%(number)s new qualifications", result.qualifications),
        ),
        (
            result.core_tasks,
            ngettext("%(number)s new core task", "%(number)s new core tasks", result.core_tasks),
        ),
        (
            result.work_processes,
            ngettext("%(number)s new work process", "%(number)s new work processes", result.work_processes),
        ),
        (result.changed, ngettext("%(number)s changed text", "%(number)s changed texts", result.changed)),
    )
    what = ", ".join(words % {"number": formats.number(number)} for number, words in parts if number)
    return _("Imported: %(what)s.") % {"what": what}
