"""Choosing a student and a slot for each other, by hand: for teachers per cohort, for coordinators per partnership."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import SimpleLazyObject as lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import readlog, versions
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.views.guards import coordinated_partnership
from placements.forms.matches import ProposeForm
from placements.models import Slot
from placements.presenters import match_proposals as pages
from placements.presenters.match_proposals import Scope
from placements.presenters.slots import SlotRow
from placements.queries.visible import seekers_by_key, slots_by_key
from placements.rules import matches as rules
from placements.services import matches as service
from programmes.models import Cohort
from students.models import Enrolment
from ui.acts import attempt_form, posted, was_read
from ui.languages import dutch, told
from ui.pages import Known, paginate, paginate_list

A_PAGE = 15


@require_http_methods(["GET", "HEAD", "POST"])
def propose_in_cohort(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """For who teaches the cohort, and for coordinators of its partnership."""
    cohort = get_object_or_404(
        Cohort.objects.visible_to(request.actor).for_page(request.actor),
        programme__school__slug=slug,
        public_id=public_id,
    )
    require(rules.can_propose_in(request.actor, cohort))
    return _propose(request, pages.of_cohort(request.actor, cohort))


@require_http_methods(["GET", "HEAD", "POST"])
def propose_in_partnership(request: ActorRequest, slug: str) -> HttpResponse:
    """For coordinators of the partnership."""
    return _propose(request, pages.of_partnership(request.actor, coordinated_partnership(request, slug)))


def _propose(request: ActorRequest, scope: Scope) -> HttpResponse:
    """Choose one of the two lists first, then the other of the pair, then say why."""
    slot: Slot | None = _chosen(request, lambda: scope.slots.for_list(), "plek")
    enrolment: Enrolment | None = _chosen(request, lambda: scope.chooseable_enrolments, "inschrijving")
    sent = posted(request)
    form = ProposeForm(
        sent,
        slots=Slot.objects.none()
        if sent is None
        else scope.slots,  # only what is sent is looked up among them
        enrolments=Enrolment.objects.none() if sent is None else scope.enrolments,
        initial={"slot": slot and slot.public_id, "enrolment": enrolment and enrolment.public_id},
    )
    if form.is_valid() and _proposed(request, form):
        return redirect(request.path)
    if form.is_bound:  # the pair that was sent stays on the page
        slot = form.cleaned_data.get("slot") or slot
        enrolment = form.cleaned_data.get("enrolment") or enrolment
    found = pages.what_fits(scope, slot, enrolment) or _lists(request, scope)
    if "fits" in found:
        found["fits"] = paginate_list(request, found["fits"], parameter="bladzijde")
        readlog.note(*(fit.enrolment.student for fit in found["fits"]))
    context = {"scope": scope, "form": form, "slot": slot, "enrolment": enrolment, "space": scope.space}
    context["read"] = versions.of(slot, enrolment) if slot and enrolment else ""
    return render(request, "placements/matches/propose.html", {**context, **found})


def _chosen(request: ActorRequest, rows: Callable[[], QuerySet[Any]], name: str) -> Any:
    """The row named in the address; one that is not there is simply not chosen."""
    try:
        ident = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return rows().filter(public_id=ident).first()


def _proposed(request: ActorRequest, form: ProposeForm) -> bool:
    slot, enrolment = form.cleaned_data["slot"], form.cleaned_data["enrolment"]
    why = {"reason": form.cleaned_data["reason"], "by": request.actor, "read": was_read(request)}
    done = _("%(student)s is proposed for “%(slot)s”. The employer answers first.")
    return attempt_form(
        request,
        form,
        partial(service.propose, slot_id=slot.pk, enrolment_id=enrolment.pk, **why),
        told(done, student=enrolment.student.first_name, slot=dutch(slot.title)),
    )


def _lists(request: ActorRequest, scope: Scope) -> dict[str, Any]:
    """Where nothing is chosen yet: who seeks a place, and where there is room."""
    seekers: Any = lazy(lambda: scope.students_without_place)
    places: Any = lazy(lambda: scope.slots_with_room)
    who, where = Known(keys=scope.seekers), Known(keys=scope.rooms)
    students = paginate(request, seekers, A_PAGE, parameter="studenten", rows=seekers_by_key, known=who)
    slots = paginate(request, places, A_PAGE, parameter="plekken", rows=slots_by_key, known=where)
    return {"students": students, "slots": slots, "slot_rows": [SlotRow(row) for row in slots]}
