"""What the first pages of schools, employers and coordinators show, put together from the apps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from core.dates import local_day
from meetings.presenters import added
from meetings.queries.promises import Standing
from partnerships.actors import Actor, HeldRole
from partnerships.models import Call, Partnership
from partnerships.presenters.calls import gauge
from partnerships.presenters.contacts import of_beginner
from partnerships.queries.calls import first_to_end
from partnerships.queries.initiatives import longest_without_news
from placements.presenters import contacts
from placements.queries import at_employer, figures
from placements.queries.contacts import around_employer
from placements.queries.figures import Figures
from placements.rules.accreditations import can_see_accreditations
from portal import beginnings, checklists, news, next_steps
from portal.cohorts import figures_of, with_missing
from portal.occupancy import locations_of
from programmes.models import Session
from programmes.queries.accreditations import counting_of
from programmes.queries.sessions import coming
from students.rules import can_see_students_of
from ui.charts import Gauge
from ui.components import AgendaItem, Figure, PersonCard
from ui.formats import span
from ui.languages import dutch
from ui.next_steps import NextStep, TaskGroup, groups_of

MOST_DATES = 4
MOST_CALLS = 3
MOST_INITIATIVES = 6
# What a first page has besides the first steps.
SHOWN = ("is_begun", "locations", "has_demand", "calls", "initiatives")


def template_of(context: Mapping[str, Any], usual: str) -> str:
    """The template of a first page: until there is anything to show, only the first steps."""
    checklist = context["checklist"]
    is_new = checklist is not None and not any(context[name] for name in SHOWN if name in context)
    return "portal/first/begin.html" if is_new else usual


def _tasks(steps: Sequence[NextStep], checklist: object, more_url: str) -> list[TaskGroup]:
    """What waits by kind; what has yet to be begun stands in the checklist, where there is one."""
    return groups_of([step for step in steps if not checklist or step.kind != "begin"], more_url)


def _helpers(
    actor: Actor, checklist: object, organisation_id: int | None, partnership_ids: Collection[int]
) -> list[PersonCard]:
    """Who helps with the first steps; a manager sees to them, and asks a coordinator alone."""
    if not checklist:
        return []
    asked = () if actor.has_role(organisation_id, Role.MANAGER) else (organisation_id,)
    return of_beginner(actor, [pk for pk in asked if pk], partnership_ids)


def school_context(actor: Actor, organisation: HeldRole) -> dict[str, Any]:
    """What waits, own cohorts and the coming lessons; for a manager who teaches nothing the way to the school's."""
    school = organisation.organisation_id
    more_url = reverse("school-next-steps", args=[organisation.slug])
    # Who does not has neither cohorts nor lessons to be asked for.
    teaches = actor.has_role(school, Role.TEACHER)
    own = with_missing(cohorts=actor.cohorts_at(school)) if teaches else []
    is_begun = bool(own) and not actor.has_role(school, Role.MANAGER)
    begun = {} if is_begun else beginnings.school(actor, school)
    checklist = checklists.of_school(actor, organisation, begun)
    return {
        "space": "teacher",
        "is_begun": bool(own) or checklist is None or checklist.done > 0,
        "name": organisation.name,
        "organisation": organisation,
        "checklist": checklist,
        "helpers": _helpers(actor, checklist, school, actor.parts_of(school)),
        "tasks": _tasks(next_steps.for_teacher(actor, school, begun, own), checklist, more_url),
        "more_url": more_url,
        "cohorts": [(row, figures_of(row)) for row in own],
        "teaches": teaches,
        "manages": actor.has_role(school, Role.MANAGER),
        "may_check": can_see_accreditations(actor),
        "dates": [_agenda_item(row) for row in coming(MOST_DATES, cohorts=actor.cohorts_at(school))]
        if own
        else [],
    }


def _agenda_item(row: Session) -> AgendaItem:
    lines = [span(row.starts_at, row.ends_at), dutch(row.cohort.name)]
    return AgendaItem(local_day(row.starts_at), dutch(row.theme), lines)


