"""Which parts of a goal's text a change that was asked is about, by the words in which it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.forms import BoundField, ModelForm

from students.models import Consent, GoalVersion

ALWAYS = "criterion"  # what is asked most is when it is achieved
# In both languages: what is written is in the writer's.
ABOUT = {
    "text": r"(leer)?doelen|(leer)?doel|doelzin|ik-zin|goals?|titel",
    "way_of_working": r"werkwijze|aanpak|manier|stap|stappen|oefen\w*|approach|ways?|steps?|practi[cs]e\w*",
    "evidence_asked": r"bewijs\w*|verslag\w*|foto\w*|film\w*|video\w*|evidence|proof|reports?|photos?",
    "due_on": (
        r"\w*datum|deadline|uiterlijk|eerder|later|vroeger|week|weken|maand\w*|dates?|weeks?"
        r"|months?|earlier|sooner|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
        r"|december|january|february|march|june|july|august|october|\d{1,2}[-/]\d{1,2}"
    ),
}


def parts_of(form: ModelForm[GoalVersion], asked: Iterable[Consent]) -> dict[str, list[BoundField]]:
    """The fields that are shown, and those that are folded."""
    words = " ".join(answer.remark for answer in asked)
    named = {name for name, said in ABOUT.items() if re.search(rf"\b({said})\b", words, re.IGNORECASE)}
    shown = [field for field in form.visible_fields() if field.name == ALWAYS or field.name in named]
    return {"shown": shown, "folded": [field for field in form.visible_fields() if field not in shown]}
