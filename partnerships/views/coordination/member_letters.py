"""A coordinator writes to all members, a group or the employers of a call."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.member_letters import LetterForm
from partnerships.models import Group, MemberLetter
from partnerships.presenters import member_letters as pages
from partnerships.presenters import sheets
from partnerships.queries.member_letters import Audience, recipients
from partnerships.rules.member_letters import can_write_letters
from partnerships.services import member_letters as service
from partnerships.views.guards import coordinated_partnership
from ui.acts import attempt, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def letter_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What was written to many, and to how many."""
    partnership = coordinated_partnership(request, slug)
    rows = MemberLetter.objects.filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.LETTERS):
        return file
    page = paginate(request, rows)
    context = {"space": "coordinator", "partnership": partnership, "page": page}
    context["rows"] = pages.letter_rows(list(page))
    context["may_write"] = can_write_letters(request.actor, partnership)
    return render(request, "partnerships/coordination/letters/list.html", context)


@require_safe
def letter_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One letter as it went out."""
    partnership = coordinated_partnership(request, slug)
    rows = MemberLetter.objects.filter(partnership=partnership).for_list()
    letter = get_object_or_404(rows, public_id=public_id)
    context = {"space": "coordinator", "partnership": partnership, "letter": letter}
    context["audience"] = pages.audience_of(letter)
    return render(request, "partnerships/coordination/letters/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_write(request: ActorRequest, slug: str) -> HttpResponse:
    """Write one; it is shown with who gets it, and then sent."""
    partnership = coordinated_partnership(request, slug)
    if refused(request, can_write_letters(request.actor, partnership)):
        return redirect("partnerships:coordination-letters", slug)
    letter = MemberLetter(partnership=partnership)
    groups = list(Group.objects.running().filter(partnership=partnership).order_by("name", "pk"))
    calls = list(partnership.calls.for_list())
    form = LetterForm(posted(request), instance=letter, groups=groups, calls=calls)
    if form.is_valid() and "change" not in request.POST:
        letter = form.save(commit=False)
        if "send" in request.POST and _sent(request, letter):
            return redirect("partnerships:coordination-letter", slug, letter.public_id)
        return _preview(request, form, letter)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    return render(request, "partnerships/coordination/letters/form.html", context)


def _sent(request: ActorRequest, letter: MemberLetter) -> bool:
    """Whether it went out; the letter is then the one that is kept."""

    def send() -> MemberLetter:
        kept = service.send(letter=letter, read=was_read(request), by=request.actor)
        letter.public_id = kept.public_id
        return kept

    def told(kept: MemberLetter) -> str:
        words = ngettext("Sent to %(number)d person.", "Sent to %(number)d people.", kept.recipients)
        return words % {"number": kept.recipients}

    return attempt(request, send, told)


def _preview(request: ActorRequest, form: LetterForm, letter: MemberLetter) -> HttpResponse:
    audience = Audience(letter.partnership, letter.group, letter.call)
    found = recipients(audience, writer=request.actor.person_id)
    context = pages.preview_context(form, letter, found, address=request.user.email)
    return render(request, "partnerships/coordination/letters/preview.html", context)