def employer_context(actor: Actor, organisation: HeldRole) -> dict[str, Any]:
    """What waits, the places, who learns where, and the accreditations."""
    employer = organisation.organisation_id
    more_url = reverse("employer-next-steps", args=[organisation.slug])
    offered = at_employer.offered(actor=actor, employer=employer)
    is_begun = at_employer.lacks_nothing(offered)
    begun = {} if is_begun else beginnings.employer(actor, employer, names_helpers=False)
    checklist = checklists.of_employer(actor, organisation, begun)
    asks_managers = checklist is not None and not actor.has_role(employer, Role.MANAGER)
    around = contacts.cards(around_employer(employer, with_managers=asks_managers), actor)
    placed = at_employer.learning(actor=actor, employer=employer)
    return {
        "space": "employer",
        "name": organisation.name,
        "organisation": organisation,
        "checklist": checklist,
        "helpers": around if checklist else [],
        "tasks": _tasks(next_steps.for_employer(actor, employer, begun), checklist, more_url),
        "more_url": more_url,
        "locations": locations_of(offered, placed, organisation.slug),
        "has_more": len(offered) == at_employer.MOST_SLOTS or len(placed) == at_employer.MOST_STUDENTS,
        "sees_students": can_see_students_of(actor, employer),
        "accreditations": counting_of(employer=employer),
        "contacts": around,
    }


def coordinator_context(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """The news, what waits, what the partnership yields, how far its calls are, which initiatives need news.

    What was promised stands there once a partnership has what it begins with; until then the first steps do.
    """
    found = figures.of_partnership(partnership.pk, with_rows=False)
    initiatives = longest_without_news(partnership=partnership.pk)
    more_url = reverse("coordinator-next-steps", args=[partnership.slug])
    is_begun = bool(initiatives and found.has_places and found.has_students)
    begun = {} if is_begun else beginnings.in_partnership(partnership)
    steps = next_steps.for_coordinator(actor, partnership, initiatives, begun)
    checklist = checklists.of_partnership(begun)
    promises = None if checklist else added.counted(partnership, actor)
    promised = promises.shown.standing if promises else Standing()
    calls = _gauges(first_to_end(MOST_CALLS, partnership=partnership.pk))
    tasks = _tasks(steps, checklist, more_url)
    facts = news.Facts(found, [sums for _call, sums in calls], promised.promised, initiatives)
    return {
        "space": "coordinator",
        "name": dutch(partnership.name),
        "partnership": partnership,
        "news": news.sentence(partnership.shape, facts),
        "coordinates_more": len(actor.coordinates) > 1,
        "checklist": checklist,
        # Whoever has tasks already does not begin.
        "helpers": [] if tasks else _helpers(actor, checklist, None, [partnership.pk]),
        "tasks": tasks,
        "more_url": more_url,
        "figures": _figures(found)
        if found.has_places or found.has_students
        else _governance(facts, promised),
        "has_demand": found.has_places or found.has_students,
        "calls": calls,
        "initiatives": initiatives[:MOST_INITIATIVES],
        "promises": promises,
    }


def _figures(found: Figures) -> list[Figure]:
    """Four figures; what would tell who is in a group under five is not shown."""
    offered = "" if found.places is None else _("of {places} on offer").format(places=found.places)
    then = "" if found.placed is None else news.change(found.placed, found.placed_before)
    return [
        _shown(_("Free training places"), found.free, offered),
        _people(_("Students placed"), found.placed, found.students, then),
        _people(_("Learning plans agreed"), found.plans_agreed, found.students),
        Figure(_("Proposals without an answer"), found.matches_open),
    ]


def _governance(facts: news.Facts, standing: Standing) -> list[Figure]:
    """The figures of a partnership without places: no zeros of what it does not do."""
    late = standing.late
    oldest = ""
    if late:
        days = late[0].days_late
        oldest = ngettext("the oldest {days} day", "the oldest {days} days", days).format(days=days)
    kept = standing.promised
    return [
        Figure(_("Actions done"), kept.done, _("of {number} promised").format(number=kept.all)),
        Figure(_("Actions late"), kept.late, oldest),
        Figure(_("Initiatives under way"), len(facts.initiatives)),
    ]


def _people(label: str, number: int | None, total: int | None, then: str = "") -> Figure:
    """A number of students out of all, and how it changed."""
    of_all = "" if total is None else _("of {total} students").format(total=total)
    return _shown(label, number, "; ".join(filter(None, [of_all, then])))


def _shown(label: str, number: int | None, note: str) -> Figure:
    if number is None:
        return Figure(label, _("not shown"), _("a group is smaller than 5"), few=True)
    return Figure(label, number, note)


def _gauges(calls: list[Call]) -> list[tuple[Call, Gauge]]:
    """Each call with its places: firm, on a condition, open."""
    return [(call, gauge(call.places_target, call.figures or {}, "places")) for call in calls]
