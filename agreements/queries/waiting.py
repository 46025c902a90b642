"""What waits around agreements, read for each first page: written once, with the ids that the actor brings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from agreements.enums import Signer
from agreements.models import Agreement
from agreements.queries.due import lacks_contract
from agreements.queries.named import names_someone_gone, open_kind
from agreements.queries.signers import schools_turn, turn, waits_for
from core.dates import today
from core.limits import MOST_STEPS
from core.lookups import keys_of
from core.written import written
from students.models import Enrolment

SIGNERS_TURN = ("sign", "paper")  # what only whoever signs for the school does
_STUDENT = [
    f"placement__student__{column}"
    for column in ("public_id", "person__first_name", "person__name_prefix", "person__last_name")
]


@written
def of_student(*, person: int) -> QuerySet[Agreement]:
    """Own agreements to sign."""
    return _few(Agreement.objects.filter(waits_for(Signer.STUDENT), placement__student__person=person))


@written
def of_employer(signs: bool, *, organisation: int) -> QuerySet[Agreement]:
    """Agreements of this employer that name someone who left, and for who `signs` those to sign (`waits`)."""
    own = Agreement.objects.filter(placement__slot__organisation=organisation)
    left, waits = names_someone_gone() & Q(activated_at__isnull=False), waits_for(Signer.EMPLOYER)
    return _few(own.filter(left | waits if signs else left).annotate(**_names(), **{"waits": waits}))


@written
def of_teacher(signs: bool, *, cohorts: Collection[int]) -> QuerySet[Agreement]:
    """Of these cohorts: placements without a contract, drafts, what to sign and what else to record."""
    taught = Enrolment.objects.filter(cohort__in=cohorts)
    rows = (
        Agreement.objects.filter(placement__enrolment__in=keys_of(taught))
        .filter(schools_turn() | names_someone_gone() | lacks_contract())
        .annotate(**_names(), **{"turn": turn()})  # by its name: the type of the row says that it has one
    )
    if not signs:
        rows = rows.exclude(Q(turn__in=SIGNERS_TURN, names_gone=False))
    a_change_is_due_today = Case(
        When(activated_at__isnull=False, then=Value(today())), default="placement__starts_on"
    )
    return _with_words(rows, "placement__starts_on").order_by(a_change_is_due_today, "pk")[:MOST_STEPS]


def _names() -> dict[str, Any]:
    """Whether the text that counts next names someone who left, and what kind of text waits."""
    return {"names_gone": names_someone_gone(), "open_kind": open_kind()}


def _few(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return _with_words(rows).order_by("pk")[:MOST_STEPS]


def _with_words(rows: QuerySet[Agreement], *more: str) -> QuerySet[Agreement]:
    """Only with what a step says: this runs on every first page."""
    columns = ("placement__slot__organisation__name", *_STUDENT, *more)
    around = {column.rpartition("__")[0] for column in columns}
    return rows.select_related(*sorted(around)).only("public_id", "activated_at", *columns)
