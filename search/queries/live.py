"""Students, people and places with the words of a question: asked of their own tables, and kept in no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import OuterRef, Q, Subquery

from core.searching import Question
from core.text import unaccented
from partnerships.actors import Actor
from partnerships.models import Member, Membership
from partnerships.queries import books
from placements.models import Slot
from placements.queries.sight import sight_of
from students.models import Enrolment, LearningPlan

MOST_SHOWN = 10


def students(question: Question, actor: Actor) -> Sequence[Enrolment]:
    """Running enrolments of students whose name has each word, or begins one with it; who may be shown more of them.

    One more than fits on the page, so that it can be said that there are more.
    """
    rows = Enrolment.objects.visible_to(actor).open().exclude(student__person=actor.person_id)
    for word in question.words:
        rows = rows.filter(student__person__sort_name__regex=rf"\m{re.escape(unaccented(word))}")
    loaded = rows.select_related(
        "student__person", "cohort__programme__school", "cohort__programme__partnership"
    )
    return list(loaded.order_by("student__person__sort_name", "pk")[: MOST_SHOWN + 1])


def plans_of(enrolments: Sequence[Enrolment], actor: Actor) -> dict[int, LearningPlan]:
    """The newest plan of each, as far as the reader may open it."""
    plans = LearningPlan.objects.visible_to(actor).filter(enrolment__in=enrolments).order_by("pk")
    return {plan.enrolment_id: plan for plan in plans}


def people(question: Question, actor: Actor) -> Sequence[Membership]:
    """Whoever stands in a contact book that the reader may open and has each word in the name; one more than fits.

    Each with `book`, the address of a partnership in whose book that is.
    """
    rows = books.in_the_books(actor.inside).exclude(person=actor.person_id)
    for word in question.words:
        rows = rows.filter(person__sort_name__regex=rf"\m{re.escape(unaccented(word))}")
    shared = Member.objects.running().filter(
        organisation=OuterRef("organisation"), partnership__in=actor.inside
    )
    loaded = rows.select_related("person__user", "organisation").annotate(
        book=Subquery(shared.order_by("partnership").values("partnership__slug")[:1])
    )
    return list(loaded[: MOST_SHOWN + 1])


def slots(question: Question, actor: Actor) -> Sequence[Slot]:
    """Own places, and those that the finder shows, with each word in title, employer or town; one more than fits."""
    found = Slot.objects.found_by(actor, sight_of(actor))
    own = Slot.objects.own(actor)
    for word in question.words:
        has = Q(title__icontains=word) | Q(organisation__name__icontains=word)
        has |= Q(location__municipality__icontains=word)
        found, own = found.filter(has), own.filter(has)
    keys = {
        *own.values_list("pk", flat=True)[:MOST_SHOWN],
        *found.values_list("pk", flat=True)[: MOST_SHOWN + 1],
    }
    loaded = Slot.objects.filter(pk__in=keys).select_related("organisation", "location")
    return list(loaded.order_by("starts_on", "title", "pk"))
