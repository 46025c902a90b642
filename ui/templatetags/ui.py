"""The components of the look as template tags; each one's markup stands in templates/components/.

Load with `{% load ui %}`. Components with a body are block tags: `{% panel title=… %}…{% endpanel %}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import emails, versions
from core.provinces import PROVINCES
from core.versions import Versioned
from ui import formats
from ui.charts import Gauge
from ui.components import AgendaItem, Figure, LineGroup, SignParty, SummaryRow
from ui.differences import compare
from ui.form_errors import summary_of
from ui.languages import dutch, in_dutch, naming
from ui.maps import MapCell
from ui.next_steps import FirstStep
from ui.remembered import filter_field, part, remembered
from ui.words import BLOCK_ICONS, BLOCK_WORDS, GLYPHS, NOTICE_ICONS, PARTY_NAMES, SIGN_WORDS, STATUS_ICONS

register = template.Library()
Text = str | Promise

LARGE_STRIP = "l"
MAIN = ("", "ink", "narcis")  # a button that draws the eye; what cannot be done now does not
USUAL_PARTIES = 3

for _name in ("day", "short_day", "list_day", "clock", "moment", "number", "hours", "sentence", "week"):
    register.filter(_name, getattr(formats, _name), is_safe=False)
register.filter("shown_number", formats.shown_number, is_safe=False)
register.filter("until", formats.span, is_safe=False)
register.filter("email", emails.shown, is_safe=False)


# Single drawings


@cache
def _drawing(kind: str, name: str, classes: str) -> SafeString:
    sprite, box, prefix = static("img/sprite.svg"), "", ""
    if kind != "icon":
        box, prefix = mark_safe(' viewBox="0 0 24 24"'), "p-"  # nosec B308
    drawing = '<svg class="{}"{} aria-hidden="true" focusable="false"><use href="{}#{}{}"/></svg>'
    return format_html(drawing, classes, box, sprite, prefix, name)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon beside words, never alone. size: "" (of the text) | s | l."""
    return _drawing("icon", name, f"ico ico--{size}" if size else "ico")


@register.simple_tag
def shape(party: str) -> SafeString:
    """A party's shape beside its name. party: student | employer | school."""
    return _drawing("shape", party, f"shape shape--{party}")


register.simple_tag(in_dutch)
register.filter("dutch", dutch, is_safe=False)
register.filter("naming", naming, is_safe=False)


# Words with a colour


@register.simple_tag
def status(kind: str, text: Text, icon: str = "") -> SafeString:
    """A state in a word. kind: done | busy | wait | back | todo; icon replaces the usual one."""
    drawing = _drawing("icon", icon or STATUS_ICONS[kind], "ico ico--s")
    return format_html('<span class="status status--{}">{}{}</span>', kind, drawing, text)


@register.simple_tag
def tag(text: Text, url: str = "", kind: str = "theme") -> SafeString:
    """A theme (filled) or branch (outline). kind: theme | branch; a link when it has a url."""
    classes = "tag tag--branch" if kind == "branch" else "tag"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, text)
    return format_html('<span class="{}">{}</span>', classes, text)


@register.inclusion_tag("components/button.html")
def button(text: Text, **options: Any) -> dict[str, Any]:
    """A button or, with href, a link that looks like one. Options: see components/button.html."""
    known = {
        "href": "",
        "variant": "",
        "size": "",
        "icon": "",
        "after": "",
        "name": "",
        "value": "",
        "form": "",
        "why_not": "",
    }
    unknown = options.keys() - known.keys()
    if unknown:
        raise template.TemplateSyntaxError(f"button knows no {', '.join(sorted(unknown))}")
    chosen = known | options
    if chosen["why_not"] and chosen["variant"] in MAIN:
        chosen["variant"] = "second"
    classes = ["btn", *(f"btn--{part}" for part in (chosen["variant"], chosen["size"]) if part)]
    return {**chosen, "text": text, "classes": " ".join(classes)}


# Blocks with a body


def _block(name: str, content: SafeString, **context: Any) -> SafeString:
    return render_to_string(name, {"content": content, **context})


@register.simple_block_tag
def notice(content: SafeString, tone: str = "info", live: bool = False) -> SafeString:
    """A message. tone: info | ok | warn | error; live: read aloud when it appears."""
    return _block("components/notice.html", content, tone=tone, live=live, icon=NOTICE_ICONS[tone])


@register.simple_block_tag
def panel(content: SafeString, title: Text = "", ident: str = "", level: int = 2) -> SafeString:
    """A side panel. ident: makes it a named region; level: of its heading."""
    return _block("components/panel.html", content, title=title, ident=ident, level=level)


