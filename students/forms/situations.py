"""Work situations: what a student brings in, and what the school fills in about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from programmes.models import Cohort, Session, WorkProcess
from students.enums import SituationState
from students.forms.readers import ReadersField, readers_of
from students.models import Enrolment, WorkSituation
from ui.formats import moment
from ui.forms import ChoiceOf, PortalForm, PortalModelForm, PublicChoice, PublicChoices, offer

LATELY = dt.timedelta(days=14)  # a session may still be filled in afterwards


class SituationForm(PortalModelForm):
    """A question from practice, in under a minute: one text is enough.

    Of one that was treated only the readers can be chosen: `text_stands`.
    """

    readers = ReadersField(
        help_text=_(
            "Tick your teachers to have it treated in a lesson. Tick nobody, and only you can read it."
        )
    )

    class Meta:
        model = WorkSituation
        fields = ["text", "work_process"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": _("Write no names or details of clients.")}

    def __init__(self, *args: Any, enrolment: Enrolment, text_stands: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["readers"] = readers_of(self.instance)
        if text_stands:
            del self.fields["text"], self.fields["work_process"]
            return
        field = self.fields["work_process"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = WorkProcess.objects.of_programme(enrolment.cohort.programme_id)
        field.empty_label = str(_("I do not know"))

    @property
    def written(self) -> dict[str, Any]:
        """What was filled in, as the services take it."""
        data = dict(self.cleaned_data)
        if "work_process" in data:
            process = data.pop("work_process")
            data["work_process_id"] = process.pk if process else None
        return data


class SessionField(PublicChoice):
    """A session by its moment and theme."""

    def label_from_instance(self, obj: Session) -> str:
        return f"{moment(obj.starts_at)}: {obj.theme}"


class PlanSituationsForm(PortalForm):
    """Several work situations into one session."""

    situations = PublicChoices(
        label=_("Work situations"),
        queryset=WorkSituation.objects.none(),
        error_messages={
            "required": _("Tick at least one work situation."),
            "invalid_choice": _("One of these work situations has been withdrawn. Look again."),
            "invalid_pk_value": _("One of these work situations does not exist. Look again."),
        },
    )
    session = SessionField(
        label=_("Session"),
        queryset=Session.objects.none(),
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
            .filter(for_teachers=True)
            .exclude(state=SituationState.WITHDRAWN)
        )
        session.queryset = Session.objects.filter(
            cohort=cohort, ends_at__gte=timezone.now() - LATELY
        ).order_by("starts_at", "pk")

    @property
    def read(self) -> dict[int, str]:
        """Of each chosen situation the version that stood on the page; empty when the page did not say."""
        sent = self.data.getlist("read") if isinstance(self.data, QueryDict) else []
        shown = dict(one.partition(" ")[::2] for one in sent)
        return {row.pk: shown.get(str(row.public_id), "") for row in self.cleaned_data["situations"]}

    @property
    def ticked(self) -> list[str]:
        """The public ids that were sent, so that a page with a fault keeps them ticked."""
        return list(self.data.getlist("situations")) if isinstance(self.data, QueryDict) else []


class TreatSituationForm(PortalForm):
    """What came out of a work situation, in one of the sessions it is in or outside of any."""

    session = ChoiceOf(label=_("Session"), required=False, empty_label=_("Outside of a session"))
    answer = forms.CharField(
        label=_("What came out of it"),
        help_text=_("The student who brought it in gets an email. Name no clients."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sessions:
            offer(self, "session", sessions)
        else:
            del self.fields["session"]

    @property
    def written(self) -> dict[str, Any]:
        """What was filled in, as the service takes it."""
        session: Session | None = self.cleaned_data.get("session")
        return {"answer": self.cleaned_data["answer"], "session_id": session.pk if session else None}
