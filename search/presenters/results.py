"""What was found, in groups, each with the way to the page of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from core.searching import Question
from partnerships.actors import Actor
from partnerships.models import Membership, Partnership
from placements.models import Slot
from search.enums import Found, Live
from search.queries import live
from search.queries.entries import MOST, Answer, Hit, find
from students.models import Enrolment, LearningPlan
from ui.languages import dutch

SHOWN = 5  # of a kind beside others


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was found: its name, where it is of, how it begins."""

    url: str
    title: str
    where: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first few, how many there are, and where the rest is."""

    kind: str
    label: str | Promise
    rows: Sequence[Row]
    total: int
    is_capped: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The page of a question."""

    groups: Sequence[Group]
    is_likeness: bool = False

    @property
    def total(self) -> int:
        """How many were found in all."""
        return sum(group.total for group in self.groups)


def _on_page(name: str) -> Callable[[Hit, str], str]:
    return lambda hit, _slug: reverse(name, args=[hit.key])


ADDRESSES: Mapping[Found, Callable[[Hit, str], str]] = {
    Found.INITIATIVE: _on_page("partnerships:initiative-detail"),
    Found.PARTNERSHIP: _on_page("partnerships:partnership-detail"),
    Found.ORGANISATION: _on_page("partnerships:organisation-detail"),
    Found.CALL: _on_page("partnerships:call-detail"),
    Found.GROUP: _on_page("partnerships:group-detail"),
    Found.ACTION_LINE: lambda hit, slug: reverse("partnerships:action-line", args=[slug, hit.key]),
    Found.MEETING: _on_page("meetings:meeting-detail"),
    Found.DECISION: _on_page("meetings:meeting-detail"),
    Found.ACTION: _on_page("meetings:action-detail"),
    Found.NEED: _on_page("meetings:need-detail"),
    Found.PROPOSAL: _on_page("meetings:proposal-detail"),
    Found.DOCUMENT: lambda hit, slug: reverse("partnerships:document-detail", args=[slug, hit.key]),
}


def results(question: Question, actor: Actor | None) -> Results:
    """A few of each kind; people and what is theirs first."""
    answer = find(question, actor, list(Found))
    groups = [] if actor is None else _live(question, actor)
    return Results([*groups, *_groups(answer, SHOWN)], answer.is_likeness)


def rows_of(hits: Sequence[Hit]) -> list[Row]:
    """Each with its address and its partnership; one query."""
    names = _partnerships({hit.partnership_id for hit in hits if hit.partnership_id})
    return [_row(hit, names) for hit in hits]


def _groups(answer: Answer, most: int) -> list[Group]:
    shown = {kind: hits[:most] for kind, hits in answer.hits.items()}
    names = _partnerships(
        {hit.partnership_id for hits in shown.values() for hit in hits if hit.partnership_id}
    )
    return [
        Group(
            kind=kind.value,
            label=kind.label,
            rows=[_row(hit, names) for hit in shown[kind]],
            total=len(hits),
            is_capped=len(hits) >= MOST,
            more=len(hits) > most,
        )
        for kind, hits in answer.hits.items()
    ]


def _row(hit: Hit, names: Mapping[int, tuple[str, str]]) -> Row:
    slug, name = names.get(hit.partnership_id or 0, ("", ""))
    where = "" if hit.kind is Found.PARTNERSHIP else name
    return Row(ADDRESSES[hit.kind](hit, slug), hit.title, where, hit.text)


def _partnerships(keys: set[int]) -> dict[int, tuple[str, str]]:
    rows = Partnership.objects.filter(pk__in=keys).values_list("pk", "slug", "name") if keys else ()
    return {pk: (slug, name) for pk, slug, name in rows}


# People and what is theirs


def _live(question: Question, actor: Actor) -> list[Group]:
    found: list[tuple[Live, list[Row]]] = [
        (Live.STUDENT, _students(question, actor)),
        (Live.PERSON, [_person(row) for row in live.people(question, actor)]),
        (Live.SLOT, [_slot(slot) for slot in live.slots(question, actor)]),
    ]
    return [
        Group(
            kind.value, kind.label, rows[: live.MOST_SHOWN], len(rows), is_capped=len(rows) > live.MOST_SHOWN
        )
        for kind, rows in found
        if rows
    ]


def _students(question: Question, actor: Actor) -> list[Row]:
    enrolments = live.students(question, actor)
    plans = live.plans_of(enrolments, actor) if enrolments else {}
    return [_student(row, plans.get(row.pk), actor) for row in enrolments]


def _student(enrolment: Enrolment, plan: LearningPlan | None, actor: Actor) -> Row:
    """To the student's page for a teacher, to the plan for an employer, to matching for a coordinator."""
    cohort = enrolment.cohort
    programme = cohort.programme
    if cohort.pk in actor.cohorts:
        where: list[Any] = [programme.school.slug, cohort.public_id, enrolment.public_id]
        url = reverse("enrolment-detail", args=where)
    elif plan is not None:
        url = plan.get_absolute_url()
    elif programme.partnership is not None and programme.partnership_id in actor.coordinates:
        url = reverse("placements:match-propose", args=[programme.partnership.slug])
    else:
        url = ""
    return Row(url, enrolment.student.full_name, f"{dutch(programme.name)}, {dutch(cohort.name)}")


def _person(role: Membership) -> Row:
    """To the contact book, which shows what the person shows."""
    book: str = role.book  # type: ignore[attr-defined]  # as loaded
    url = reverse("partnerships:contact-book", args=[book])
    name = role.person.full_name
    return Row(f"{url}?{urlencode({'zoek': name})}", name, dutch(role.organisation.name))


def _slot(slot: Slot) -> Row:
    return Row(slot.get_absolute_url(), slot.full_title, slot.organisation.name)