@register.simple_block_tag
def fold(
    content: SafeString, title: Text, icon: str = "", is_open: bool = False, phone_only: bool = False
) -> SafeString:
    """A part that opens. phone_only: always open on a wide screen (filters)."""
    return _block(
        "components/fold.html", content, title=title, icon=icon, is_open=is_open, phone_only=phone_only
    )


@register.simple_block_tag
def remark(
    content: SafeString, party: str, author: Text, role: Text = "", on: dt.date | None = None
) -> SafeString:
    """What someone wrote, in the colour of the party. party: student | employer | school."""
    return _block("components/remark.html", content, party=party, author=author, role=role, on=on)


@register.simple_block_tag
def empty(content: SafeString, act: Text = "", url: str = "") -> SafeString:
    """Nothing to show: one sentence and, with act and url, one thing to do."""
    return _block("components/empty.html", content, act=act, url=url)


# Plan


@register.simple_tag
def sign_strip(parties: Iterable[SignParty], size: str = "", kind: str = "consent") -> SafeString:
    """Who has agreed or signed. size: "" | l (with names and days) | mini (in a row); kind: consent | signature."""
    shown = tuple(parties)
    if size == LARGE_STRIP:  # one a page, with names: nothing to remember
        return _strip.__wrapped__(shown, size, kind, None)
    return _strip(
        tuple(SignParty(item.party, item.state, word=item.word) for item in shown), size, kind, get_language()
    )


@lru_cache(maxsize=1024)
def _strip(parties: tuple[SignParty, ...], size: str, kind: str, _language: str | None) -> SafeString:
    """The strip of these states; a page of thirty students shows the same few again and again."""
    shown = [
        {
            "item": item,
            # A representative stands beside the student, and shares the student's shape.
            "shape": "student" if item.party == "representative" else item.party,
            "label": PARTY_NAMES[item.party],
            "word": item.word or SIGN_WORDS[kind][item.state],
            "glyph": GLYPHS.get(item.state, ""),
        }
        for item in parties
    ]
    classes = [
        "sign",
        *([f"sign--{size}"] if size else []),
        *(["sign--4"] if len(parties) > USUAL_PARTIES else []),
    ]
    if parties and all(item.state == "ok" for item in parties):
        classes.append("is-whole")
    context = {
        "parties": shown,
        "classes": " ".join(classes),
        "mini": size == "mini",
        "large": size == LARGE_STRIP,
    }
    return render_to_string("components/sign_strip.html", context)


@register.simple_tag
def progress_line(groups: Iterable[LineGroup], mini: bool = False) -> SafeString:
    """One block per goal, in one row. mini: in a table row by work process, with a sentence instead of links."""
    if mini:
        return _mini_line(
            tuple(tuple(block.state for block in group.blocks) for group in groups), get_language()
        )
    shown = [
        {"block": block, "word": BLOCK_WORDS[block.state], "icon": BLOCK_ICONS.get(block.state, "")}
        for group in groups
        for block in group.blocks
    ]
    return render_to_string("components/progress_line.html", {"blocks": shown})


@lru_cache(maxsize=1024)
def _mini_line(groups: tuple[tuple[str, ...], ...], _language: str | None) -> SafeString:
    """The small line of these states, remembered for the same reason as the strip."""
    states = [state for group in groups for state in group]
    sentence = ngettext(
        "%(done)d of %(all)d goal achieved", "%(done)d of %(all)d goals achieved", len(states)
    )
    numbers = {"done": states.count("done"), "all": len(states)}
    return render_to_string(
        "components/progress_mini.html", {"groups": groups, "sentence": sentence % numbers}
    )


@register.inclusion_tag("components/next_step.html")
def next_step(first: FirstStep | None, next_up: Text = "") -> dict[str, Any]:
    """What the reader has to do now; when nothing waits a quiet sentence, with next_up what comes then."""
    return {"first": first, "step": first.step if first else None, "next_up": next_up}


@register.inclusion_tag("components/agenda.html")
def agenda(items: Iterable[AgendaItem]) -> dict[str, Any]:
    """Coming days, each with a big day number."""
    return {
        "items": [
            {
                "item": item,
                "weekday": formats.weekday_abbreviation(item.day),
                "month": formats.month_abbreviation(item.day),
            }
            for item in items
        ]
    }


