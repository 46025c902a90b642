"""Work situations: what a student brings in, and what the school fills in about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from programmes.models import Cohort, Session, WorkProcess
from students.enums import SituationState
from students.forms.evidence import capital_choices
from students.models import Enrolment, WorkSituation
from ui.formats import moment
from ui.forms import PortalForm, PortalModelForm

LATELY = dt.timedelta(days=14)  # a session may still be filled in afterwards


class SituationForm(PortalModelForm):
    """A question from practice, in under a minute: one text is enough."""

    class Meta:
        model = WorkSituation
        fields = ["text", "work_process", "visible_for"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "visible_for": forms.RadioSelect}
        help_texts = {"text": _("Write no names or details of clients.")}

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["work_process"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = WorkProcess.objects.of_programme(enrolment.cohort.programme_id)
        field.empty_label = str(_("I do not know"))
        capital_choices(self.fields["visible_for"])


class SessionField(forms.ModelChoiceField):
    """A session by its moment and theme."""

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

    @property
    def ticked(self) -> list[str]:
        """The public ids that were sent, so that a page with a fault keeps them ticked."""
        return list(self.data.getlist("situations")) if isinstance(self.data, QueryDict) else []


class TreatSituationForm(PortalForm):
    """What came out of a work situation."""

    answer = forms.CharField(
        label=_("What came out of it"),
        help_text=_("The student who brought it in gets a mail. Name no clients."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
