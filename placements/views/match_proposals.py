"""Choosing a student and a place for each other, by hand: for teachers per cohort, for coordinators per partnership."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import deny, require
from partnerships.actors import ActorRequest
from partnerships.models import Partnership
from placements.forms.matches import ProposeForm
from placements.models import Slot
from placements.models.slots import sight_of
from placements.presenters.slots import SlotRow
from placements.queries import fits
from placements.queries.placed import seeking, with_proposed
from placements.rules import matches as rules
from placements.services import matches as service
from programmes.models import Cohort
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet
from ui.acts import posted, tell
from ui.pages import paginate


@dataclass(frozen=True)
class Scope:
    """Whose students and which places this page is about."""

    title: str
    back_label: str
    enrolments: EnrolmentQuerySet
    slots: QuerySet[Slot]
    role: str


@require_http_methods(["GET", "HEAD", "POST"])
def propose_in_cohort(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    cohort = get_object_or_404(
        Cohort.objects.visible_to(request.actor).for_page(request.actor),
        programme__school__slug=slug,
        public_id=public_id,
    )
    require(rules.can_propose_in(request.actor, cohort))
    visible = Enrolment.objects.visible_to(request.actor).filter(cohort=cohort)
    found = Slot.objects.found_by(request.actor, sight_of(request.actor))
    slots = fits.with_crebos(found, cohort.programme.qualifications.values("crebo"))
    scope = Scope(cohort.name, cohort.programme.school.name, visible, slots, "teacher")
    return _propose(request, scope)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_in_partnership(request: ActorRequest, slug: str) -> HttpResponse:
    near = request.actor.coordinates | request.actor.takes_part
    partnership = get_object_or_404(Partnership.objects.filter(pk__in=near), slug=slug)
    if partnership.pk not in request.actor.coordinates:
        require(deny(_("Only coordinators of this partnership match students to places.")))
    enrolments = Enrolment.objects.visible_to(request.actor).filter(
        cohort__programme__partnership=partnership
    )
    slots = Slot.objects.visible_to(request.actor).filter(partnership=partnership).findable()
    scope = Scope(partnership.name, partnership.name, enrolments, slots, "coordinator")
    return _propose(request, scope)


def _propose(request: ActorRequest, scope: Scope) -> HttpResponse:
    """Choose one of the two lists first, then the other of the pair, then say why."""
    slot = _chosen(request, scope.slots.for_list(), "plek")  # type: ignore[attr-defined]
    loaded = scope.enrolments.select_related("student", "cohort__programme__school").prefetch_related(
        "cohort__programme__qualifications"
    )
    enrolment = _chosen(request, loaded, "inschrijving")
    form = ProposeForm(
        posted(request), slots=scope.slots, enrolments=scope.enrolments, initial=_pair(slot, enrolment)
    )
    if request.method == "POST" and form.is_valid() and _proposed(request, form):
        return redirect(request.path)
    if request.method == "POST":  # the pair that was sent stays on the page
        slot = form.cleaned_data.get("plek") or slot
        enrolment = form.cleaned_data.get("inschrijving") or enrolment
    context = {"scope": scope, "form": form, "slot": slot, "enrolment": enrolment, "space": scope.role}
    return render(
        request, "placements/matches/propose.html", {**context, **_lists(request, scope, slot, enrolment)}
    )


def _chosen(request: ActorRequest, rows: Any, name: str) -> Any:
    """The row named in the address; one that is not there is simply not chosen."""
    try:
        ident = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return rows.filter(public_id=ident).first()


def _pair(slot: Slot | None, enrolment: Enrolment | None) -> dict[str, Any]:
    return {
        "plek": slot.public_id if slot else "",
        "inschrijving": enrolment.public_id if enrolment else "",
    }


def _proposed(request: ActorRequest, form: ProposeForm) -> bool:
    data = form.cleaned_data
    try:
        service.propose(
            slot_id=data["plek"].pk,
            enrolment_id=data["inschrijving"].pk,
            reason=data["reason"],
            by=request.actor,
        )
    except ValidationError as error:
        tell(request, error)
        return False
    messages.success(
        request,
        _("%(student)s is proposed for “%(slot)s”. The employer answers first.")
        % {"student": data["inschrijving"].student.first_name, "slot": data["plek"].title},
    )
    return True


def _lists(
    request: ActorRequest, scope: Scope, slot: Slot | None, enrolment: Enrolment | None
) -> dict[str, Any]:
    """What can be chosen now: all of both, or what suits the one that was chosen."""
    if slot and enrolment:
        known = fits.recognised({slot.organisation_id})
        return {"fit": fits.weigh(slot, enrolment, known)}
    if enrolment:
        return {"fits": fits.slots_for(enrolment, scope.slots)}
    if slot:
        return {"fits": fits.students_for(slot, scope.enrolments)}
    students_seeking = with_proposed(seeking(scope.enrolments)).select_related("student", "cohort__programme")
    students = paginate(
        request, students_seeking.order_by("student__sort_name", "pk"), 15, parameter="studenten"
    )
    slots = paginate(request, scope.slots.with_free().for_list(), 15, parameter="plekken")  # type: ignore[attr-defined]
    return {"students": students, "slots": slots, "slot_rows": [SlotRow(row) for row in slots]}
