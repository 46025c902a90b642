"""What the first pages of schools, employers and coordinators show, put together from the apps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from core.csv_files import plain_cell
from core.dates import local_day, today
from core.small_cells import SMALLEST_SHOWN
from partnerships.actors import Actor, HeldRole
from partnerships.models import Call, Partnership
from partnerships.presenters.calls import gauge
from partnerships.queries.initiatives import longest_without_news
from placements.models import Placement, Slot
from placements.presenters.slots import SlotRow
from placements.queries import figures
from placements.queries.figures import Figures
from placements.rules.accreditations import can_see_accreditations
from portal import next_steps
from programmes.models import AccreditationCheck, Cohort, Session
from students.rules import can_see_students_of
from ui.charts import Gauge
from ui.components import AgendaItem, Figure
from ui.formats import span
from ui.next_steps import first_of

MOST_DATES = 4
MOST_ROWS = 8
MOST_CALLS = 3
MOST_INITIATIVES = 6


def school_context(actor: Actor, organisation: HeldRole) -> dict[str, Any]:
    """What waits, own cohorts and the coming lessons; for a manager who teaches nothing the way to the school's."""
    school = organisation.organisation_id
    cohorts = Cohort.objects.taught_by(actor).filter(programme__school=school)
    sessions = Session.objects.filter(cohort__in=cohorts).upcoming().select_related("cohort")
    more_url = reverse("school-next-steps", args=[organisation.slug])
    teaches = actor.has_role(
        school, Role.TEACHER
    )  # who does not has neither cohorts nor lessons to be asked for
    own = list(cohorts.for_list()) if teaches else []
    is_begun = bool(own) and not actor.has_role(school, Role.MANAGER)
    return {
        "space": "teacher",
        "organisation": organisation,
        "first_step": first_of(next_steps.for_teacher(actor, school, is_begun=is_begun), more_url),
        "cohorts": own,
        "teaches": teaches,
        "may_check": can_see_accreditations(actor),
        "dates": [_agenda_item(row) for row in sessions[:MOST_DATES]] if own else [],
    }


def _agenda_item(row: Session) -> AgendaItem:
    lines = [span(row.starts_at, row.ends_at), row.cohort.name]
    return AgendaItem(local_day(row.starts_at), row.theme, lines)


def employer_context(actor: Actor, organisation: HeldRole) -> dict[str, Any]:
    """What waits, the places, who learns where, and the accreditations."""
    employer = organisation.organisation_id
    slots = Slot.objects.own(actor).filter(organisation=employer, ends_on__gte=today())
    students = Placement.objects.visible_to(actor).filter(slot__organisation=employer).live().for_list()
    checks = AccreditationCheck.objects.counting().of_employers([employer]).select_related("school")
    more_url = reverse("employer-next-steps", args=[organisation.slug])
    return {
        "space": "employer",
        "organisation": organisation,
        "first_step": first_of(next_steps.for_employer(actor, employer), more_url),
        "slots": [SlotRow(slot) for slot in slots.for_list().prefetch_related(None)[:MOST_ROWS]],
        "placements": students.order_by("slot__location__name", "student__person__sort_name", "pk")[
            :MOST_ROWS
        ],
        "sees_students": can_see_students_of(actor, employer),
        "accreditations": checks.order_by("crebo", "pk"),
    }


def coordinator_context(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """What waits, what the partnership yields, how far its calls are, which initiatives need news."""
    found = figures.of_partnership(partnership.pk)
    open_calls = Call.objects.filter(partnership=partnership, deadline__gte=today())
    calls = open_calls.with_figures().order_by("deadline", "pk")
    initiatives = longest_without_news(partnership.pk)
    more_url = reverse("coordinator-next-steps", args=[partnership.slug])
    is_begun = bool(initiatives and found.places and found.students)
    steps = next_steps.for_coordinator(actor, partnership.pk, initiatives, is_begun=is_begun)
    return {
        "space": "coordinator",
        "partnership": partnership,
        "first_step": first_of(steps, more_url),
        "figures": _figures(found),
        "rows": found.rows,
        "calls": _gauges(list(calls[:MOST_CALLS])),
        "initiatives": initiatives[:MOST_INITIATIVES],
    }


def _figures(found: Figures) -> list[Figure]:
    """Four figures; those about people hide fewer than five."""
    return [
        Figure(_("Free training places"), found.free, _("of {places} on offer").format(places=found.places)),
        _people(_("Students placed"), found.placed, found.students),
        _people(_("Learning plans agreed"), found.plans_agreed, found.students),
        Figure(_("Proposals without an answer"), found.matches_open),
    ]


def _people(label: str, number: int, total: int) -> Figure:
    """A number of students out of all; small groups and what would give them away are hidden."""
    if 0 < number < SMALLEST_SHOWN or 0 < total - number < SMALLEST_SHOWN:
        return Figure(label, _("not shown"), _("a group is smaller than 5"), few=True)
    return Figure(label, number, _("of {total} students").format(total=total))


def _gauges(calls: list[Call]) -> list[tuple[Call, Gauge]]:
    """Each call with its places: firm, on a condition, withdrawn."""
    return [(call, gauge(call.places_target, call.figures or {}, "places")) for call in calls]


def figures_table(partnership: Partnership) -> Iterator[Sequence[str | int]]:
    """Places against demand as the rows of a file, with the same numbers hidden as on the page."""
    yield [_("qualification"), "crebo", _("training places"), _("free"), _("students"), _("looking")]
    for row in figures.of_partnership(partnership.pk).rows:
        people = [_("fewer than 5") if n is None else n for n in (row.students, row.looking)]
        yield [plain_cell(row.name), row.crebo, row.places, row.free, *people]
