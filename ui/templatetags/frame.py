"""The parts of the frame that are the same on every page: rendered once a process and language."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

# Stand where the token and the address go; no text of ours holds them.
TOKEN, HERE = "%%token%%", "%%here%%"


@register.simple_tag(takes_context=True)
def error_mark(context: template.Context) -> str:
    """What comes first in the title of a page that shows a refused form: a screen reader says the title before all else."""
    shown = (value for layer in context.dicts for value in layer.values())
    # By type(): isinstance would load what is lazy, such as who reads.
    forms = (value for value in shown if issubclass(type(value), BaseForm | BaseFormSet))
    return _("Error:") + " " if any(form.is_bound and not form.is_valid() for form in forms) else ""


@register.simple_tag(takes_context=True)
def page_foot(context: template.Context) -> SafeString:
    """The foot with its standing pages, language and colours; half of the cost of a page when rendered anew."""
    html = _foot(get_language(), context.get("theme", "system"))
    token = escape(str(context.get("csrf_token", "")))
    return mark_safe(html.replace(TOKEN, token).replace(HERE, escape(context["request"].get_full_path())))  # noqa: S308


@lru_cache(maxsize=8)
def _foot(_language: str | None, theme: str) -> str:
    return render_to_string("components/footer.html", {"theme": theme, "token": TOKEN, "here": HERE})
