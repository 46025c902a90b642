"""What an initiative measures: the drawing with all measurements, and what who leads it does there."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.indicators import IndicatorForm, MeasurementCorrectionForm, MeasurementForm
from partnerships.models import Indicator, Initiative
from partnerships.presenters.indicators import plot_of
from partnerships.presenters.initiative_partners import around
from partnerships.rules.days import can_be_corrected
from partnerships.rules.initiative_partners import can_lead
from partnerships.services import indicators as service
from partnerships.views.guards import inside_initiative, led_initiative
from ui.acts import attempt_form, posted, refused
from ui.history import dated_trail


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Say what is measured."""
    initiative = led_initiative(request, slug)
    return _edit(request, initiative, Indicator(initiative=initiative))


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change what is measured."""
    initiative = led_initiative(request, slug)
    return _edit(request, initiative, _indicator_or_404(initiative, public_id))


def _edit(request: ActorRequest, initiative: Initiative, row: Indicator) -> HttpResponse:
    form = IndicatorForm(posted(request), instance=row)
    if form.is_valid():
        act = partial(service.save, indicator=row, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("Saved.")):
            return redirect(row)
    context = around(request.actor, initiative) | {"form": form, "indicator": row if row.pk else None}
    return render(request, "partnerships/indicators/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """All measurements; who leads the initiative adds one."""
    initiative = inside_initiative(request, slug)
    indicator = _indicator_or_404(initiative, public_id)
    leads = can_lead(request.actor, initiative)
    if request.method == "POST":
        require(leads)
    form = MeasurementForm(posted(request)) if leads else None
    if form is not None and form.is_valid():
        act = partial(service.measure, indicator_id=indicator.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The measurement has been added.")):
            return redirect(indicator)
    context = around(request.actor, initiative) | {"indicator": indicator, "plot": plot_of(indicator)}
    context |= {"form": form, "history": dated_trail(indicator)}
    return render(request, "partnerships/indicators/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measurement_correct(request: ActorRequest, slug: str, public_id: UUID, measurement: UUID) -> HttpResponse:
    """Say beside a measurement what it should have been."""
    initiative = led_initiative(request, slug)
    indicator = _indicator_or_404(initiative, public_id)
    row = get_object_or_404(indicator.measurements.for_list(), public_id=measurement)
    form = MeasurementCorrectionForm(posted(request), measurement=row)
    if form.is_valid():
        act = partial(service.correct, measurement_id=row.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The measurement has been corrected. Both can be seen.")):
            return redirect(indicator)
    elif not form.is_bound and refused(request, can_be_corrected(row)):
        return redirect(indicator)
    context = around(request.actor, initiative) | {"indicator": indicator, "form": form}
    return render(request, "partnerships/indicators/correct.html", context)


def _indicator_or_404(initiative: Initiative, public_id: UUID) -> Indicator:
    return get_object_or_404(initiative.indicators.with_measurements(), public_id=public_id)
