"""The words and glyphs that go with a state, a party or a tone: colour is never the only carrier."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

STATUS_ICONS = {
    "done": "check",
    "busy": "route",
    "wait": "clock",
    "back": "arrow-back-up",
    "todo": "circle-dashed",
}
NOTICE_ICONS = {"info": "info-circle", "ok": "check", "warn": "clock", "error": "alert-triangle"}

PARTY_NAMES: dict[str, Promise] = {
    "student": gettext_lazy("Student"),
    "employer": gettext_lazy("Employer"),
    "school": gettext_lazy("School"),
    "representative": pgettext_lazy("sign strip", "Legal representative"),
}
SIGN_WORDS: dict[str, dict[str, Promise]] = {
    "consent": {
        "none": pgettext_lazy("sign strip", "Not yet"),
        "wait": pgettext_lazy("sign strip", "Asked"),
        "ok": pgettext_lazy("sign strip", "Agreed"),
        "back": pgettext_lazy("sign strip", "Change requested"),
    },
    "signature": {
        "none": pgettext_lazy("sign strip", "Not yet"),
        "wait": pgettext_lazy("sign strip", "Asked"),
        "ok": pgettext_lazy("sign strip", "Signed"),
        "back": pgettext_lazy("sign strip", "Change requested"),
    },
}
GLYPHS = {
    "ok": "M7 12.6l3.4 3.4 6.6-7.2",
    "wait": "M12 7v5.4l3.2 2",
    "back": "M10.5 16.5L7 13l3.5-3.5M7 13h6.5a3 3 0 0 0 3-3V8",
}

BLOCK_WORDS: dict[str, Promise] = {
    "todo": pgettext_lazy("goal", "Not started yet"),
    "busy": pgettext_lazy("goal", "In progress"),
    "done": pgettext_lazy("goal", "Achieved"),
    "back": pgettext_lazy("goal", "Change requested"),
}
BLOCK_ICONS = {"done": "check", "back": "arrow-back-up"}
