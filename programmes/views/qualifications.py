"""Administrators' pages of qualifications: what there is, and bringing in more."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import throttles
from core.access import require
from core.imports.models import ImportBatch
from partnerships.actors import ActorRequest
from programmes.imports.qualifications import QualificationImporter
from programmes.models import Qualification
from programmes.presenters import sheets
from programmes.rules import qualifications as rules
from ui import imports
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def qualification_list(request: ActorRequest) -> HttpResponseBase:
    """All qualifications, the newest version of each first."""
    require(rules.can_manage_qualifications(request.actor))
    qualifications = (
        Qualification.objects.for_list()
        .annotate(process_count=Count("core_tasks__work_processes"))
        .order_by("name", "-file__valid_from", "pk")
    )
    if file := asked(request, qualifications, sheets.QUALIFICATIONS):
        return file
    page = paginate(request, qualifications)
    return render(request, "programmes/qualifications/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_import(request: ActorRequest) -> HttpResponse:
    """Hand in a list; nothing of it is saved yet."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.file_page(request, _frame(request))


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_import_batch(request: ActorRequest, batch: UUID) -> HttpResponse:
    """A list at the step where it is."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.batch_page(request, _frame(request), batch)


@require_POST
def qualification_import_commit(request: ActorRequest, batch: UUID) -> HttpResponse:
    """Save what was shown."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.commit(request, _frame(request), batch)


@require_POST
def qualification_import_undo(request: ActorRequest, batch: UUID) -> HttpResponse:
    """Take a saved list back."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.undo(request, _frame(request), batch)


@require_safe
def qualification_import_rows(request: ActorRequest, batch: UUID) -> HttpResponseBase:
    """The rows that stay behind, to put right in a spreadsheet."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.left_over(request, _frame(request), batch)


@require_safe
def qualification_template(request: ActorRequest) -> HttpResponse:
    """An empty file with the header and an example."""
    require(rules.can_manage_qualifications(request.actor))
    return imports.template_file(_frame(request), "kwalificaties")


def _frame(request: ActorRequest) -> imports.Frame:
    back = reverse("programmes:qualification-list")
    return imports.Frame(
        importer=QualificationImporter,
        by=request.actor,
        url=_address,
        count_one=partial(throttles.take, limit=throttles.LISTS, key=str(request.actor.person_id)),
        title=_("Import qualifications"),
        back=back,
        back_label=_("To the qualifications"),
        crumbs=(_("Administration"), reverse("administration"), _("Qualifications"), back),
        says=(
            _(
                "Each row is a work process. Leave the work process empty for a core task of which you do not know them, and"
                " both for a qualification alone."
            ),
            _(
                "A file (dossier_crebo) with another valid_from is a new version. Cohorts keep the version they started"
                " with."
            ),
            _("A source with the word “voorbeeld” marks the file as example data."),
        ),
    )


def _address(page: str, batch: ImportBatch | None = None) -> str:
    """Where a page of the import is."""
    known = {"import": "qualification-import", "template": "qualification-template"}
    name = known.get(page, f"qualification-import-{page}")
    return reverse(f"programmes:{name}", args=[batch.public_id] if batch else [])
