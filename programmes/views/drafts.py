"""Throw away a programme, a cohort or a session that nothing rests on yet."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import versions
from core.access import Verdict
from core.versions import Versioned
from partnerships.actors import ActorRequest
from programmes.queries import drafts as queries
from programmes.rules.cohorts import can_discard_cohort
from programmes.rules.programmes import can_discard_programme
from programmes.rules.sessions import can_discard_session
from programmes.services import drafts as service
from programmes.views.guards import cohort_or_404, programme_or_404, session_or_404
from ui.acts import attempt, confirm, refused, was_read
from ui.languages import dutch, told


@require_http_methods(["GET", "HEAD", "POST"])
def programme_discard(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    """Throw a programme away that has no cohort."""
    row = programme_or_404(request, school, programme)
    verdict = can_discard_programme(request.actor, row, was_used=queries.programme_was_used(row))
    act = partial(service.programme, programme_id=row.pk, by=request.actor, read=was_read(request))
    there = reverse("programmes:programme-edit", args=[school, programme])
    return _discard(request, row, verdict, act, there, reverse("programmes:programme-list", args=[school]))


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_discard(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Throw a cohort away in which nobody is or was."""
    row = cohort_or_404(request, school, cohort)
    verdict = can_discard_cohort(request.actor, row, was_used=queries.cohort_was_used(row))
    act = partial(service.cohort, cohort_id=row.pk, by=request.actor, read=was_read(request))
    there = reverse("programmes:cohort-edit", args=[school, cohort])
    return _discard(request, row, verdict, act, there, reverse("students:cohort-list", args=[school]))


@require_http_methods(["GET", "HEAD", "POST"])
def session_discard(request: ActorRequest, school: str, cohort: UUID, session: UUID) -> HttpResponse:
    """Throw a session away in which nothing was put."""
    of = cohort_or_404(request, school, cohort)
    row = session_or_404(request, of, session)
    verdict = can_discard_session(request.actor, of, was_used=queries.session_was_used(row))
    act = partial(service.session, session_id=row.pk, by=request.actor, read=was_read(request))
    there = reverse("programmes:session-edit", args=[school, cohort, session])
    gone = reverse("students:session-list", args=[school, cohort])
    return _discard(request, row, verdict, act, there, gone, _("Students no longer see it in their agenda."))


def _discard(
    request: ActorRequest,
    draft: Versioned,
    verdict: Verdict,
    act: partial[None],
    there: str,
    gone: str,
    *follows: str | Promise,
) -> HttpResponse:
    """Ask, and do it; `there` is the page of the draft, `gone` where one goes when it is no more."""
    if refused(request, verdict):
        return redirect(there)
    if request.method == "POST":
        done = attempt(request, act, told(_("“%(name)s” has been deleted."), name=dutch(draft)))
        return redirect(gone if done else there)
    return confirm(
        request,
        of=dutch(draft),
        heading=told(_("Delete “%(name)s”?"), name=dutch(draft)),
        says=[*follows, _("You cannot get it back; the history shows that it existed.")],
        word=_("Delete"),
        back_url=there,
        space="teacher",
        read=versions.of(draft),
    )
