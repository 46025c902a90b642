"""What the house style asks of the whole code base, checked where a reviewer would tire."""

import ast
import importlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from factory.base import FactoryMetaClass

from portal.celery import app as celery_app
from tests.roles import EVERYONE_ELSE, PEOPLE, Matrix

ROOT: Path = settings.ROOT
APPS = [
    "core",
    "ui",
    "accounts",
    "partnerships",
    "programmes",
    "students",
    "placements",
    "agreements",
    "portal",
    "demo",
]
# Names that documents, licences and namespaces may carry; reserved names are always fine.
KNOWN_HOSTS = {"www.w3.org", "localhost", "127.0.0.1"}
RESERVED = re.compile(r"(^|\.)(example(\.(org|com|net))?|test|invalid|localhost)$")
# Other people's pages, held by tests/portal/test_admin.py and by allauth itself
FOREIGN_URLS = ("admin:", "account_", "socialaccount_", "mfa_", "usersessions_", "openid_connect_")


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def own_files() -> Iterator[Path]:
    """Nothing hidden, installed or made by running."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name[0] != "." and name not in {"var", "__pycache__"})
        yield from (Path(folder, name) for name in sorted(names) if name[0] != ".")


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


# Size


def test_modules_stay_small():
    limits = [(400, modules(*APPS)), (800, modules("tests"))]
    sizes = [
        (short(path), len(text_of(path).splitlines()), limit) for limit, paths in limits for path in paths
    ]
    assert [(name, lines) for name, lines, limit in sizes if lines > limit] == []


def test_view_functions_stay_short():
    long = []
    for path in modules(*APPS):
        if "views" not in path.parts and path.name != "views.py":
            continue
        for node in ast.parse(text_of(path)).body:
            if isinstance(node, ast.FunctionDef) and (length := node.end_lineno - node.lineno + 1) > 25:
                long.append(f"{short(path)}: {node.name} has {length} lines")
    assert long == []


# Templates

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
    markup = NOTE.sub(lambda note: "\n" * note[0].count("\n"), source)
    for number, line in enumerate(markup.splitlines(), 1):
        tags = [(found[1], found[2]) for found in TAG.finditer(line)]
        if tags[1:] and tags != [("", tags[0][1]), ("/", tags[0][1])]:
            yield f"line {number}: two elements: {line.strip()[:60]}"
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > WIDTH:
            yield f"line {number}: {len(line)} columns"


def test_templates_can_be_reviewed():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert len(templates) >= FEWEST_TEMPLATES
    assert [f"{short(path)}: {fault}" for path in templates for fault in layout_faults(text_of(path))] == []


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
    ],
)
def test_guard_of_templates_finds_what_it_is_for(source, faults):
    assert len(list(layout_faults(source))) == faults


# Django or allauth ask for these by name
CALLED_BY_NAME = {f"{name}.html" for name in ("400", "403", "403_csrf", "404", "429", "500", "503")}


def test_every_template_is_used():
    sources = "\n".join(text_of(path) for path in [*modules(*APPS), *(ROOT / "templates").rglob("*.*")])
    unused = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = path.relative_to(ROOT / "templates").as_posix()
        if name in CALLED_BY_NAME or _replaces_a_package_template(name):
            continue
        if name not in sources and name.rsplit(".", 1)[0] not in sources:
            unused.append(name)
    assert unused == []


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


# Addresses

FEWEST_ROWS = 268


def named_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_patterns(pattern, inner)
        elif pattern.name:  # without a name: allauth's redirects of old addresses
            yield f"{prefix}{pattern.name}", pattern


def our_patterns() -> dict[str, URLPattern]:
    found = named_patterns(get_resolver())
    return {name: pattern for name, pattern in found if not name.startswith(FOREIGN_URLS)}


def access_modules() -> Iterator[tuple[str, ModuleType]]:
    """(app, module) of every tests/<app>/test_access*.py."""
    for file in sorted((ROOT / "tests").glob("*/test_access*.py")):
        yield file.parent.name, importlib.import_module(f"tests.{file.parent.name}.{file.stem}")


def access_matrix() -> dict[tuple[str, str], dict[str, int]]:
    """(method, full url name) → person → status, of all matrices; names may leave out the app's namespace."""
    rows = {}
    known = our_patterns()
    for app, module in access_modules():
        for (method, name), statuses in module.MATRIX.items():
            rows[method, f"{app}:{name}" if f"{app}:{name}" in known else name] = statuses
    return rows


def matrix_faults(matrix: Matrix, columns: Sequence[str]) -> Iterator[str]:
    """Rows that speak of somebody whom nobody knows or asks, or say nothing of somebody who is asked."""
    for row, statuses in {("COLUMNS", ""): dict.fromkeys(columns), **matrix}.items():
        people = set(statuses) - {EVERYONE_ELSE}
        yield from (f"{row}: {name} is not in tests/roles.py" for name in sorted(people - PEOPLE.keys()))
        yield from (f"{row}: {name} is in no column" for name in sorted(people - set(columns)))
        if EVERYONE_ELSE not in statuses:
            yield from (f"{row}: nothing of {name}" for name in columns if name not in statuses)


