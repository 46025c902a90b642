"""What the pages about accreditations show, put together from loaded rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.presenters.spaces import space_of
from placements.models import Placement
from placements.models.placements import PlacementQuerySet
from placements.rules import accreditations as rules
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck
from ui.components import Link

if TYPE_CHECKING:
    from partnerships.actors import Actor

STATUS = {
    AccreditationStatus.VERIFIED: "done",
    AccreditationStatus.WITHDRAWN: "back",
    AccreditationStatus.UNKNOWN: "todo",
}


@dataclass(frozen=True)
class CheckRow:
    """A check loaded `for_list`, as a table or the history of its employer prints it."""

    check: AccreditationCheck
    may_correct: bool = False

    @property
    def kind(self) -> str:
        """The colour of the outcome; what was corrected counts no more."""
        return "todo" if self.check.is_corrected else STATUS[AccreditationStatus(self.check.status)]

    @property
    def word(self) -> str:
        """The outcome in a word."""
        return str(self.check.get_status_display())

    @property
    def found_by(self) -> str | Promise:
        """Whose finding it is."""
        return self.check.school.name if self.check.school else _("national source")


def record_links(actor: Actor) -> list[Link]:
    """Where this person records checks: one link for each school where one teaches, and the national source."""
    schools = {held.slug: held.name for held in actor.held if held.role == Role.TEACHER}
    links = [
        Link(name, reverse("placements:accreditation-create", args=[slug])) for slug, name in schools.items()
    ]
    if actor.is_staff:
        links.append(Link(_("national source"), reverse("placements:accreditation-create-national")))
    return links


def record_url(school_slug: str, employer_slug: str, crebo: str = "") -> str:
    """The form for a check in the name of a school, with the employer and crebo in it."""
    chosen = {"werkgever": employer_slug} | ({"crebo": crebo} if crebo else {})
    return f"{reverse('placements:accreditation-create', args=[school_slug])}?{urlencode(chosen)}"


def lost(actor: Actor) -> PlacementQuerySet:
    """The placements this person sees that lost the accreditation."""
    return Placement.objects.visible_to(actor).at_withdrawn().without_accreditation().by_name()


def doubted(actor: Actor) -> PlacementQuerySet:
    """Those of own students that another school doubts."""
    own = Placement.objects.visible_to(actor).at_withdrawn().filter(**_taught_at(actor))
    return own.doubted().by_name()


def to_look_at(rows: Iterable[Placement]) -> list[tuple[Placement, str]]:
    """Each with where one records what one found."""
    return [
        (row, record_url(row.enrolment.cohort.programme.school.slug, row.slot.organisation.slug))
        for row in rows
    ]


def accreditation_notes(actor: Actor, placement: Placement) -> dict[str, Any]:
    """Whether the placement lost the accreditation, or another school doubts it, with what a teacher does about it."""
    this = Placement.objects.filter(pk=placement.pk).order_by()
    school = placement.enrolment.cohort.programme.school
    may_record = bool(rules.can_record(actor, school.pk))
    rows: QuerySet[Any, Any] = this.without_accreditation().values_list(_word("lost"))
    if may_record:
        rows = rows.union(this.doubted().values_list(_word("doubted")))
    found = {word for (word,) in rows}
    is_lost, doubted = "lost" in found, found == {"doubted"}
    return {
        "lost": is_lost,
        "find_place_url": find_place_url(placement) if is_lost and may_record else "",
        "look_again_url": record_url(school.slug, placement.slot.organisation.slug) if doubted else "",
    }


def _word(value: str) -> Value:
    return Value(value, output_field=CharField())


def find_place_url(placement: Placement) -> str:
    """Where the teacher looks for another place for this student."""
    cohort = placement.enrolment.cohort
    page = reverse("placements:match-propose-cohort", args=[cohort.programme.school.slug, cohort.public_id])
    return f"{page}?{urlencode({'inschrijving': placement.enrolment.public_id})}"


def _taught_at(actor: Actor) -> dict[str, Any]:
    """Only teachers of the school can look again, so the doubt is shown to them."""
    return {"enrolment__cohort__programme__school__in": actor.organisations(Role.TEACHER)}


def detail_context(actor: Actor, check: AccreditationCheck) -> dict[str, Any]:
    """One employer and crebo as one school or source found it: what counts, and everything before."""
    rows = AccreditationCheck.objects.of_the_same(check).for_list().order_by("-checked_on", "-pk")
    history = [CheckRow(row, bool(rules.can_correct(actor, row))) for row in rows]
    counts = next((row for row in history if not row.check.is_corrected), None)
    may_record = bool(rules.can_record(actor, check.found_by_id)) and check.school is not None
    return {
        "check": check,
        "counts": counts,
        "history": history,
        "record_url": record_url(check.school.slug, check.organisation.slug, check.crebo)
        if may_record and check.school
        else "",
        **space_context(actor, check),
    }


def space_context(actor: Actor, check: AccreditationCheck) -> dict[str, Any]:
    """Whose colours a page about a check wears, and the list it belongs to: the employer has its own."""
    if rules.can_see_accreditations(actor):
        return {"space": space_of(actor), "list_url": reverse("placements:accreditation-list")}
    list_url = reverse("placements:accreditation-own", args=[check.organisation.slug])
    return {"space": "employer", "list_url": list_url}
