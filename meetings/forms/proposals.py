"""An improvement proposal, and what an organisation says to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.limits import REASON
from meetings.models import ImprovementProposal
from meetings.queries.proposals import is_member, receiving
from partnerships.models import Organisation
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.models.partnerships import PartnershipQuerySet
from ui.forms import PortalForm, PortalModelForm

OTHER_PARTNERSHIP = _(
    "This organisation does not take part there. Choose another organisation or partnership."
)


class ProposalForm(PortalModelForm):
    """What could be better, at which organisation; of several partnerships also in which."""

    class Meta:
        model = ImprovementProposal
        fields = ("title", "text", "partnership", "organisation", "is_anonymous")
        labels = {
            "title": _("What is your proposal, in one sentence?"),
            "text": _("What could be better, and how?"),
            "partnership": _("In which partnership?"),
            "organisation": _("For which organisation?"),
            "is_anonymous": _("Do not show my name to other organisations"),
        }
        help_texts = {
            "title": _("For example: handover with pictures."),
            "text": _("Say what you saw and what you would do. Do not name residents or clients."),
            "is_anonymous": _("This organisation and the coordinators do see who wrote it."),
        }

    def __init__(self, *args: Any, partnerships: PartnershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = list(partnerships)
        choices: dict[str, Any] = {"partnership": partnerships, "organisation": receiving(partnerships)}
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
        if len(self.own) == 1:
            del self.fields["partnership"]
            self.instance.partnership = self.own[0]

    def clean(self) -> dict[str, Any]:
        """The organisation takes part in the partnership."""
        data = super().clean() or self.cleaned_data
        partnership, organisation = data.get("partnership"), data.get("organisation")
        if partnership and organisation and not is_member(organisation, partnership):
            self.add_error("organisation", OTHER_PARTNERSHIP)
        return data


class OwnerForm(PortalForm):
    """Who answers for the organisation, and by which day."""

    owner = forms.ModelChoiceField(
        label=_("Who answers?"),
        queryset=Person.objects.none(),
        help_text=_("Someone of your organisation. The author reads the name."),
    )
    reaction_due = forms.DateField(
        label=_("By which day does the author get an answer?"),
        help_text=_("Choose a day that you are sure of."),
    )

    def __init__(self, *args: Any, people: PersonQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = people


class AdoptForm(PortalForm):
    """How the organisation begins."""

    answer = forms.CharField(
        label=_("What are you going to do?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author gets this by email. Everyone in the partnership can read it."),
    )


class CarriedOutForm(PortalForm):
    """What came of it."""

    outcome = forms.CharField(
        label=_("What did you do, and what did it bring?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author gets this by email. Everyone in the partnership can read it."),
    )


class BeginTooForm(PortalForm):
    """For which of one's organisations, and how."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation begins?"), queryset=Organisation.objects.none()
    )
    remark = forms.CharField(
        label=_("How do you begin?"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author gets this by email. Everyone in the partnership can read it."),
    )

    def __init__(self, *args: Any, organisations: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = organisations
        self.own = list(organisations)
        if len(self.own) == 1:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """Of one organisation nothing is asked."""
        data = super().clean() or self.cleaned_data
        if len(self.own) == 1:
            data["organisation"] = self.own[0]
        return data
