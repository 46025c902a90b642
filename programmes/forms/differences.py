"""Where diploma and work differ: which work process, and what is different at work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Need
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.models.partnerships import PartnershipQuerySet
from programmes.models import WorkProcess
from programmes.queries.differences import work_processes_of
from ui.forms import PortalModelForm


class _WorkProcessField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """With its qualification, since two have work processes of one code."""
        return f"{obj.code} {obj.title} ({obj.core_task.qualification.name})"


class DifferenceForm(PortalModelForm):
    """A need at a work process; the name may stay with the coordinators."""

    work_process = _WorkProcessField(
        label=_("Which work process?"),
        queryset=WorkProcess.objects.none(),
        help_text=_("A work process is a task that a diploma asks for."),
    )

    class Meta:
        model = Need
        fields = ("partnership", "title", "text", "organisation", "is_anonymous")
        labels = {
            "partnership": _("In which partnership?"),
            "title": _("What is different at work, in one sentence?"),
            "text": _("Explanation"),
            "organisation": _("For which organisation?"),
            "is_anonymous": _("Do not show my name and organisation to others"),
        }
        help_texts = {
            "title": _("For example: we do not give injections here, the diploma asks for it."),
            "is_anonymous": _("The coordinators of the partnership do see who raised it."),
        }

    field_order = ("partnership", "work_process", "title", "text", "organisation", "is_anonymous")

    def __init__(self, *args: Any, actor: Actor, partnerships: PartnershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = actor.organisations()
        choices: dict[str, Any] = {
            "partnership": partnerships,
            "work_process": work_processes_of([row.pk for row in partnerships]),
            "organisation": Organisation.objects.filter(pk__in=own).order_by("name", "pk"),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
        if not own:
            del self.fields["organisation"]
        elif len(own) == 1:
            self.initial["organisation"] = min(own)
        if len(partnerships) == 1:
            self.instance.partnership = partnerships[0]
            del self.fields["partnership"]
