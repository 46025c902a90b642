"""Free days of an organisation: see them, and say which days of choice it keeps."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.dates import today
from partnerships.actors import ActorRequest
from partnerships.forms.free_days import FreeDaysForm
from partnerships.presenters import sheets
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries import free_days
from partnerships.rules import memberships as rules
from partnerships.views.guards import organisation_or_404
from ui.acts import attempt_form, posted
from ui.history import edits
from ui.pages import whole
from ui.sheets import asked

AHEAD = dt.timedelta(days=400)


@require_safe
def free_day_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The holidays of the year ahead, with the school holidays of the region."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_view_people(request.actor, organisation))
    first = today()
    holidays = free_days.coming(organisation, first, first + AHEAD)
    school_holidays = free_days.school_holidays(organisation, first + AHEAD, first)
    both = sheets.free_days(holidays, school_holidays)
    if file := asked(request, both, sheets.FREE_DAYS):
        return file
    context = {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "page": whole(both, request.path),
        "holidays": holidays,
        "school_holidays": school_holidays,
        "may_manage": rules.can_manage(request.actor, organisation),
        "history": edits(organisation, "free_days", "holiday_region"),
    }
    return render(request, "partnerships/free_days/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def free_day_change(request: ActorRequest, slug: str) -> HttpResponse:
    """Which days of choice the organisation keeps, and whose school holidays it follows."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_manage(request.actor, organisation))
    form = FreeDaysForm(posted(request), instance=organisation)
    done = _("The free days have been saved.")
    act = partial(form.write, by=request.actor.person_id)
    if form.is_valid() and attempt_form(request, form, act, done):
        return redirect("partnerships:free-day-list", slug)
    context = space_of_organisation(organisation) | {"organisation": organisation, "form": form}
    return render(request, "partnerships/free_days/form.html", context)
