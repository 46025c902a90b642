"""What a teacher may narrow a cohort to: what asks for an act, an employer, a work process."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation
from programmes.models import WorkProcess
from students.enums import (
    AccessScope,
    EnrolmentState,
    SituationState,
)
from students.models import Enrolment, Goal, LearnerAccess, LearningPlan, WorkSituation
from students.queries.cohorts import goals_needing, waiting_situations
from ui.forms import PortalForm
from ui.languages import choice

# The values in the address are Dutch.
NEEDS: dict[str, Promise] = {
    "akkoord": _("Waits for the school’s consent"),
    "beoordelen": _("Handed in, to be assessed"),
    "te-laat": _("Goal past its date"),
    "werksituaties": _("Work situation not planned yet"),
    "zonder-plan": _("No learning plan yet"),
    "wachtlijst": _("On the waiting list"),
}

# How `students.queries.cohorts.with_needs` calls the count of each.
COUNTED = {
    "akkoord": "to_answer",
    "beoordelen": "to_assess",
    "te-laat": "late",
    "werksituaties": "situations",
    "zonder-plan": "without_plan",
    "wachtlijst": "waiting",
}


def needing(need: str) -> Q | Exists:
    """Enrolments in which the act is needed."""
    if need == "wachtlijst":
        return Q(state=EnrolmentState.WAITING)
    if need == "zonder-plan":
        has_plan = LearningPlan.objects.filter(enrolment=OuterRef("pk"))
        return Q(~Exists(has_plan), state=EnrolmentState.ENROLLED)
    if need == "werksituaties":
        return Exists(waiting_situations().filter(enrolment=OuterRef("pk")))
    return Exists(goals_needing(COUNTED[need]).filter(plan__enrolment=OuterRef("pk")))


class CohortFilter(django_filters.FilterSet):
    nodig = django_filters.ChoiceFilter(
        label=_("What is needed"), choices=list(NEEDS.items()), method="by_need", empty_label=_("Everyone")
    )
    werkgever = django_filters.ChoiceFilter(
        label=_("Employer"), method="by_employer", empty_label=_("All employers")
    )
    werkproces = django_filters.ChoiceFilter(
        label=_("Work process"), method="by_process", empty_label=_("All work processes")
    )

    class Meta:
        model = Enrolment
        form = PortalForm
        fields: list[str] = []

    def __init__(
        self, *args: Any, employers: list[Organisation], processes: list[WorkProcess], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["werkgever"].extra["choices"] = [(row.slug, row.name) for row in employers]
        self.filters["werkproces"].extra["choices"] = [(str(row.pk), choice(row)) for row in processes]

    @property
    def is_active(self) -> bool:
        return any(self.form.cleaned_data.values()) if self.form.is_valid() else False

    def by_need(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(needing(value))

    def by_employer(self, queryset: Any, name: str, value: str) -> Any:
        held = LearnerAccess.objects.running().filter(
            enrolment=OuterRef("pk"), organisation__slug=value, scope=AccessScope.PLAN
        )
        return queryset.filter(Exists(held))

    def by_process(self, queryset: Any, name: str, value: str) -> Any:
        goals = Goal.objects.live().filter(plan__enrolment=OuterRef("pk"), work_process=int(value))
        return queryset.filter(Exists(goals))


class SituationFilter(django_filters.FilterSet):
    """Work situations of a cohort; without a choice those that are not treated yet."""

    toestand = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("ingebracht", _("Brought in")),
            ("ingepland", _("In a session")),
            ("behandeld", _("Treated")),
            ("ingetrokken", _("Withdrawn")),
            ("gemeld", _("Reported")),
        ],
        method="by_state",
        empty_label=_("Not treated yet"),
    )
    werkproces = django_filters.ChoiceFilter(
        label=_("Work process"), method="by_process", empty_label=_("All work processes")
    )
    STATES = {
        "ingebracht": SituationState.SUBMITTED,
        "ingepland": SituationState.PLANNED,
        "behandeld": SituationState.TREATED,
        "ingetrokken": SituationState.WITHDRAWN,
    }

    class Meta:
        model = WorkSituation
        form = PortalForm
        fields: list[str] = []

    def __init__(self, *args: Any, processes: list[WorkProcess], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["werkproces"].extra["choices"] = [(str(row.pk), choice(row)) for row in processes]

    def filter_queryset(self, queryset: Any) -> Any:
        narrowed = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("toestand"):
            return narrowed
        return narrowed.exclude(state__in=[SituationState.TREATED, SituationState.WITHDRAWN])

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.reported() if value == "gemeld" else queryset.filter(state=self.STATES[value])

    def by_process(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(work_process=int(value))
