"""Playbooks for everyone: the list, the newest version of one, and each version at an address that stays."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.for_everyone import for_everyone
from playbooks.models import PlaybookVersion
from playbooks.presenters import sheets
from playbooks.presenters.playbooks import reading
from ui.pages import paginate
from ui.sheets import asked


@login_not_required
@require_safe
@for_everyone
def playbook_list(request: HttpRequest) -> HttpResponseBase:
    """The newest version of each playbook."""
    rows = PlaybookVersion.objects.current().for_list()
    if file := asked(request, rows, sheets.PLAYBOOKS):
        return file
    return render(request, "playbooks/public/list.html", {"page": paginate(request, rows, 12)})


@login_not_required
@require_safe
@for_everyone
def playbook_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version of one."""
    rows = PlaybookVersion.objects.current().with_parts()
    version = get_object_or_404(rows, playbook__slug=slug)
    context = reading(version, getattr(request, "actor", None), version.playbook.get_absolute_url())
    return render(request, "playbooks/public/detail.html", context)


@login_not_required
@require_safe
@for_everyone
def playbook_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, as it was published."""
    rows = PlaybookVersion.objects.public().with_parts()
    version = get_object_or_404(rows, playbook__slug=slug, number=number)
    context = reading(version, getattr(request, "actor", None), version.get_absolute_url())
    return render(request, "playbooks/public/detail.html", context)