@register.inclusion_tag("components/diff.html")
def version_diff(old: str, new: str, old_title: Text = "", new_title: Text = "") -> dict[str, Any]:
    """Two versions of a text beside each other, with what changed marked."""
    left, right = compare(old, new)
    return {
        "left": left,
        "right": right,
        "old_title": old_title or _("Before"),
        "new_title": new_title or _("Now"),
    }


# Forms, lists, ways


register.inclusion_tag("components/error_summary.html", name="error_summary")(summary_of)


@register.inclusion_tag("components/made_from.html")
def made_from(form: BaseForm) -> dict[str, Any]:
    """What a form over a thing that is there was made from, hidden; and a word on what someone else changed meanwhile."""
    return {"form": form if getattr(form, "over", "") else None}


@register.inclusion_tag("components/form.html", takes_context=True)
def portal_form(
    context: template.Context,
    form: BaseForm,
    submit: Text = "",
    cancel_url: str = "",
    action: str = "",
    danger: bool = False,
    read: Versioned | str = "",
) -> dict[str, Any]:
    """A whole form: error summary, fields, token, button and, with cancel_url, a way back. read: what the page shows."""
    return {
        "form": form,
        "submit": submit or _("Save"),
        "cancel_url": cancel_url,
        "action": action,
        "variant": "danger" if danger else "",
        "csrf_token": context.get("csrf_token", ""),
        "read": read,
    }


@register.simple_tag
def as_read(shown: Versioned | str) -> SafeString:
    """The version of what the page shows, hidden in a form that acts on it. shown: a row, or `core.versions.of` several."""
    version = shown if isinstance(shown, str) else versions.of(shown)
    return format_html('<input type="hidden" name="read" value="{}">', version)


class PageLike(Protocol):
    """What the pager reads of `ui.pages.Page`."""

    number: int
    numbers: Sequence[Any]
    previous_url: str
    next_url: str


@register.inclusion_tag("components/pager.html")
def pager(page: PageLike, label: Text = "") -> dict[str, Any]:
    """Links to the other pages of a list; nothing when there is one. label: names the list for screen readers."""
    return {"page": page, "label": label or _("Pages")}


@register.inclusion_tag("components/steps.html")
def steps(labels: Sequence[Text], current: int) -> dict[str, Any]:
    """The steps of a form. labels: in order; current: from 1."""
    shown = [
        {"number": at, "label": label, "done": at < current, "current": at == current}
        for at, label in enumerate(labels, 1)
    ]
    return {"steps": shown}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts: Text) -> dict[str, Any]:
    """The way here: label, url, label, url, …, and last the label of this page."""
    pairs = [{"label": parts[at], "url": parts[at + 1]} for at in range(0, len(parts) - 1, 2)]
    return {"links": pairs, "last": parts[-1] if len(parts) % 2 else ""}


@register.inclusion_tag("components/summary.html")
def summary(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    """What was filled in, read back, with a link to change it."""
    return {"rows": rows}


@register.inclusion_tag("components/fact.html")
def fact(label: Text, value: object, small: bool = False, pre: bool = False) -> dict[str, Any]:
    """One line of a list of facts: what it is and how much. small, pre: see components/fact.html."""
    return {"label": label, "value": value, "small": small, "pre": pre}


@register.inclusion_tag("components/figures.html")
def figures(items: Iterable[Figure]) -> dict[str, Any]:
    """Big numbers with what they count."""
    return {
        "figures": [
            {
                "figure": item,
                "value": formats.number(item.value) if isinstance(item.value, int) else item.value,
            }
            for item in items
        ]
    }


# Charts and maps


@register.inclusion_tag("components/gauge.html")
def gauge(gauge: Gauge) -> dict[str, Any]:
    """How far a call is towards its target."""
    return {"gauge": gauge}


@register.simple_tag
def province_map(cells: Sequence[MapCell], label: Text, counted: Text, on_page: bool = False) -> SafeString:
    """The Netherlands with a count per province, each a link. counted: what is counted ("initiatives")."""
    words = {"label": str(label), "counted": str(counted), "on_page": on_page}
    return part("components/map.html", cells=tuple(cells), **words)


@register.simple_tag
def mini_map(codes: Iterable[str] | str, large: bool = False) -> SafeString:
    """Where something is: the province codes that are filled. Decoration; the region stands in words beside it."""
    wanted = (code.lower() for code in ([codes] if isinstance(codes, str) else codes))
    known = tuple(code for code in wanted if code in PROVINCES)
    return part("components/mini_map.html", codes=known, large=large)


register.simple_tag(remembered)
register.simple_tag(filter_field)
