"""Many students at once: a list handed in, its columns and rows looked at, saved as it was shown, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import throttles
from core.imports.models import ImportBatch
from core.readlog import Subject
from partnerships.actors import ActorRequest
from programmes.models import Cohort
from students.imports.enrolments import NOW, StudentImporter
from students.models import Student
from students.queries.cohorts import free_seats
from students.rules import enrolments as rules
from students.views.guards import taught_cohort_or_404
from ui import formats, imports
from ui.acts import refused
from ui.forms import PortalForm
from ui.languages import dutch


class InviteForm(PortalForm):
    """Whether new students hear of it at once."""

    invite = forms.ChoiceField(
        label=gettext_lazy("Invite the new students"),
        choices=[
            (NOW, gettext_lazy("Mail each of them an invitation now")),
            ("later", gettext_lazy("Do not mail them yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the new students get an email now.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_import(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Hand in a list; nothing of it is saved yet."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("cohort-detail", school, group.public_id)
    return imports.file_page(request, _frame(request, group))


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_import_batch(request: ActorRequest, school: str, cohort: UUID, batch: UUID) -> HttpResponse:
    """A list at the step where it is."""
    group = taught_cohort_or_404(request, school, cohort)
    if request.method == "POST" and refused(request, rules.can_enrol(request.actor, group)):
        return redirect("cohort-detail", school, group.public_id)
    return imports.batch_page(request, _frame(request, group), batch)


@require_POST
def enrolment_import_commit(request: ActorRequest, school: str, cohort: UUID, batch: UUID) -> HttpResponse:
    """Save what was shown."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("cohort-detail", school, group.public_id)
    return imports.commit(request, _frame(request, group), batch)


@require_POST
def enrolment_import_undo(request: ActorRequest, school: str, cohort: UUID, batch: UUID) -> HttpResponse:
    """Take a saved list back."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("cohort-detail", school, group.public_id)
    return imports.undo(request, _frame(request, group), batch)


@require_safe
def enrolment_import_rows(request: ActorRequest, school: str, cohort: UUID, batch: UUID) -> HttpResponseBase:
    """The rows that stay behind, to put right in a spreadsheet."""
    group = taught_cohort_or_404(request, school, cohort)
    return imports.left_over(request, _frame(request, group), batch)


@require_safe
def enrolment_template(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """An empty file with the header and an example."""
    group = taught_cohort_or_404(request, school, cohort)
    return imports.template_file(_frame(request, group), "studenten")


def _frame(request: ActorRequest, group: Cohort) -> imports.Frame:
    school = group.programme.school
    is_first = bool(request.resolver_match and request.resolver_match.url_name == "enrolment-import")
    cohort_url = reverse("cohort-detail", args=[school.slug, group.public_id])
    return imports.Frame(
        importer=StudentImporter,
        by=request.actor,
        url=partial(_address, group),
        count_one=partial(throttles.take, limit=throttles.LISTS, key=str(request.actor.person_id)),
        title=_("Import a list of students"),
        back=cohort_url,
        back_label=_("To the cohort"),
        target=str(group.pk),
        owner=str(school.pk),
        space="teacher",
        crumbs=(dutch(group.name), cohort_url),
        says=(_seats(free_seats(group)),) if is_first else (),
        confirm_form=InviteForm,
        totals=_totals,
        subjects=_subjects,
    )


def _address(group: Cohort, page: str, batch: ImportBatch | None = None) -> str:
    """Where a page of the import is."""
    known = {"import": "enrolment-import", "template": "enrolment-template"}
    name = known.get(page, f"enrolment-import-{page}")
    more = [batch.public_id] if batch else []
    return reverse(f"students:{name}", args=[group.programme.school.slug, group.public_id, *more])


def _seats(free: int) -> str:
    text = ngettext(
        "There is %(number)s free seat. Who comes after that goes to the waiting list.",
        "There are %(number)s free seats. Who comes after that goes to the waiting list.",
        free,
    )
    return text % {"number": formats.number(free)}


def _totals(totals: dict[str, Any]) -> list[str]:
    """What the check says of the list as a whole."""
    said = []
    if waiting := totals.get("waiting", 0):
        text = ngettext(
            "The cohort has too few seats: the last new student goes to the waiting list.",
            "The cohort has too few seats: the last %(number)s new students go to the waiting list.",
            waiting,
        )
        said.append(text % {"number": formats.number(waiting)})
    if untold := totals.get("untold", 0):
        text = ngettext(
            "Of %(number)s student we cannot tell whether town and postcode belong together: we do not know that town.",
            "Of %(number)s students we cannot tell whether town and postcode belong together: we do not know those towns.",
            untold,
        )
        said.append(text % {"number": formats.number(untold)})
    return said


def _subjects(ids: Sequence[UUID]) -> list[Subject]:
    rows = Student.objects.filter(public_id__in=ids).values_list("public_id", "person_id")
    return [Subject(*row) for row in rows]
