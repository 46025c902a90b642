"""What the school's side fills in about work situations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from programmes.models import Cohort, Session
from students.enums import SituationState
from students.models import WorkSituation
from ui.formats import moment
from ui.forms import PortalForm

LATELY = dt.timedelta(days=14)  # a session may still be filled in afterwards


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Session) -> str:
        return f"{moment(obj.starts_at)}: {obj.theme}"


class PlanSituationsForm(PortalForm):
    """Several work situations into one session."""

    situations = forms.ModelMultipleChoiceField(
        label=_("Work situations"),
        queryset=WorkSituation.objects.none(),
        to_field_name="public_id",
        error_messages={
            "required": _("Tick at least one work situation."),
            "invalid_choice": _("One of these work situations has been treated. Look again."),
            "invalid_pk_value": _("One of these work situations does not exist. Look again."),
        },
    )
    session = SessionField(
        label=_("Session"),
        queryset=Session.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose a session"),
    )

    def __init__(self, *args: Any, actor: Actor, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        situations, session = self.fields["situations"], self.fields["session"]
        assert isinstance(situations, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(session, forms.ModelChoiceField)  # noqa: S101
        situations.queryset = (
            WorkSituation.objects.visible_to(actor)
            .filter(enrolment__cohort=cohort)
            .exclude(state=SituationState.TREATED)
        )
        session.queryset = Session.objects.filter(
            cohort=cohort, ends_at__gte=timezone.now() - LATELY
        ).order_by("starts_at", "pk")


class TreatSituationForm(PortalForm):
    answer = forms.CharField(
        label=_("What came out of it"),
        help_text=_("The student who brought it in gets a mail. Name no clients."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
