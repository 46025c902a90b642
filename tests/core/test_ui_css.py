"""The shipped stylesheet: current, within its budget, and alike in its two dark blocks."""

import gzip
import re
from pathlib import Path

from django.conf import settings

from core.management.commands.build_css import STATIC, TARGET, minify, stylesheet

BUDGET = 12_000


def test_committed_stylesheet_is_current():
    assert TARGET.read_text(encoding="utf-8") == stylesheet(), "run manage.py build_css"


def test_stylesheet_stays_within_its_budget():
    assert len(gzip.compress(TARGET.read_bytes(), 9)) <= BUDGET


def test_files_it_names_exist():
    for path in re.findall(r"url\(([^)]+)\)", TARGET.read_text(encoding="utf-8")):
        assert (TARGET.parent / path).resolve().is_file(), path


def test_dark_by_system_and_by_choice_are_alike():
    source = minify((STATIC / "src" / "11-dark.css").read_text(encoding="utf-8"))
    by_system = re.findall(r':root:not\(\[data-theme="light"\]\)([^{]*)\{([^}]*)\}', source)
    by_choice = re.findall(r':root\[data-theme="dark"\]([^{]*)\{([^}]*)\}', source)
    assert by_system == by_choice[:4]


def test_templates_hold_nothing_inline():
    for path in (Path(settings.ROOT) / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|src=\"data:", text), path


def test_icons_used_in_templates_are_in_the_sprite():
    sprite = (Path(settings.ROOT) / "static/img/sprite.svg").read_text(encoding="utf-8")
    for path in (Path(settings.ROOT) / "templates").rglob("*.html"):
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8")):
            assert f'id="{name}"' in sprite, f"{path.name}: {name}"


def test_minify_keeps_what_carries_meaning():
    css = "/* x */\n.a :hover , .b{ width: calc(1rem + 2px) ; color : red; }\n@media (min-width: 2rem) { .c { margin: 0 } }"
    assert (
        minify(css)
        == ".a :hover,.b{width:calc(1rem + 2px);color :red}@media (min-width:2rem){.c{margin:0}}\n"
    )
