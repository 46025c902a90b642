"""What must hold of meetings, decisions and actions."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Action, Decision, Meeting, Paper, Rhythm
from partnerships.models import Document, MemberLetter
from portal.invariants.invariant import holds

OF_ONE_TABLE = "Meeting: of one partnership with all that hangs on it"


@holds(OF_ONE_TABLE, _("Meetings of a group of another partnership"))
def meetings_of_other_groups() -> QuerySet[Any]:
    return Meeting.objects.filter(_elsewhere("group"))


@holds(OF_ONE_TABLE, _("Decisions of a meeting of another partnership"))
def decisions_of_other_meetings() -> QuerySet[Any]:
    return Decision.objects.filter(
        _elsewhere("group") | _elsewhere("meeting") | ~Q(item__meeting=F("meeting"))
    )


@holds(OF_ONE_TABLE, _("Actions of a meeting or group of another partnership"))
def actions_of_other_tables() -> QuerySet[Any]:
    not_there = Q(item__isnull=False) & ~Q(item__meeting=F("meeting"))
    return Action.objects.filter(_elsewhere("group") | _elsewhere("meeting") | not_there)


@holds(OF_ONE_TABLE, _("Papers of an agenda item of another meeting"))
def papers_of_other_meetings() -> QuerySet[Any]:
    return Paper.objects.filter(Q(item__isnull=False) & ~Q(item__meeting=F("meeting")))


@holds(OF_ONE_TABLE, _("Rhythms of a group of another partnership"))
def rhythms_of_other_groups() -> QuerySet[Any]:
    return Rhythm.objects.filter(_elsewhere("group"))


@holds(OF_ONE_TABLE, _("Documents of a group of another partnership"))
def documents_of_other_groups() -> QuerySet[Any]:
    return Document.objects.filter(_elsewhere("group"))


@holds(OF_ONE_TABLE, _("Letters to a group or a call of another partnership"))
def letters_to_others() -> QuerySet[Any]:
    return MemberLetter.objects.filter(_elsewhere("group") | _elsewhere("call"))


def _elsewhere(name: str) -> Q:
    """Rows whose key leads to another partnership than their own."""
    return Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__partnership": F("partnership")})


ALL = (
    meetings_of_other_groups,
    decisions_of_other_meetings,
    actions_of_other_tables,
    papers_of_other_meetings,
    rhythms_of_other_groups,
    documents_of_other_groups,
    letters_to_others,
)
