"""The administrators' tables as files: the rows and columns that the page shows, of all its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from html import unescape
from typing import Any, TypeVar, cast

from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from ui.sheets import Cell, Column, Sheet, asked

AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


def with_files(view: AnyView) -> AnyView:
    """The page of a table that hands out its list when the address asks for that; other pages as they are."""
    table = getattr(view, "__self__", None)
    if not isinstance(table, ModelAdmin) or view.__name__ != "changelist_view":
        return view

    @wraps(view)
    def page_or_file(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _file(table, request) or view(request, *args, **kwargs)

    return cast(AnyView, page_or_file)


def _file(table: ModelAdmin[Any], request: HttpRequest) -> HttpResponseBase | None:
    """The file that is asked for, by whoever may see the table; what asks for it is no filter of the table."""
    if "download" not in request.GET or not table.has_view_or_change_permission(request):
        return None
    whole = request.GET
    filters = whole.copy()
    del filters["download"]
    request.GET = filters  # type: ignore[assignment]  # Django's own list reads every name in it as a filter
    try:
        found = table.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return None  # the page says so
    request.GET = whole
    names = [
        str(name) for name in table.get_list_display(request)
    ]  # all by name: no column is a bare function
    columns = [
        Column(capfirst(str(label_for_field(name, table.model, table))), partial(_cell, table, name))
        for name in names
    ]
    return asked(request, found.queryset, Sheet(_name(table), columns))


def _name(table: ModelAdmin[Any]) -> str:
    return str(getattr(table, "listed_as", table.opts.verbose_name_plural))


def _cell(table: ModelAdmin[Any], name: str, row: Any) -> Cell:
    """What stands in a column for a row: the word of a choice, of another row its name, of what is drawn its text."""
    field, _attribute, value = lookup_field(name, row, table)
    if field is not None and field.choices:
        return cast(Cell, getattr(row, f"get_{name}_display")())
    if isinstance(value, SafeString):
        return unescape(strip_tags(value))
    return value if isinstance(value, Cell) else str(value)
