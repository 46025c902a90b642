"""Every e-mail address is read, kept and printed in one form: `core.emails`."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.consistency.source import APPS, ROOT, faults, modules, refuse, texts

HOME = "core/emails.py"
FIELDS = ("models.EmailField", "forms.EmailField", "serializers.EmailField")
# `{{ row.email }}` and `with email=row.email`; an address in a link stays as it travels, and so does one sent back.
PRINTED = re.compile(
    r"(?<!mailto:)(?<!value=\")\{\{ *(?:\w+\.)+\w*(?:email|address) *\}\}|\b\w+=(?:\w+\.)+\w*(?:email|address)(?=[ %])"
)


def field_faults(text: str) -> Iterator[str]:
    """Fields of Django that keep an address as it was typed. Naming the class, as `isinstance` does, is no fault."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in FIELDS:
            yield f"line {node.lineno}: {ast.unparse(node.func)} instead of core.emails"


def print_faults(source: str) -> Iterator[str]:
    """Addresses that are printed as they travel. source: the text of a template."""
    for found in PRINTED.finditer(source):
        yield f"{found[0]} without |email"


def test_every_field_for_an_address_is_our_own():
    found = texts(modules(*APPS))
    assert sum("emails.Email" in text for text in found.values()) >= 9
    refuse(faults(field_faults, {name: text for name, text in found.items() if name != HOME}))


def test_every_address_is_printed_in_its_own_letters():
    found = texts(
        path for path in sorted((ROOT / "templates").rglob("*.*")) if path.suffix in {".html", ".txt"}
    )
    assert sum("email|email" in text or "address|email" in text for text in found.values()) >= 13
    refuse(faults(print_faults, found))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("email = models.EmailField(unique=True)", 1),
        ("email = forms.EmailField()", 1),
        ("email = emails.EmailField()", 0),
        ("isinstance(field, forms.EmailField)", 0),
    ],
)
def test_guard_of_fields_sees_what_it_is_for(line, count):
    assert len(list(field_faults(line))) == count


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("<td>{{ row.email }}</td>", 1),
        ("<td>{{ row.email|email }}</td>", 0),
        ('<a href="mailto:{{ row.email }}">{{ row.email|email }}</a>', 0),
        ('<input type="hidden" name="email" value="{{ row.email }}">', 0),
        ("{% blocktranslate with email=user.email %}You are {{ email }}{% endblocktranslate %}", 1),
        ("{% blocktranslate with email=user.email|email %}You are {{ email }}{% endblocktranslate %}", 0),
    ],
)
def test_guard_of_printed_addresses_sees_what_it_is_for(line, count):
    assert len(list(print_faults(line))) == count
