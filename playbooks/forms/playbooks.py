"""What a playbook says of itself, and its parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.enums import RhythmUnit
from partnerships.models.expectations import MOST_SEATS, VOICES
from playbooks.enums import PartKind, StepUnit
from playbooks.models import PlaybookPart, PlaybookVersion
from programmes.enums import Route
from ui.forms import PortalForm, PortalModelForm

VOICE = "voice_"
MOST_THEMES = 40
LONGEST_THEME = 160
BODIES = {
    PartKind.GROUP: _("What the group is for"),
    PartKind.RHYTHM: _("What is discussed"),
    PartKind.STEP: _("What you do then"),
    PartKind.ACTION_LINE: _("Goal"),
    PartKind.PROGRAMME: _("Entry conditions"),
}


class VersionForm(PortalModelForm):
    """What a draft says of itself."""

    parts = {"title": _("What it is"), "needed": _("What others need"), "news": _("What is new")}

    class Meta:
        model = PlaybookVersion
        fields = ("title", "summary", "needed", "duration", "costs", "news")
        labels = {
            "needed": _("Who and what you need"),
            "news": _("What is new in this version"),
        }
        help_texts = {
            "summary": _("In a sentence or two. It stands in lists and in search engines."),
            "needed": _("For instance how many employers and schools, and how many hours."),
            "duration": _("For instance from the first talk to the first result."),
            "news": _("Whoever started from an earlier version reads this."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "needed": forms.Textarea(attrs={"rows": 4}),
            "news": forms.Textarea(attrs={"rows": 4}),
        }


class KindForm(PortalForm):
    """Of which kind a new part is."""

    kind = forms.ChoiceField(label=_("Kind of part"), choices=PartKind, widget=forms.RadioSelect)


class PartForm(PortalModelForm):
    """A part, with what its kind asks besides title and text."""

    class Meta:
        model = PlaybookPart
        fields = ("title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = PartKind(self.instance.kind)
        self.fields["body"].label = BODIES.get(kind, _("Text"))
        self.fields["body"].help_text = _("Write how it is done. No names, email addresses or phone numbers.")
        for name, field in _asked(kind).items():
            field.initial = _typed(name, self.instance.details)
            self.fields[name] = field

    def clean_themes(self) -> list[str]:
        """Each line a theme."""
        themes = [line.strip() for line in self.cleaned_data["themes"].splitlines() if line.strip()]
        if len(themes) > MOST_THEMES or any(len(theme) > LONGEST_THEME for theme in themes):
            raise ValidationError(_("These are too many themes, or one is too long. Make it shorter."))
        return themes

    def clean_crebos(self) -> list[str]:
        """Numbers of five digits."""
        crebos = self.cleaned_data["crebos"].replace(",", " ").split()
        if not all(crebo.isascii() and crebo.isdigit() and len(crebo) == 5 for crebo in crebos):
            raise ValidationError(_("Write crebos as five digits, with a comma between them."))
        return sorted(set(crebos))

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            self.instance.details = _said(PartKind(self.instance.kind), self.instance, self.cleaned_data)


def _asked(kind: PartKind) -> dict[str, forms.Field]:
    """The fields of a kind."""
    if kind == PartKind.GROUP:
        return {
            "max_size": _number(_("Largest size"), least=2, most=MOST_SEATS),
            **{f"{VOICE}{voice.value}": _number(voice.label, most=MOST_SEATS) for voice in VOICES},
        }
    if kind == PartKind.RHYTHM:
        return _time(_("Every"), RhythmUnit, least=1)
    if kind == PartKind.STEP:
        return _time(_("How long after the start"), StepUnit)
    if kind == PartKind.PROGRAMME:
        return {
            "route": forms.ChoiceField(label=_("Learning route"), choices=Route),
            "crebos": forms.CharField(label=_("Crebos"), required=False, max_length=60),
            "contract_hours": _number(_("Least contract hours a week"), least=1, most=40),
            "school_days": _number(_("School days a week"), most=5),
            "is_switcher": forms.BooleanField(label=_("For career switchers"), required=False),
            "themes": forms.CharField(
                label=_("Themes of the sessions"),
                help_text=_("One on each line."),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
        }
    return {}


def _number(label: Any, *, least: int = 0, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


def _time(label: Any, unit: Any, *, least: int = 0) -> dict[str, forms.Field]:
    name = "every" if unit is RhythmUnit else "after"
    return {
        name: forms.IntegerField(label=label, min_value=least, max_value=60),
        "unit": forms.ChoiceField(label=_("Weeks or months"), choices=unit),
    }


def _typed(name: str, details: dict[str, Any]) -> Any:
    """What a field shows of what is kept."""
    if name.startswith(VOICE):
        return details.get("voices", {}).get(name.removeprefix(VOICE))
    value = details.get(name)
    if name == "themes":
        return "\n".join(value or ())
    return ", ".join(value or ()) if name == "crebos" else value


def _said(kind: PartKind, part: PlaybookPart, data: dict[str, Any]) -> dict[str, Any]:
    """What is kept of what was typed: what was left empty is not there, and what was not asked stays."""
    asked = _asked(kind)
    said = {name: value for name, value in part.details.items() if name not in asked and name != "voices"}
    for name in asked:
        if not name.startswith(VOICE) and data.get(name) not in (None, "", [], False):
            said[name] = data[name]
    voices = {name.removeprefix(VOICE): data[name] for name in asked if name.startswith(VOICE) and data[name]}
    return said | ({"voices": voices} if voices else {})
