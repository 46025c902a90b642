"""Templates can be reviewed, parsed, and are used."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

from tests.consistency.source import APPS, ROOT, Texts, faults, modules, refuse, texts

WIDTH = 130  # columns
FEWEST_TEMPLATES = 200
NOTE = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
# Elements that stand on lines of their own. Not: links, buttons, labels, drawings, whose white space shows.
BLOCK = (
    "html|head|body|title|meta|link|main|header|footer|nav|aside|section|article|form|fieldset|legend|p|div|h[1-6]|ul|ol|li"
    "|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption|details|summary|blockquote|option|optgroup"
)
TAG = re.compile(rf"<(/?)({BLOCK})\b(?:\{{\{{.*?\}}\}}|\{{%.*?%\}}|[^>])*>")


def layout_faults(source: str) -> Iterator[str]:
    """What makes a template hard to review, each with its line. source: the text of the template."""
    if "{% translate" in source and re.search(r"\{% translate [^%]* as \w+ %\}", source):
        yield 'translate … as: write {% tag _("…") %}'
    for note in re.finditer(
        r"\{% blocktranslate\b([^%]*)%\}(.*?)\{% endblocktranslate %\}", source, re.DOTALL
    ):
        if "\n" in note[2] and " trimmed" not in note[1]:
            yield f"a text on several lines is not trimmed: {note[0][:60]}"
        counted = re.search(r"\bcount \w+=(\w+)", note[1])
        if counted and re.search(rf"\bwith\b.*?\b{counted[1]}=", note[1].partition(" count ")[0]):
            yield f"what is counted hides behind a name of the same text: {note[0][:60]}"
    markup = NOTE.sub(lambda note: "\n" * note[0].count("\n"), source)
    for number, line in enumerate(markup.splitlines(), 1):
        tags = [(found[1], found[2]) for found in TAG.finditer(line)]
        if tags[1:] and tags != [("", tags[0][1]), ("/", tags[0][1])]:
            yield f"line {number}: two elements: {line.strip()[:60]}"
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > WIDTH:
            yield f"line {number}: {len(line)} columns"


def mixed_lines(source: str) -> Iterator[str]:
    """Lines below a name in a list that mix words with elements: each element there begins a part, with a dot before."""
    for found in re.finditer(r'<p class="rows__meta[^"]*">\n(.*?)</p>', source, re.DOTALL):
        shown = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "{{ text }}", found[1], flags=re.DOTALL)
        shown = re.sub(r"\{%.*?%\}", "", shown, flags=re.DOTALL)
        bare = re.sub(r"<(\w+)\b.*?</\1>", "", shown, flags=re.DOTALL).strip()
        parts = len(re.findall(r"\{\{", bare))
        if bare and ("<" in shown or ("|dutch" in bare and parts > 1)):
            yield f"put all of it in one <span>: {' '.join(found[1].split())[:60]}"


def test_lines_of_rows_are_words_or_parts():
    refuse(faults(mixed_lines, texts(sorted((ROOT / "templates").rglob("*.html")))))


def test_templates_can_be_reviewed():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert len(templates) >= FEWEST_TEMPLATES
    refuse(faults(layout_faults, texts(templates)))


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("<ul>\n  <li><a href='/'>Home</a></li>\n</ul>\n", 0),
        ("{% comment %}<ul><li>{% endcomment %}\n<p>Text</p>\n", 0),
        ('<p class="{% if a > b %}x{% endif %}">Text</p>\n', 0),
        ("<ul><li>Home</li>\n</ul>\n", 1),
        ("<p>One</p><p>Two</p>\n", 1),
        ("</div></section>\n", 1),
        (f"<p>{'x' * WIDTH}</p>\n", 1),
        ('{% translate "Save" as act %}{% button act %}\n', 1),
        ("{% blocktranslate %}\n  One\n{% endblocktranslate %}\n", 1),
        ("{% blocktranslate with a=a.name count n=a.all|length %}x{% plural %}y{% endblocktranslate %}\n", 1),
        ("{% blocktranslate with b=a.name count n=a.all|length %}x{% plural %}y{% endblocktranslate %}\n", 0),
    ],
)
def test_guard_of_templates_finds_what_it_is_for(source, faults):
    assert len(list(layout_faults(source))) == faults


# Django or allauth ask for these by name
CALLED_BY_NAME = {f"{name}.html" for name in ("400", "403", "403_csrf", "404", "500", "503")}


def unused_templates(names: list[str], readers: Texts) -> list[str]:
    """Templates that no code and no template names, whole or without its ending."""
    sources = "\n".join(readers.values())
    return [name for name in names if name not in sources and name.rsplit(".", 1)[0] not in sources]


# A part of a name that stands for someone; in a field of a form it is asked for.
HALF_A_NAME = re.compile(
    r"\{\{[^}]*\b(?:last_name|surname|initials|sort_name)\b(?!\.as_field_group)[^}]*\}\}"
)
# The initials in the picture of someone, with the whole name next to it.
BESIDE_THE_NAME = "components/person.html"


def test_no_page_or_mail_calls_someone_by_half_a_name():
    found = {
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in (ROOT / "templates").rglob("*.*")
        if str(path.relative_to(ROOT / "templates")) != BESIDE_THE_NAME
        for hit in HALF_A_NAME.finditer(path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("Dear {{ student.person.last_name }},", 1),
        ("{{ person.initials }} {{ person.full_name }}", 1),
        ("{{ student.full_name }} and {{ student.first_name }}", 0),
        ("{{ form.last_name.as_field_group }}", 0),
    ],
)
def test_half_a_name_is_seen(source, number):
    assert len(HALF_A_NAME.findall(source)) == number


def test_every_template_is_used():
    names = [
        path.relative_to(ROOT / "templates").as_posix() for path in sorted((ROOT / "templates").rglob("*.*"))
    ]
    own = [name for name in names if name not in CALLED_BY_NAME and not _replaces_a_package_template(name)]
    assert len(own) >= FEWEST_TEMPLATES
    readers = texts([*modules(*APPS), *(ROOT / "templates").rglob("*.*")])
    refuse(unused_templates(own, readers))
    assert unused_templates(["core/nobody.html"], readers) == ["core/nobody.html"]


def _replaces_a_package_template(name: str) -> bool:
    for config in apps.get_app_configs():
        if (
            not Path(config.path).is_relative_to(ROOT / "portal")
            and (Path(config.path) / "templates" / name).exists()
        ):
            return True
    return name.startswith(
        ("django/forms/", "account/", "mfa/", "usersessions/", "socialaccount/", "allauth/")
    )


def test_every_template_parses():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        get_template(path.relative_to(ROOT / "templates").as_posix())
