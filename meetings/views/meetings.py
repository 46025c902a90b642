"""Meetings: the lists of a table, and one meeting from its plan to its report."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from core.versions import NO_PAGE
from meetings.forms.meetings import MeetingForm
from meetings.models import Meeting
from meetings.presenters import meetings as pages
from meetings.presenters import sheets
from meetings.presenters.actions import own_frame
from meetings.presenters.next_steps import for_person
from meetings.presenters.rhythms import rhythm_row
from meetings.presenters.tables import Table, frame
from meetings.queries.tables import at_table
from meetings.rules import meetings as rules
from meetings.services import meetings as service
from meetings.views.form_pages import show_form
from meetings.views.guards import meeting_or_404, table_of_group, table_of_partnership
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read
from ui.forms import ReasonForm
from ui.next_steps import groups_of
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def meeting_list(request: ActorRequest) -> HttpResponseBase:
    """What comes at one's own tables, with what waits there for the reader."""
    rows = Meeting.objects.visible_to(request.actor).coming().soonest_first()
    if file := asked(request, rows, sheets.MEETINGS):
        return file
    context = own_frame(request.actor) | {"page": paginate(request, rows)}
    context["tasks"] = groups_of(for_person(request.actor))
    return render(request, "meetings/meetings/own.html", context)


@require_safe
def partnership_meetings(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The meetings of a partnership, with those of its groups that one may see."""
    return _list(request, table_of_partnership(request, slug))


@require_safe
def group_meetings(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """The meetings of a group."""
    return _list(request, table_of_group(request, public_id))


def _list(request: ActorRequest, table: Table) -> HttpResponseBase:
    rows = table.meetings(request.actor).for_list()
    if file := asked(request, rows, sheets.MEETINGS):
        return file
    context = frame(request.actor, table) | {"page": paginate(request, rows)}
    context["may_plan"] = rules.can_plan(request.actor, table.partnership, table.group)
    context["rhythm"] = rhythm_row(table)
    return render(request, "meetings/meetings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_meeting_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Plan a meeting of a whole partnership."""
    return _create(request, table_of_partnership(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def group_meeting_create(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Plan a meeting of a group."""
    return _create(request, table_of_group(request, public_id))


def _create(request: ActorRequest, table: Table) -> HttpResponse:
    if refused(request, rules.can_plan(request.actor, table.partnership, table.group)):
        return redirect(table.meetings_url)
    former = pages.former_of(request.GET.get("na", ""), table.meetings(request.actor))
    row = Meeting(partnership=table.partnership, group=table.group, previous=former)
    form = MeetingForm(posted(request), instance=row, initial=pages.as_the_former(former))
    if form.is_valid():
        act = partial(service.save, meeting=form.save(commit=False), by=request.actor, version=NO_PAGE)
        if attempt_form(request, form, act, _("The meeting has been planned. Now make the agenda.")):
            return redirect(row)
    context = frame(request.actor, table) | {"form": form, "back": table.meetings_url}
    context |= {"back_name": _("Meetings"), "heading": _("Plan a meeting"), "submit": _("Plan the meeting")}
    return show_form(request, context)


@require_safe
def meeting_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One meeting: the agenda and who comes, or what was said and decided."""
    meeting = meeting_or_404(request, public_id)
    return render(request, "meetings/meetings/detail.html", pages.detail_context(request.actor, meeting))


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Another time, place or name."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_change(request.actor, meeting)):
        return redirect(meeting)
    form = MeetingForm(posted(request), instance=meeting)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, meeting=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The meeting has been saved.")):
            return redirect(meeting)
    context = pages.form_frame(request.actor, meeting) | {"form": form}
    context |= {"heading": _("Change the meeting"), "submit": _("Save the meeting")}
    return show_form(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Who gets an invitation and who is missing; then send them."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_invite(request.actor, meeting)):
        return redirect(meeting)
    if request.method == "POST":
        people = [int(key) for key in request.POST.getlist("person") if key.isascii() and key.isdigit()]
        invite = partial(service.invite, meeting_id=meeting.pk, people=people, by=request.actor)
        if attempt(request, partial(invite, read=was_read(request)), _("The invitations have been sent.")):
            return redirect(meeting)
        return redirect("meetings:meeting-invite", public_id)
    context = pages.invite_context(request.actor, meeting, at_table(meeting))
    return render(request, "meetings/meetings/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Call it off, with the reason."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_cancel(request.actor, meeting)):
        return redirect(meeting)
    form = ReasonForm(posted(request), help_text=_("Everyone who was invited reads this."))
    if form.is_valid():
        cancel = partial(service.cancel, meeting_id=meeting.pk, by=request.actor, **form.cleaned_data)
        act = partial(cancel, read=was_read(request))
        if attempt_form(request, form, act, _("The meeting has been cancelled.")):
            return redirect(meeting)
    context = pages.form_frame(request.actor, meeting) | {"form": form, "read_of": meeting, "danger": True}
    context |= {"heading": _("Cancel the meeting"), "submit": _("Cancel the meeting")}
    return show_form(request, context)


@require_POST
def meeting_hold(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Begin the report."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_hold(request.actor, meeting)):
        act = partial(service.hold, meeting_id=meeting.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("Tick off who is there, and write under each item."))
    return redirect(meeting)


@require_POST
def meeting_attend(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Write down who is there."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_minute(request.actor, meeting)):
        chosen = set(request.POST.getlist("present"))
        rows = meeting.attendances.values_list("pk", "public_id")
        present = [pk for pk, key in rows if str(key) in chosen]
        act = partial(service.attend, meeting_id=meeting.pk, present=present, by=request.actor)
        attempt(request, act, _("Saved who is there."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_close(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What goes out to whom; then send the report."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_close(request.actor, meeting)):
        return redirect(meeting)
    if request.method == "POST":
        act = partial(service.close, meeting_id=meeting.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The report has been sent."))
        return redirect(meeting)
    frame_of = pages.form_frame(request.actor, meeting)
    return confirm(
        request,
        of=meeting.title,
        heading=_("Send the report?"),
        says=pages.before_close(meeting),
        word=_("Send the report"),
        back_url=meeting.get_absolute_url(),
        space=frame_of["space"],
        read=versions.of(meeting),
        belongs_under=frame_of.get("belongs_under", ""),
    )


@require_POST
def meeting_adopt(request: ActorRequest, public_id: UUID, report: UUID) -> HttpResponse:
    """Adopt the report of an earlier meeting of the same table."""
    meeting = meeting_or_404(request, public_id)
    earlier = meeting_or_404(request, report)
    if not refused(request, rules.can_minute(request.actor, meeting)):
        act = partial(service.adopt, meeting_id=meeting.pk, report_id=earlier.pk, by=request.actor)
        attempt(request, act, _("The report has been adopted."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_reopen(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take a report up again that has gone out."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_reopen(request.actor, meeting, is_adopted=meeting.is_adopted)):
        return redirect(meeting)
    form = ReasonForm(posted(request), help_text=_("This stays with the report."))
    if form.is_valid():
        reopen = partial(service.reopen, meeting_id=meeting.pk, by=request.actor, **form.cleaned_data)
        act = partial(reopen, read=was_read(request))
        if attempt_form(
            request, form, act, _("The report can be changed again. Send it anew when it is right.")
        ):
            return redirect(meeting)
    context = pages.form_frame(request.actor, meeting) | {"form": form, "read_of": meeting}
    context |= {"heading": _("Change the report"), "submit": _("Open the report again")}
    return show_form(request, context)
