"""What waits for whom, asked in SQL and of loaded rows: the two must agree, goal by goal."""

from collections import Counter

from students.enums import Party
from students.models import Enrolment, Goal
from students.queries.consent import standing_of

WHOM = (None, *Party)


def in_sql() -> set[tuple[str, Party | None, int]]:
    """What waits for a party, and what was sent back (to a party, or at all)."""
    found = {("waits", party, pk) for party in Party for pk in _keys(Goal.objects.awaiting(party))}
    return found | {("back", party, pk) for party in WHOM for pk in _keys(Goal.objects.sent_back(to=party))}


def of_rows() -> set[tuple[str, Party | None, int]]:
    """The same of every goal in the database, loaded as pages load it."""
    employers = {row.pk: row.parties.employer for row in Enrolment.objects.with_parties()}
    found = set()
    for goal in Goal.objects.for_list():
        standing = standing_of(goal, employers[goal.plan.enrolment_id])
        found |= {("waits", party, goal.pk) for party in Party if standing.waits_for(party)}
        found |= {("back", party, goal.pk) for party in WHOM if standing.is_sent_back(to=party)}
    return found


def counted() -> Counter[str]:
    """How often each answer was given, after seeing that both give the same: a comparison of nothing proves nothing."""
    sql, rows = in_sql(), of_rows()
    assert sql - rows == set()
    assert rows - sql == set()
    return Counter(f"{what} {party or 'all'}" for what, party, _pk in sql)


def _keys(goals) -> set[int]:
    return set(goals.values_list("pk", flat=True))
