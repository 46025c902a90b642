"""An item of an agenda, and what is written down under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access import Verdict
from meetings.models import Action, AgendaItem, Decision, ImprovementProposal, Meeting, Need
from meetings.queries.owners import can_own
from partnerships.actors import Actor
from partnerships.models import ActionLine, CooperationVersion, Group, Initiative
from partnerships.models.initiatives import InitiativeQuerySet
from ui.forms import EditForm, PortalForm, PortalModelForm

# What a decision can do with an initiative, as its model calls it.
PHASES = (
    ("prepare", _("Start preparing it")),
    ("start", _("Start it")),
    ("finish", _("Finish it")),
    ("stop", _("Stop it")),
    ("scale_up", _("Scale it up")),
    ("reopen", _("Continue with it")),
)


# At most one of them.
_ABOUT = ("initiative", "action_line", "about_group", "proposal", "cooperation")


def known_initiatives(actor: Actor, partnership_id: int) -> InitiativeQuerySet:
    """Those of a partnership that the actor may see, by title."""
    return Initiative.objects.visible_to(actor).filter(partnership=partnership_id).order_by("title", "pk")


class ItemForm(PortalModelForm):
    """What the table is asked."""

    class Meta:
        model = AgendaItem
        fields = ("title", "kind", "text")
        labels = {"title": _("Title"), "kind": _("What do you ask?"), "text": _("Explanation")}
        widgets = {"kind": forms.RadioSelect}


class NeedsForm(PortalForm):
    """Needs that become one item."""

    needs = forms.MultipleChoiceField(
        label=_("Which needs?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one need.")},
    )
    title = forms.CharField(
        label=_("Title of the item"),
        max_length=120,
        required=False,
        help_text=_("Left blank, the item is named after the first need."),
    )

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["needs"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(str(need.public_id), need.title) for need in needs]


class MinutesForm(EditForm):
    """What was said."""

    minutes = forms.CharField(
        label=_("Minutes"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )


class DecisionForm(PortalForm):
    """What was decided, why, and what it is about."""

    parts = {"text": _("What was decided"), "initiative": _("What it is about")}

    text = forms.CharField(label=_("Decision"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("Why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    initiative = forms.ModelChoiceField(
        label=_("About which initiative?"), queryset=Initiative.objects.none(), required=False
    )
    phase = forms.ChoiceField(
        label=_("What happens to it?"),
        choices=[("", _("Nothing changes")), *PHASES],
        required=False,
        help_text=_("Only with an initiative. Stopping and continuing ask for the reason."),
    )
    action_line = forms.ModelChoiceField(
        label=_("About which action line?"), queryset=ActionLine.objects.none(), required=False
    )
    about_group = forms.ModelChoiceField(
        label=_("About which group?"), queryset=Group.objects.none(), required=False
    )
    proposal = forms.ModelChoiceField(
        label=_("About which improvement proposal?"),
        queryset=ImprovementProposal.objects.none(),
        required=False,
    )
    cooperation = forms.ModelChoiceField(
        label=_("About which cooperation agreement?"),
        queryset=CooperationVersion.objects.none(),
        required=False,
    )
    replaces = forms.ModelChoiceField(
        label=_("Which earlier decision does it replace?"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("A decision is never changed. A new one can replace it."),
    )

    def __init__(self, *args: Any, actor: Actor, meeting: Meeting, may_move: Verdict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnership = meeting.partnership
        decisions = Decision.objects.filter(partnership=partnership, replaced_by=None, group=meeting.group)
        choices: dict[str, Any] = {
            "initiative": known_initiatives(actor, partnership.pk),
            "action_line": ActionLine.objects.filter(partnership=partnership).order_by("number", "pk"),
            "about_group": Group.objects.running().filter(partnership=partnership).order_by("name", "pk"),
            "proposal": ImprovementProposal.objects.sent_in().filter(partnership=partnership).for_list(),
            "cooperation": CooperationVersion.objects.visible_to(actor)
            .filter(partnership=partnership)
            .select_related("partnership")
            .order_by("-number", "-pk"),
            "replaces": decisions.order_by("-number"),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            found = list(rows)
            field.queryset = rows
            field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in found)]  # read once
            if not found:
                del self.fields[name]
        if "initiative" not in self.fields or not may_move:
            del self.fields["phase"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        about = [name for name in _ABOUT if data.get(name)]
        if len(about) > 1:
            self.add_error(about[1], _("Choose one thing that the decision is about."))
        if data.get("phase") and not data.get("initiative"):
            self.add_error("initiative", _("Choose the initiative that this happens to."))
        if data.get("phase") in Initiative.REASON_REQUIRED and not data.get("reason"):
            self.add_error("reason", _("Give the reason."))
        return data


class ActionForm(PortalModelForm):
    """What is to be done, by whom, and by when."""

    class Meta:
        model = Action
        fields = ("title", "owner", "due_on", "initiative", "action_line")
        labels = {
            "title": _("What needs to be done?"),
            "owner": _("Who does it?"),
            "due_on": _("By which day?"),
            "initiative": _("For which initiative?"),
            "action_line": _("For which action line?"),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        choices: dict[str, Any] = {
            "owner": can_own(row.partnership_id, row.group_id),
            "initiative": known_initiatives(actor, row.partnership_id),
            "action_line": ActionLine.objects.filter(partnership=row.partnership_id).order_by("number", "pk"),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
            if name != "owner" and not rows.exists():
                del self.fields[name]


class OutcomeForm(PortalForm):
    """What became of an action."""

    outcome = forms.CharField(
        label=_("What became of it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Everyone at this table reads it."),
    )
