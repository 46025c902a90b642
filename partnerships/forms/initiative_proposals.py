"""Half a page: what someone proposes to try together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import InitiativeProposal, Organisation
from partnerships.rules.days import is_near
from ui.forms import ChoiceOf, PortalModelForm, offer


class InitiativeProposalForm(PortalModelForm):
    """Question, aim, partners wanted, term and measure of success; the organisation is asked where there are several."""

    parts = {"title": _("In short"), "question": _("Why"), "partners_wanted": _("With whom and how long")}

    organisation = ChoiceOf(label=_("On behalf of which organisation?"))

    class Meta:
        model = InitiativeProposal
        fields = (
            "organisation",
            "title",
            "kind",
            "summary",
            "question",
            "aim",
            "partners_wanted",
            "starts_on",
            "ends_on",
            "success_measure",
        )
        labels = {
            "summary": _("In one sentence"),
            "question": _("Which question do you want to answer?"),
            "aim": _("What do you want to achieve?"),
            "partners_wanted": _("Whom do you need for it?"),
            "success_measure": _("When is it a success?"),
        }
        help_texts = {
            "partners_wanted": _("For example a school, or an employer with night shifts."),
            "success_measure": _("Something that can be measured, with a number and a day if you know them."),
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 4}),
            "aim": forms.Textarea(attrs={"rows": 4}),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("starts_on", "ends_on")
            },
        }

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        if len(organisations) == 1:
            del self.fields["organisation"]
        else:
            offer(self, "organisation", organisations)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on"):
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        return data

    def proposal(self) -> dict[str, Any]:
        """What `services.initiative_proposals.propose` takes of it."""
        data = dict(self.cleaned_data)
        organisation = data.pop("organisation", None) or self.organisations[0]
        return {"organisation_id": organisation.pk, "values": data}
