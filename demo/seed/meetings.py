"""What tables talked about, decided and promised: each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.attachments import Accepted
from core.versions import NO_PAGE
from demo.seed.context import Seed, tree
from demo.seed.files import PDF, page
from demo.seed.later import Days
from meetings.enums import ItemKind
from meetings.models import Action, AgendaItem, Attendance, Meeting, Need, Rhythm
from meetings.queries.tables import at_table, to_adopt
from meetings.services import (
    actions,
    agenda,
    answers,
    decisions,
    kick_offs,
    meetings,
    needs,
    papers,
    promised,
    rhythms,
)
from partnerships.actors import Actor
from partnerships.models import ActionLine, Partnership
from programmes.queries.differences import work_processes_of
from programmes.services import differences

BEFORE = 21  # days between planning a meeting and holding it
HOURS = dt.timedelta(hours=2)


def load(seed: Seed) -> None:
    """Once."""
    if Meeting.objects.exists():
        return
    days = Days(seed)
    for row in tree("meetings.yaml"):
        partnership = seed.partnerships[row["partnership"]]
        coordinator = "coordinator" if "pact" in partnership.slug else "coordinator-midden"
        for one in row.get("promises", []):
            _promise(days, partnership, one)
        for one in row.get("kept", []):
            _kept(days, partnership, one)
        known = {one["key"]: _need(days, partnership, one) for one in row["needs"]}
        for one in row["meetings"]:
            _meeting(days, partnership, one, known)
        if "kick_off" in row:
            _kick_off(days, partnership, row["kick_off"])
        for one in row.get("rhythms", []):
            _rhythm(days, partnership, one)
        for one in row["needs"]:
            _end(days, known[one["key"]], one, coordinator)


def _kept(days: Days, partnership: Partnership, row: dict[str, Any]) -> None:
    """A promise of the cooperation agreement, taken on as an action."""
    version = partnership.cooperation_versions.in_force().get()
    promise = version.promises.get(text=row["promise"])
    owner, due_on = days.seed.people[row["owner"]], days.seed.day(row["due_days"])
    action = Action(partnership=partnership, title=promise.text, owner=owner, due_on=due_on)
    days.act(row["days"], row["by"], promised.give, action=action, promise=promise)


def _need(days: Days, partnership: Partnership, row: dict[str, Any]) -> Need:
    who = days.actor(row["by"])
    organisation = min(pk for pk in who.organisations() if partnership.pk in who.parts_of(pk))
    need = Need(
        partnership=partnership,
        organisation_id=organisation,
        title=row["title"],
        text=row.get("text", ""),
        is_anonymous=bool(row.get("anonymous")),
        day=days.seed.day(row["days"]),
    )
    if "work_process" in row:
        process = work_processes_of([partnership.pk]).filter(code=row["work_process"]).first()
        days.act(row["days"], row["by"], differences.report, need=need, work_process=process)
        return need
    made: Need = days.act(row["days"], row["by"], needs.save, need=need, version=NO_PAGE)
    return made


def _end(days: Days, need: Need, row: dict[str, Any], coordinator: str) -> None:
    if "answered_days" in row:
        answer = {"need_id": need.pk, "answer": row["answer"], "read": NO_PAGE}
        days.act(row["answered_days"], coordinator, needs.answer, **answer)
    if "dropped_days" in row:
        reason = {"need_id": need.pk, "reason": row["reason"], "read": NO_PAGE}
        days.act(row["dropped_days"], coordinator, needs.drop, **reason)


def _meeting(days: Days, partnership: Partnership, row: dict[str, Any], known: dict[str, Need]) -> None:
    by, on, first = row["by"], row["days"], min(row["days"] - BEFORE, -1)
    starts_at = days.seed.at(on, 14)
    meeting = Meeting(
        partnership=partnership,
        group=days.seed.groups.get(row.get("table", "")),
        title=row["title"],
        place=row.get("place", ""),
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
    )
    days.act(first, by, meetings.save, meeting=meeting, version=NO_PAGE)
    items = [_item(days, meeting, one, known, (by, first)) for one in row["items"]]
    state = row.get("state", "closed" if on < 0 else "")
    if state:
        days.act(first, by, _invite, 11, meeting=meeting)
    for key, answer in row.get("answers", {}).items():
        said = "yes" if answer is True else "no"
        own = Attendance.objects.get(meeting=meeting, person=days.seed.people[key])
        days.act(-1, key, answers.answer, attendance_id=own.pk, answer=said, read=NO_PAGE)
    if state == "cancelled":
        cancel = {"meeting_id": meeting.pk, "reason": row["reason"], "read": NO_PAGE}
        days.act(first + 3, by, meetings.cancel, **cancel)
    if state in {"held", "closed"}:
        _held(days, meeting, row, items)
    if state == "closed":
        days.act(on + 1, by, meetings.close, 9, meeting_id=meeting.pk, read=NO_PAGE)


def _file(name: str) -> Accepted:
    """A page with its name on it, as a form would take it."""
    content = page(name)
    upload = SimpleUploadedFile(f"{name}.pdf", content, PDF)
    return Accepted(upload, f"{name}.pdf", PDF, len(content))


def _invite(*, meeting: Meeting, by: Actor) -> None:
    """Everyone who sat there on that day."""
    people = [one.person.pk for one in at_table(meeting)]
    meetings.invite(meeting_id=meeting.pk, people=people, by=by, read=NO_PAGE)


def _item(
    days: Days, meeting: Meeting, row: dict[str, Any], known: dict[str, Need], when: tuple[str, int]
) -> AgendaItem:
    by, on = when
    if "needs" in row:
        chosen = [known[key].public_id for key in row["needs"]]
        what = {"meeting_id": meeting.pk, "needs": chosen, "title": row["title"]}
        item: AgendaItem = days.act(on, by, agenda.take_needs, **what)
        item.kind = row["kind"]
    else:
        item = AgendaItem(
            meeting=meeting, title=row["title"], kind=ItemKind(row["kind"]), text=row.get("text", "")
        )
    days.act(on, by, agenda.save, item=item, version=NO_PAGE)
    for name in row.get("papers", []):
        days.act(on, by, papers.add, 10, meeting_id=meeting.pk, item=item, file=_file(name))
    return item


def _held(days: Days, meeting: Meeting, row: dict[str, Any], items: list[AgendaItem]) -> None:
    """Held on its day, with what was said, decided and promised."""
    by, on = row["by"], row["days"]
    days.act(on, by, meetings.hold, 14, meeting_id=meeting.pk, read=NO_PAGE)
    absent = [days.seed.people[key].pk for key in row.get("absent", [])]
    present = list(meeting.attendances.exclude(person__in=absent).values_list("pk", flat=True))
    days.act(on, by, meetings.attend, 14, meeting_id=meeting.pk, present=present)
    for report in to_adopt(meeting) if row.get("adopts") else ():
        days.act(on, by, meetings.adopt, 14, meeting_id=meeting.pk, report_id=report.pk)
    for item, one in zip(items, row["items"], strict=True):
        minutes = {"item_id": item.pk, "minutes": one.get("minutes", ""), "version": NO_PAGE}
        days.act(on, by, agenda.minute, 15, **minutes)
        for decision in one.get("decisions", []):
            days.act(
                on,
                by,
                decisions.record,
                15,
                item=item,
                text=decision["text"],
                reason=decision.get("reason", ""),
                action_line=_line(item.meeting.partnership_id, decision),
            )
        for action in one.get("actions", []):
            _action(days, item, action, by, on)


def _action(days: Days, item: AgendaItem, row: dict[str, Any], by: str, on: int) -> None:
    action = Action(
        partnership_id=item.meeting.partnership_id,
        group_id=item.meeting.group_id,
        meeting=item.meeting,
        item=item,
        title=row["title"],
        owner=days.seed.people[row["owner"]],
        due_on=days.seed.day(row["due_days"]),
        action_line=_line(item.meeting.partnership_id, row),
    )
    days.act(on, by, actions.give, 15, action=action)
    _become(days, action, row, by)


def _line(partnership_id: int, row: dict[str, Any]) -> ActionLine | None:
    """What it is done or decided for."""
    return ActionLine.objects.filter(partnership=partnership_id, number=row.get("line", 0)).first()


def _kick_off(days: Days, partnership: Partnership, row: dict[str, Any]) -> None:
    """Of the one call of this partnership, with its invitations out."""
    call = partnership.calls.order_by("pk").last()
    if call is None:
        return
    starts_at = days.seed.at(row["days"], 14)
    meeting = Meeting(
        partnership=partnership,
        call=call,
        title=row["title"],
        place=row["place"],
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
    )
    days.act(row["planned_days"], row["by"], kick_offs.plan, meeting=meeting)
    days.act(row["planned_days"], row["by"], _invite, 11, meeting=meeting)


def _rhythm(days: Days, partnership: Partnership, row: dict[str, Any]) -> None:
    """How often a table meets."""
    until = days.seed.day(row["until_days"]) if "until_days" in row else None
    rhythm = Rhythm(
        partnership=partnership,
        group=days.seed.groups[row["table"]],
        title=row["title"],
        every=row["every"],
        unit=row["unit"],
        starts_on=days.seed.day(row["first_days"]),
        until=until,
        starts=dt.time(14),
        ends=dt.time(16),
        place=row["place"],
    )
    days.act(-1, row["by"], rhythms.save, rhythm=rhythm, version=NO_PAGE)


def _promise(days: Days, partnership: Partnership, row: dict[str, Any]) -> None:
    """Given besides a meeting."""
    action = Action(
        partnership=partnership,
        title=row["title"],
        owner=days.seed.people[row["owner"]],
        due_on=days.seed.day(row["due_days"]),
        action_line=_line(partnership.pk, row),
    )
    days.act(row["days"], row["by"], actions.give, action=action)
    _become(days, action, row, row["by"])


def _become(days: Days, action: Action, row: dict[str, Any], by: str) -> None:
    if "taken_days" in row:
        days.act(row["taken_days"], row["owner"], actions.take, action_id=action.pk, read=NO_PAGE)
    if "lapsed_days" in row:
        why = {"action_id": action.pk, "reason": row["outcome"], "read": NO_PAGE}
        days.act(row["lapsed_days"], by, actions.lapse, **why)
    if "done_days" in row:
        what = {"action_id": action.pk, "outcome": row["outcome"], "read": NO_PAGE}
        days.act(row["done_days"], row["owner"], actions.finish, **what)
