"""What nothing uses goes; what a comment sends the reader to is there."""

import re

from tests.consistency import known
from tests.consistency.leftovers import (
    Named,
    is_asked_for,
    tags_of,
    unknown_documents,
    unnamed,
    unused_classes,
    unused_tags,
)
from tests.consistency.source import APPS, ROOT, Texts, modules, own_files, refuse, short, texts

# Somebody else calls them by name
BY_NAME = {
    "accounts/middleware.py: MailLimitMiddleware.process_exception": "Django calls it",
    "accounts/validators.py: NotKnown.validate": "Django asks every validator of passwords",
    "accounts/validators.py: NotOwnWords.validate": "the same",
    "accounts/validators.py: NotKnown.get_help_text": "the same",
    "accounts/validators.py: NotOwnWords.get_help_text": "the same",
    "agreements/models/kept.py: document_path": "the migrations of before name it",
    "agreements/models/signatures.py: scan_path": "the same",
    "students/models/evidence.py: evidence_path": "the same",
    "partnerships/views/initiatives.py: InitiativeFeed.item_updateddate": "Django's feeds ask for it",
    "portal/sitemaps.py: InitiativeSitemap.lastmod": "Django's sitemaps ask for it",
    "portal/gunicorn_conf.py: on_starting": "gunicorn calls it",
    "portal/gunicorn_conf.py: pre_fork": "the same",
    "portal/gunicorn_conf.py: post_fork": "the same",
    "core/moving.py: into_one_table": "the migrations that move files call it",
}
BY_NAME_CLASSES = {"htmx-request": "htmx sets it while it waits"}
FILES_WITH_NAMES = {
    ".html",
    ".txt",
    ".toml",
    ".js",
    ".yaml",
}  # beside the code: pages, settings of tools, the demo
FILES_WITH_WORDS = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".yaml", ".typ", ".svg"}


def code() -> Texts:
    return texts(
        path
        for path in modules(*APPS, "tools", "benchmarks", "drills")
        if "settings" not in {*path.parts, path.stem}
    )


def readers() -> Texts:
    """Where a name counts. Not in tests: what only a test calls is a leftover too."""
    files = (path for path in own_files() if path.suffix in FILES_WITH_NAMES and path.parts[-2] != "tests")
    return texts(
        [*modules(*APPS, "tools", "benchmarks", "drills"), *files, ROOT / "manage.py", ROOT / "Makefile"]
    )


def test_everything_is_named_somewhere():
    found = code()
    assert len(found) >= 300
    left = [item for item in unnamed(found, readers()) if not is_asked_for(item)]
    refuse({str(item) for item in left} - BY_NAME.keys(), known.LEFTOVERS)
    assert BY_NAME.keys() <= {str(item) for item in left}


def test_everything_of_the_tests_is_named_in_them():
    """A factory stays though nothing makes its rows yet: every model has one."""
    found = texts(modules("tests"))
    left = [str(item) for item in unnamed(found, found) if not item.name.startswith(("test_", "pytest_"))]
    refuse(name for name in left if not name.startswith("tests/factories/"))


def test_every_tag_and_filter_is_used():
    found = texts(path for path in modules(*APPS) if "templatetags" in path.parts)
    assert sum(len(tags_of(text)) for text in found.values()) >= 35
    refuse(unused_tags(found, texts((ROOT / "templates").rglob("*.*"))))


def test_every_class_of_the_stylesheet_is_used():
    found = texts((ROOT / "static/css").rglob("*.css"))
    assert len(found) >= 17
    users = texts(
        [*modules(*APPS), *(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").glob("*.js")]
    )
    assert set(unused_classes(found, {})) > {"btn", "panel"}
    refuse(set(unused_classes(found, users)) - BY_NAME_CLASSES.keys(), known.CLASSES)


def test_every_document_that_is_named_is_there():
    documents = {short(path) for path in own_files() if path.suffix == ".md"}
    found = texts(path for path in own_files() if path.suffix in FILES_WITH_WORDS or path.name == "Makefile")
    planted = {"tests/consistency/test_leftovers.py", "tests/consistency/known.py", "tests/test_documents.py"}
    found = {name: text for name, text in found.items() if name not in planted}
    assert len(documents) >= 20
    assert sum(bool(re.search(r"\.md\b", text)) for text in found.values()) >= 40
    refuse(unknown_documents(found, documents), known.DOCUMENTS)


# Each guard sees what it is for

MODULE = '''
"""Of `spoken_of` this only speaks."""
__all__ = ["Page", "spoken_of", "used"]
MOST, LEAST = 5, 1
def spoken_of(): ...
def used(): ...
def by_string(): ...
def _private(): ...
@receiver(saved)
def hears(): ...
class Page:
    @property
    def word(self): ...
    def shown(self): ...
'''
READER = """
from core.made import spoken_of, used  # spoken_of
word = used(Page, LEAST)
path("core.made.by_string")
"""


def test_guard_of_leftovers_sees_what_it_is_for():
    """A variable of the same name is not the property; a template may name it."""
    made, reader = {"core/made.py": MODULE}, {"core/made.py": MODULE, "core/reader.py": READER}
    assert [str(item) for item in unnamed(made, reader)] == [
        "core/made.py: MOST",
        "core/made.py: spoken_of",
        "core/made.py: Page.word",
        "core/made.py: Page.shown",
    ]
    page = {"templates/x.html": "{{ page.word }} {% if page.shown %}"}
    assert [str(item) for item in unnamed(made, reader | page)] == [
        "core/made.py: MOST",
        "core/made.py: spoken_of",
    ]


def test_what_a_package_or_django_asks_for_is_no_leftover():
    assert is_asked_for(Named("ui/apps.py", "UiConfig"))
    assert is_asked_for(Named("core/admin.py", "has_add_permission", "ReadOnlyAdmin"))
    assert not is_asked_for(Named("core/access.py", "Verdict"))


def test_guard_of_tags_sees_what_it_is_for():
    tags = {"ui/templatetags/x.py": 'register.filter("day", day)\n@register.simple_tag\ndef icon(): ...\n'}
    assert unused_tags(tags, {"a.html": "{{ x|day }}"}) == ["ui/templatetags/x.py: icon"]
    assert unused_tags(tags, {"a.html": "{% icon %}"}) == ["ui/templatetags/x.py: day"]


def test_guard_of_classes_sees_what_it_is_for():
    css = {"a.css": ".btn { background: url(x.svg) } .btn--big .gone, .m1 {} /* .comment */ .mt-4 {}"}
    page = {"a.html": '<a class="btn btn--{{ size }} m{{ month }}">'}
    assert unused_classes(css, page) == ["gone", "mt-4"]


def test_guard_of_documents_sees_what_it_is_for():
    found = {"core/a.py": "# see docs/domain.md, ../gone.md and design/guide.md"}
    assert unknown_documents(found, {"docs/domain.md"}) == [
        "core/a.py: ../gone.md",
        "core/a.py: design/guide.md",
    ]
