"""Entries that have the words of a question, as far as `visible_to` of what they are of shows them to who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet, TextField, Value

from core.searching import CONFIG, Question
from meetings.models import Action, Decision, ImprovementProposal, Meeting, Need
from meetings.models.proposals import RECEIVES
from partnerships.actors import Actor
from partnerships.models import ActionLine, Call, Document, Group, Initiative, Organisation, Partnership
from search.enums import Found

MOST = 100  # of a kind that are looked at
FEW = 3  # fewer than this: look for what resembles the words too

MODELS: Mapping[Found, type[Model]] = {
    Found.INITIATIVE: Initiative,
    Found.PARTNERSHIP: Partnership,
    Found.ORGANISATION: Organisation,
    Found.CALL: Call,
    Found.GROUP: Group,
    Found.ACTION_LINE: ActionLine,
    Found.MEETING: Meeting,
    Found.DECISION: Decision,
    Found.ACTION: Action,
    Found.NEED: Need,
    Found.PROPOSAL: ImprovementProposal,
    Found.DOCUMENT: Document,
}
PUBLIC = (Found.INITIATIVE, Found.PARTNERSHIP, Found.ORGANISATION, Found.CALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """What the search keeps of one thing that was found."""

    kind: Found
    object_id: int
    partnership_id: int | None
    key: str
    title: str
    text: str
    rank: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of each kind, the best first; `is_likeness` when some only resemble the words."""

    hits: Mapping[Found, Sequence[Hit]]
    is_likeness: bool = False


def find(question: Question, actor: Actor | None, kinds: Collection[Found]) -> Answer:
    """What has the words, among these kinds; two queries, and two more for likeness where the words bring little."""
    wanted = [kind for kind in kinds if actor is not None or kind in PUBLIC]
    found = _seen(_with(question, actor, wanted), actor)
    if sum(map(len, found.values())) >= FEW or not question.alike:
        return Answer(found)
    known = {(hit.kind, hit.object_id) for hits in found.values() for hit in hits}
    alike = [hit for hit in _like(question, actor, wanted) if (hit.kind, hit.object_id) not in known]
    more = _seen(alike, actor)
    both = {kind: [*found.get(kind, ()), *more.get(kind, ())] for kind in wanted}
    return Answer({kind: hits for kind, hits in both.items() if hits}, is_likeness=bool(more))


def audiences_of(actor: Actor | None) -> list[str]:
    """Whose entries may be for this reader; `visible_to` has the last word."""
    if actor is None:
        return ["public"]
    return [
        "public",
        *(f"in:{key}" for key in sorted(actor.inside)),
        *(f"of:{key}" for key in sorted(actor.coordinates)),
        *(f"group:{key}" for key in sorted(actor.groups)),
        *(f"org:{key}" for key in sorted(actor.organisations(*RECEIVES))),
        f"person:{actor.person_id}",
    ]


def _with(question: Question, actor: Actor | None, kinds: Sequence[Found]) -> list[Hit]:
    return _hits(
        f"search_with({question.function}(%s, %s), %s, %s, %s)",
        [CONFIG, question.text, list(kinds), audiences_of(actor), MOST],
    )


def _like(question: Question, actor: Actor | None, kinds: Sequence[Found]) -> list[Hit]:
    return _hits("search_like(%s, %s, %s, %s)", [question.alike, list(kinds), audiences_of(actor), MOST])


def _hits(function: str, parameters: list[Any]) -> list[Hit]:
    columns = "kind, object_id, partnership_id, key, title, body, rank"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {function} ORDER BY rank DESC, object_id DESC",  # noqa: S608  of the two above
            parameters,
        )
        return [Hit(Found(kind), *rest) for kind, *rest in cursor.fetchall()]


def _seen(hits: Sequence[Hit], actor: Actor | None) -> dict[Found, list[Hit]]:
    """Those that the reader may see, by kind."""
    keys: dict[Found, list[int]] = defaultdict(list)
    for hit in hits:
        keys[hit.kind].append(hit.object_id)
    visible = [_visible(kind, actor, ids) for kind, ids in keys.items()]
    if not visible:
        return {}
    allowed = set(visible[0].union(*visible[1:], all=True))
    found: dict[Found, list[Hit]] = defaultdict(list)
    for hit in hits:
        if (hit.kind, hit.object_id) in allowed:
            found[hit.kind].append(hit)
    return {kind: found[kind] for kind in Found if kind in found}


def _visible(kind: Found, actor: Actor | None, keys: Sequence[int]) -> QuerySet[Any, tuple[str, int]]:
    rows: Any = MODELS[kind]._default_manager.all()
    is_public = (
        actor is None or kind is Found.ORGANISATION
    )  # the page of one is for everyone, or is not there
    rows = rows.published() if is_public else rows.visible_to(actor)
    named = Value(kind.value, output_field=TextField())
    visible: QuerySet[Any, tuple[str, int]] = rows.filter(pk__in=keys).order_by().values_list(named, "pk")
    return visible
