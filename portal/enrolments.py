"""What hangs on a student's enrolment: plan, training place, agreement and proposals, for the ways to them on its page."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from agreements.models import Agreement
from partnerships.actors import Actor
from placements.models import Match, Placement
from students.models import Enrolment, LearningPlan


def ways_from(actor: Actor, enrolment: Enrolment) -> dict[str, Any]:
    """In one query, as far as this reader may see them: the ids of the newest plan, of the place that is or will be held,
    of its agreement, and the proposals that wait for an answer, each with the name of the employer.
    """
    plans = LearningPlan.objects.filter(enrolment=OuterRef("pk")).order_by("-pk")
    places = Placement.objects.visible_to(actor).live().filter(enrolment=OuterRef("pk")).order_by("-pk")
    live = Placement.objects.live().filter(enrolment=OuterRef(OuterRef("pk")))
    agreements = Agreement.objects.visible_to(actor).filter(placement__in=live.values("pk")).order_by("-pk")
    proposals = Match.objects.visible_to(actor).open().filter(enrolment=OuterRef("pk")).order_by("pk")
    shown = JSONObject(id="public_id", employer="slot__organisation__name")
    found = Enrolment.objects.filter(pk=enrolment.pk).annotate(
        plan=Subquery(plans.values("public_id")[:1]),
        placement=Subquery(places.values("public_id")[:1]),
        agreement=Subquery(agreements.values("public_id")[:1]),
        proposals=ArraySubquery(proposals.values(row=shown)),
    )
    return dict(found.values("plan", "placement", "agreement", "proposals").get())
