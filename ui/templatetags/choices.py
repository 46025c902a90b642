"""The choices of a form, each with its language: `{% load choices %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui.languages import language_of

register = template.Library()

register.simple_tag(language_of)


@register.simple_tag
def option(widget: Mapping[str, Any]) -> SafeString:
    """A choice of a list that drops down. widget: as Django gives it to the template of an option."""
    attributes = flatatt(widget["attrs"])
    return format_html(
        '<option value="{}"{}{}>{}</option>',
        str(widget["value"]),
        attributes,
        language_of(widget),
        widget["label"],
    )
