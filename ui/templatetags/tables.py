"""What the administrators' tables show besides Django's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseForm

from ui.form_errors import entries_of, entries_of_rows

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def table_errors(form: BaseForm, tables: Iterable[InlineAdminFormSet]) -> dict[str, Any]:
    """What is wrong in a row of a table and in the rows below it, each with which row it is and a link to the field."""
    below = [
        entry
        for table in tables
        if table.formset.is_bound
        for entry in entries_of_rows(table.formset, table.opts.verbose_name)
    ]
    return {"errors": [*entries_of(form), *below]}
