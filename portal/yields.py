"""What a partnership gave an organisation and got from it: each figure with the list that it counts (story E-11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from core.small_cells import SMALLEST_SHOWN
from meetings.enums import ActionState, NeedState
from meetings.models import Action, Decision, Need
from partnerships.actors import Actor
from partnerships.models import Initiative, InitiativePartner, Organisation, Partnership
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Placement, Slot
from ui.sheets import Column, Sheet

SHEET = Sheet(_("What it gave us"), (Column(_("Title"), str),))
PLACES, INITIATIVES, NEEDS, ACTIONS, DECISIONS = (
    "plekken",
    "initiatieven",
    "behoeften",
    "acties",
    "besluiten",
)


def can_see_yield(actor: Actor, partnership: Partnership, organisation: Organisation) -> Verdict:
    """For everyone who works there, and for the coordinators of the partnership."""
    if organisation.pk in actor.organisations() or partnership.pk in actor.coordinates:
        return ALLOW
    return deny(_("Only people of this organisation and the coordinators see this."))


@dataclass(frozen=True)
class Yield:
    """One figure: what it counts, and the rows behind it."""

    key: str
    label: Promise
    rows: QuerySet[Any]
    number: int
    is_shown: bool = False

    @property
    def url(self) -> str:
        """Where the list stands: on the same page."""
        return f"?lijst={self.key}#lijst"


def yields(actor: Actor, partnership: Partnership, organisation: Organisation, chosen: str) -> list[Yield]:
    """Every figure as this reader sees it; `chosen` is the list that is shown, the first one when there is no such."""
    asked = chosen if chosen in _MADE else PLACES
    found = []
    for key, (label, make) in _MADE.items():
        rows = make(actor, partnership, organisation)
        found.append(Yield(key, label, rows, _number(key, rows), key == asked))
    return found


def _number(key: str, rows: QuerySet[Any]) -> int:
    """How many there are; one offer may have several places."""
    if key == PLACES:
        return rows.order_by().aggregate(number=Sum("seats"))["number"] or 0
    return rows.order_by().count()


def students_placed(partnership: Partnership, organisation: Organisation) -> int | None:
    """How many students learned at an employer or of a school through it; None for fewer than five, and 0 is 0.

    Nothing else on the page counts people, so that nothing gives away what is hidden.
    """
    own = Q(organisation=organisation) | Q(enrolment__cohort__programme__school=organisation)
    placed = Placement.objects.seated().filter(own, slot__partnership=partnership)
    number = placed.order_by().values("student").distinct().count()
    return None if 0 < number < SMALLEST_SHOWN else number


def students_url(actor: Actor, partnership: Partnership, organisation: Organisation) -> str:
    """The list behind that figure, for who reads all of it."""
    reads = actor.has_role(organisation.pk, *EMPLOYER_PARTY) or partnership.pk in actor.coordinates
    return reverse("placements:placement-list") if reads else ""


def _places(actor: Actor, partnership: Partnership, organisation: Organisation) -> QuerySet[Any]:
    rows = (
        Slot.objects.visible_to(actor).findable().filter(partnership=partnership, organisation=organisation)
    )
    return rows.order_by("title", "pk")


def _joined(organisation: Organisation, initiative: str) -> Exists:
    partners = InitiativePartner.objects.joined().filter(organisation=organisation)
    return Exists(partners.filter(initiative=OuterRef(initiative)))


def _initiatives(actor: Actor, partnership: Partnership, organisation: Organisation) -> QuerySet[Any]:
    rows = Initiative.objects.visible_to(actor).filter(_joined(organisation, "pk"), partnership=partnership)
    return rows.by_title()


def _needs(actor: Actor, partnership: Partnership, organisation: Organisation) -> QuerySet[Any]:
    """Those that were answered. What someone raised without a name is the organisation's for that person alone."""
    named = Q(is_anonymous=False) | Q(person=actor.person_id)
    rows = Need.objects.filter(named, partnership=partnership, organisation=organisation)
    return rows.filter(state=NeedState.ANSWERED).order_by("-day", "-pk")


def _actions(actor: Actor, partnership: Partnership, organisation: Organisation) -> QuerySet[Any]:
    rows = Action.objects.visible_to(actor).filter(partnership=partnership, organisation=organisation)
    return rows.filter(state=ActionState.DONE).order_by("-due_on", "-pk")


def _decisions(actor: Actor, partnership: Partnership, organisation: Organisation) -> QuerySet[Any]:
    """About an initiative in which it takes part, or that gave it something to do."""
    given = Action.objects.filter(decision=OuterRef("pk"), organisation=organisation)
    touches = _joined(organisation, "initiative") | Q(Exists(given))
    rows = Decision.objects.visible_to(actor).filter(touches, partnership=partnership)
    return rows.select_related("meeting").order_by("-number", "-pk")


_Make = Callable[[Actor, Partnership, Organisation], QuerySet[Any]]
_MADE: dict[str, tuple[Promise, _Make]] = {
    PLACES: (_("Training places offered"), _places),
    INITIATIVES: (_("Initiatives we take part in"), _initiatives),
    NEEDS: (_("Needs that were answered"), _needs),
    ACTIONS: (_("Actions done"), _actions),
    DECISIONS: (_("Decisions that concern us"), _decisions),
}
