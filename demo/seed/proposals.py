"""What students proposed and what organisations did with it: each act by the portal's own service, on its day."""

from __future__ import annotations

from typing import Any

from accounts.models import Person
from core.versions import NO_PAGE
from demo.people import demo_person
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from meetings.models import ImprovementProposal, Meeting
from meetings.services import agenda, proposals
from students.models import Enrolment


def load(seed: Seed) -> None:
    """Once."""
    if ImprovementProposal.objects.exists():
        return
    days = Days(seed)
    for row in tree("proposals.yaml"):
        proposal = _written(days, row)
        what: dict[str, Any] = {"proposal_id": proposal.pk, "read": NO_PAGE}
        if not row.get("draft"):
            days.act(row["days"], proposal.author, proposals.submit, 11, **what)
        _answered(days, proposal, row)
        for one in row.get("elsewhere", []):
            begun: dict[str, Any] = {
                "organisation": seed.organisations[one["organisation"]],
                "remark": one["remark"],
            }
            days.act(
                one["days"], one["by"], proposals.begin_too, proposal_id=proposal.pk, read=NO_PAGE, **begun
            )
        if "meeting" in row:
            meeting = Meeting.objects.get(title=row["meeting"])
            about: dict[str, Any] = {"meeting_id": meeting.pk, "proposal": proposal.public_id}
            days.act(-1, "linde-manager", agenda.take_proposal, 12, **about)


def _author(seed: Seed, key: str) -> Person:
    cohort, _colon, place = key.partition(":")
    if not place:
        return Person.objects.get(user__email=demo_person(key).email)
    rows = Enrolment.objects.filter(cohort=seed.cohorts[cohort], student__person__user__isnull=False)
    return rows.select_related("student__person").order_by("pk")[int(place)].student.person


def _written(days: Days, row: dict[str, Any]) -> ImprovementProposal:
    seed = days.seed
    proposal = ImprovementProposal(
        partnership=seed.partnerships[row["partnership"]],
        organisation=seed.organisations[row["organisation"]],
        title=row["title"],
        text=row["text"],
        is_anonymous=bool(row.get("anonymous")),
        day=seed.day(row["days"]),
    )
    author = _author(seed, row["by"])
    made: ImprovementProposal = days.act(
        row["days"], author, proposals.save, proposal=proposal, version=NO_PAGE
    )
    return made


def _answered(days: Days, proposal: ImprovementProposal, row: dict[str, Any]) -> None:
    what: dict[str, Any] = {"proposal_id": proposal.pk, "read": NO_PAGE}
    if one := row.get("considered"):
        owner: dict[str, Any] = {
            "owner": days.seed.people[one["owner"]],
            "reaction_due": days.seed.day(one["due_days"]),
        }
        days.act(one["days"], one["by"], proposals.consider, **what, **owner)
    if one := row.get("adopted"):
        days.act(one["days"], one["by"], proposals.adopt, answer=one["answer"], **what)
    if one := row.get("rejected"):
        days.act(one["days"], one["by"], proposals.reject, reason=one["reason"], **what)
    if one := row.get("carried_out"):
        days.act(one["days"], one["by"], proposals.carry_out, outcome=one["outcome"], **what)
