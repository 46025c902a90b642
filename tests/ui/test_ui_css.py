"""The stylesheet that browsers get: joined of its sources, within its budget, and alike in its two dark blocks."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from agreements.presenters import versions
from tests.consistency.source import APPS, modules
from ui.stylesheet import StylesheetFinder, stylesheet, without_comments

STATIC = Path(settings.ROOT) / "static"
BUDGET = 12_000


@pytest.fixture
def sources(settings, tmp_path) -> Path:
    """A project with two sources and a picture."""
    settings.ROOT = tmp_path
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    folder = tmp_path / "static" / "css" / "src"
    folder.mkdir(parents=True)
    (folder / "20-b.css").write_text(".b {\n  background: url(../../img/b.svg);\n}\n", encoding="utf-8")
    (folder / "10-a.css").write_text("/* a */\n.a {\n  color: red;\n}\n", encoding="utf-8")
    (tmp_path / "static" / "img").mkdir()
    (tmp_path / "static" / "img" / "b.svg").write_text("<svg/>", encoding="utf-8")
    return folder


JOINED = ".a {\ncolor: red;\n}\n.b {\nbackground: url(../img/b.svg);\n}\n"


def test_sources_are_joined_in_the_order_of_their_names_and_point_to_files_from_one_folder_higher(sources):
    assert Path(StylesheetFinder().find("css/portal.css")).read_text(encoding="utf-8") == JOINED


def test_changed_source_is_seen_at_once(sources):
    finder = StylesheetFinder()
    assert finder.find("css/portal.css")
    (sources / "20-b.css").unlink()
    assert Path(finder.find("css/portal.css")).read_text(encoding="utf-8") == JOINED[: JOINED.index(".b")]


def test_sources_are_neither_found_nor_collected(sources):
    finder = StylesheetFinder()
    assert not finder.find("css/src/10-a.css")
    assert sorted(path for path, _storage in finder.list([])) == ["css/portal.css", "img/b.svg"]


def test_collected_stylesheet_is_named_by_its_content_and_so_are_the_files_it_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (collected,) = tmp_path.glob("css/portal.*.css")
    assert not (tmp_path / "css" / "src").exists()
    named = re.findall(r"url\(\"?([^\")]+)", collected.read_text(encoding="utf-8"))
    assert len(named) >= 5
    for path in named:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", path), path
        assert (collected.parent / path).resolve().is_file(), path


@pytest.mark.django_db
def test_page_names_one_stylesheet_and_gets_it(client):
    page = client.get(reverse("home")).content.decode()
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    response = client.get(address)
    assert response["Content-Type"].startswith("text/css")
    assert b"".join(response.streaming_content).decode() == stylesheet()


def test_stylesheet_stays_within_its_budget():
    assert 5_000 < len(gzip.compress(stylesheet().encode(), 9)) <= BUDGET


def test_files_it_names_exist():
    named = re.findall(r"url\(([^)]+)\)", stylesheet())
    assert len(named) >= 5
    for path in named:
        assert (STATIC / "css" / path).resolve().is_file(), path
        assert finders.find(path.removeprefix("../")), path


def test_dark_by_system_and_by_choice_are_alike():
    source = without_comments((STATIC / "css/src/11-dark.css").read_text(encoding="utf-8"))
    by_system = re.findall(r':root:not\(\[data-theme="light"\]\)([^{]*)\{([^}]*)\}', source)
    by_choice = re.findall(r':root\[data-theme="dark"\]([^{]*)\{([^}]*)\}', source)
    assert by_system
    assert by_system == by_choice[:4]


def test_templates_hold_nothing_inline():
    for path in (Path(settings.ROOT) / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\sstyle=|<style|<script(?![^>]*\s(?:src=|type=\"application/ld\+json))|\son[a-z]+=|src=\"data:",
            text,
        ), path


def test_icons_used_by_pages_are_in_the_sprite():
    """Also those that a page is handed: a name that is not there draws nothing, without a word."""
    sprite = (STATIC / "img/sprite.svg").read_text(encoding="utf-8")
    for path in [*modules(*APPS), *(Path(settings.ROOT) / "templates").rglob("*.html")]:
        for name in re.findall(r'(?:{% icon |\bicon=)"([a-z0-9-]+)"', path.read_text(encoding="utf-8")):
            assert f'id="{name}"' in sprite, f"{path.name}: {name}"
    for kind, name, *_words in versions.KINDS:  # their template is handed the name
        assert f'id="{name}"' in sprite, f"{kind}: {name}"


SPARE = {"shield-check"}  # for what a page says about safety


def test_every_icon_of_the_sprite_is_used():
    """Each page that has one loads them all."""
    sprite = (STATIC / "img/sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="([a-z0-9-]+)"', sprite)) - {"p-student", "p-employer", "p-school"}
    users = [*modules(*APPS), *(Path(settings.ROOT) / "templates").rglob("*.html")]
    named = {
        name
        for path in users
        for name in re.findall(r"[\"']([a-z0-9-]+)[\"']", path.read_text(encoding="utf-8"))
    }
    assert len(drawn) >= 40
    assert drawn - named <= SPARE


def test_what_is_left_out_carries_no_meaning():
    css = '/* x */\n.a :hover {\n  width: calc(1rem + 2px);\n\n  content: "a  b"; /* two\n  lines */\n}\n'
    assert without_comments(css) == '.a :hover {\nwidth: calc(1rem + 2px);\ncontent: "a  b";\n}\n'


def test_no_text_in_a_source_looks_like_a_comment():
    for path in (STATIC / "css").rglob("*.css"):
        assert not re.search(r"(\"[^\"\n]*/\*|'[^'\n]*/\*)[^\n]*[\"']", path.read_text(encoding="utf-8")), (
            path
        )


def left_open(css: str) -> int:
    """How many blocks a source leaves open; they would swallow every source behind it without a word."""
    plain = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", without_comments(css))
    return plain.count("{") - plain.count("}")


def test_every_source_closes_what_it_opens():
    found = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "css").rglob("*.css")}
    assert len(found) >= 17
    assert {name: left_open(css) for name, css in found.items() if left_open(css)} == {}


def test_source_that_leaves_a_block_open_is_seen():
    assert left_open('@media print {\n  .a::before { content: "}"; }\n/* } */\n') == 1