def test_rows_speak_of_known_people():
    found = [
        (module, fault)
        for _, module in access_modules()
        for fault in matrix_faults(module.MATRIX, module.COLUMNS)
    ]
    assert len(access_matrix()) >= FEWEST_ROWS
    assert found == []


def test_guard_of_rows_finds_who_is_not_known_not_asked_or_left_out():
    matrix = {("GET", "x"): {"anonymous": 302, "contact": 200, "conatct": 200}}
    assert list(matrix_faults(matrix, ("anonymous", "teacher"))) == [
        "('GET', 'x'): conatct is not in tests/roles.py",
        "('GET', 'x'): conatct is in no column",
        "('GET', 'x'): contact is in no column",
        "('GET', 'x'): nothing of teacher",
    ]
    assert list(matrix_faults({("GET", "x"): {"*": 200}}, ("anonymous", "teacher"))) == []


def test_every_url_has_a_row_in_an_access_matrix():
    in_matrix = {name for _, name in access_matrix()}
    assert sorted(set(our_patterns()) - in_matrix) == []


def test_every_row_of_an_access_matrix_names_a_url():
    assert (
        sorted(
            name
            for _, name in access_matrix()
            if name not in our_patterns() and not name.startswith(FOREIGN_URLS)
        )
        == []
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_methods_without_a_row_are_refused(method):
    """A view may not accept a method that no matrix speaks of."""
    rows = access_matrix()
    accepted = []
    for name, pattern in our_patterns().items():
        if (method, name) in rows:
            continue
        arguments = dict.fromkeys(pattern.pattern.converters, "0")
        try:
            status = pattern.callback(RequestFactory().generic(method, "/"), **arguments).status_code
        except Exception:  # it went past the method check, whatever stopped it
            status = 0
        if status != 405:
            accepted.append(name)
    assert accepted == []


# Models, mails, tasks


def our_models() -> list[type]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def test_every_model_has_a_factory():
    with_factory = set()
    for path in modules("tests/factories"):
        for value in vars(importlib.import_module(f"tests.factories.{path.stem}")).values():
            if isinstance(value, FactoryMetaClass) and value._meta.model:
                with_factory.add(value._meta.get_model_class())
    assert [model._meta.label for model in our_models() if model not in with_factory] == []


def test_verbose_names_start_small():
    named = [
        (model._meta.label, str(name))
        for model in our_models()
        for name in (
            model._meta.verbose_name,
            *(getattr(f, "verbose_name", "") for f in model._meta.get_fields()),
        )
    ]
    abbreviations = re.compile(r"[A-Z]{2}|[A-Z]\b|KvK")
    assert [
        (label, name) for label, name in named if name[:1].isupper() and not abbreviations.match(name)
    ] == []


def test_every_mail_function_has_a_test():
    tests = "\n".join(text_of(path) for path in modules("tests"))
    untested = []
    for path in modules(*APPS):
        if path.name != "mail.py" or path.parent.name == "core":
            continue
        for node in ast.parse(text_of(path)).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in tests:
                untested.append(f"{short(path)}: {node.name}")
    assert untested == []


def test_every_beat_entry_names_a_real_task():
    celery_app.loader.import_default_modules()
    unknown = {name: entry["task"] for name, entry in celery_app.conf.beat_schedule.items()}
    assert {name: task for name, task in unknown.items() if task not in celery_app.tasks} == {}


# What must not be in the repository


def test_no_foreign_host_is_named():
    """A page fetches nothing from elsewhere, and a locked file names no registry."""
    found = []
    for path in own_files():
        for host in re.findall(r"https?://([\w-]+(?:\.[\w-]+)*)", text_of(path)):
            if host.lower() not in KNOWN_HOSTS and not RESERVED.search(host.lower()):
                found.append(f"{short(path)}: {host}")
    assert sorted(set(found)) == []


def test_no_path_of_somebodys_machine_is_named():
    pattern = re.compile(r"(?<![\w.}/-])/(?:work|root|home|Users)/\w")
    assert [
        short(path) for path in own_files() if path != Path(__file__) and pattern.search(text_of(path))
    ] == []


def test_environment_is_read_in_one_place():
    allowed = {
        "demo/__main__.py",
        "manage.py",
        "portal/wsgi.py",
        "portal/settings/environment.py",
        "portal/settings/tooling.py",
    }
    readers = [short(path) for path in modules(*APPS) if re.search(r"os\.(environ|getenv)", text_of(path))]
    assert [name for name in readers if name not in allowed and not name.startswith("tools/local/")] == []


def test_page_of_settings_lists_every_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text_of(ROOT / "portal/settings/environment.py")))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", text_of(ROOT / "docs/settings.md"), re.M))
    assert read == documented
