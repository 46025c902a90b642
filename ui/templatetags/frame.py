"""The parts of the frame that are the same on every page: rendered once a process and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages import ERROR, get_messages
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BaseFormSet, BooleanField
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters.filterset import BaseFilterSet

from core.for_everyone import Shared, is_for_everyone
from ui import jargon
from ui.components import Link
from ui.pages import Page

register = template.Library()

# Stand where the token and the address go; no text of ours holds them.
TOKEN, HERE = "%%token%%", "%%here%%"
OWN = "<!--own-->"  # where in a shared part stands what is of the visitor
MOST_MARKS, LONGEST_MARK = 4, 40
DEEPEST = 2  # rows with a form each


@register.simple_tag(takes_context=True)
def error_mark(context: template.Context) -> str:
    """What comes first in the title of a page that shows a refused form: a screen reader says the title before all else."""
    request: HttpRequest | None = context.get("request")
    sent = request if request is not None and request.method == "POST" else None
    shown = (value for layer in context.dicts for value in layer.values())
    forms = _forms(shown, DEEPEST if sent else 0)
    is_refused = any(form.is_bound and not form.is_valid() for form in forms)
    return _("Error:") + " " if is_refused or (sent and _says_no(sent)) else ""


def _forms(values: Iterable[object], depth: int) -> Iterator[BaseForm | BaseFormSet[BaseForm]]:
    """The forms among these, and in lists and mappings of them."""
    for value in values:
        kind = type(value)  # isinstance would load what is lazy, such as who reads
        if issubclass(kind, BaseForm | BaseFormSet):
            yield value  # type: ignore[misc]  # by its type
        elif depth and kind in (list, tuple):
            yield from _forms(value, depth - 1)  # type: ignore[arg-type]  # by its type
        elif depth and kind is dict:
            yield from _forms(value.values(), depth - 1)  # type: ignore[attr-defined]  # by its type


def _says_no(request: HttpRequest) -> bool:
    """Whether the page that comes back tells of a refusal in a message instead of in a form."""
    told: Iterable[Message] = getattr(get_messages(request), "_queued_messages", ())
    return any(message.level >= ERROR for message in told)


@register.simple_tag(takes_context=True)
def list_mark(context: template.Context) -> str:
    """What comes behind the title of a list: what it was filtered by, and the page one is on."""
    request = context.get("request")
    asked = context.get("asked_for_all") or (
        request.GET if request is not None and request.method == "GET" else None
    )
    if not asked:
        return ""
    shown = [value for layer in context.dicts for value in layer.values()]
    filters = [
        value.form if issubclass(type(value), BaseFilterSet) else value
        for value in shown
        if issubclass(type(value), BaseFilterSet | BaseForm) and value.is_bound
    ]
    marks = [mark for form in filters for mark in _chosen(form, asked)][:MOST_MARKS]
    marks += [_("page %(number)s") % {"number": page.number} for page in _pages(shown)]
    return "".join(f", {mark}" for mark in dict.fromkeys(marks))


def _chosen(form: BaseForm, asked: QueryDict) -> Iterator[str]:
    """What someone filled in or chose in a filter, in the words of the page."""
    for name, field in form.fields.items():
        sent = [value for value in asked.getlist(form.add_prefix(name)) if value]
        words = {str(value): str(label) for value, label in getattr(field, "choices", ())} if sent else {}
        for value in sent:
            if words:
                yield words.get(value, "")
            elif isinstance(field, BooleanField):
                yield str(field.label or "")
            else:
                yield f"“{value[:LONGEST_MARK]}”"


def _pages(shown: Iterable[object]) -> Iterator[Page]:
    yield from (value for value in shown if type(value) is Page and value.number > 1)


@register.simple_block_tag
def explain(content: SafeString) -> SafeString:
    """The body of a page, with a hint behind the first mention of each word that not everyone knows."""
    return jargon.explained(content)


class OwnNode(template.Node):
    """What is of the visitor within a shared part."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return SafeString(OWN) if OWN in context else self.nodelist.render(context)  # nosec B703 - our own mark


class SharedNode(template.Node):
    """A part of the page that is kept where the view says that it is the same for everyone (`ui.shared`).

    It is made of what the view gives to it alone, without the request: nothing of the visitor can stand in it. What is of
    the visitor is put into it each time.
    """

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist
        self.own = list(_own_in(nodelist))

    def render(self, context: template.Context) -> SafeString:
        shared: Shared | None = context.get("shared")
        if shared is None:
            return self.nodelist.render(context)

        def made(shown: dict[str, Any]) -> str:
            alone = template.Context({**shown, OWN: True}, autoescape=context.autoescape)
            alone.render_context, alone.template = context.render_context, context.template
            return self.nodelist.render(alone)

        html = shared.part(self.name, made)
        own = "".join(part.render(context) for part in self.own)
        return SafeString(html.replace(OWN, own))  # nosec B703 - all of it was rendered by templates


def _own_in(nodes: Iterable[template.Node]) -> Iterator[template.NodeList]:
    for node in nodes:
        inner: template.NodeList = getattr(node, "nodelist", None) or template.NodeList()
        if isinstance(node, OwnNode):
            yield inner
        else:
            yield from _own_in(inner)


@register.tag
def own(parser: template.base.Parser, _token: template.base.Token) -> OwnNode:
    """{% own %}…{% endown %}: messages and the like, within a shared part."""
    nodelist = parser.parse(("endown",))
    parser.delete_first_token()
    return OwnNode(nodelist)


@register.tag
def shared(parser: template.base.Parser, token: template.base.Token) -> SharedNode:
    """{% shared name %}…{% endshared %}: a part that is made once for all, where the view gives `shared`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(name, nodelist)


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> str:
    """What is the same in the head of every page: description, colours, fonts, style and script."""
    return _head(get_language(), context.get("theme", "system"))


@lru_cache(maxsize=32)
def _head(_language: str | None, theme: str) -> SafeString:
    return render_to_string("components/head.html", {"theme": theme})


@register.simple_tag
def menu_items(items: Sequence[Link], current: str) -> SafeString:
    """The items of a menu; one that stands in two places of the page is made once."""
    return render_to_string("components/menu_items.html", {"items": items, "current": current})


@register.simple_tag(takes_context=True)
def page_foot(context: template.Context) -> SafeString:
    """The foot with its standing pages, language and colours; half of the cost of a page when rendered anew."""
    user = getattr(context["request"], "user", None)
    is_kept = is_for_everyone(context["request"])
    html = _foot(
        get_language(),
        context.get("theme", "system"),
        signed_in=user is not None and user.is_authenticated,
        token="" if is_kept else TOKEN,
    )
    token = "" if is_kept else escape(str(context.get("csrf_token", "")))
    here = escape(context["request"].get_full_path())
    return mark_safe(html.replace(TOKEN, token).replace(HERE, here))  # noqa: S308  # nosec B308 B703


@lru_cache(maxsize=32)
def _foot(_language: str | None, theme: str, *, signed_in: bool, token: str) -> str:
    known = {"theme": theme, "token": token, "here": HERE, "signed_in": signed_in}
    return render_to_string("components/footer.html", known)
