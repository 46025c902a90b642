"""What administrators did with one's own account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import SupportAct
from ui.pages import paginate


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Every support act: by whom, why, and what was done under it."""
    user: Any = request.user
    acts = SupportAct.objects.of(user.person).for_list().prefetch_related("events")
    return render(request, "accounts/support.html", {"page": paginate(request, acts)})
