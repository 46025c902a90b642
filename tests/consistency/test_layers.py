"""What each room of an app may not hold."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from portal.reminders import REMINDERS
from tests.consistency import known
from tests.consistency.source import (
    APPS,
    Texts,
    calls,
    faults,
    functions,
    modules,
    public_functions,
    refuse,
    room,
    texts,
)

# Services: verbs in one transaction


def service_faults(text: str) -> Iterator[str]:
    """A public function without a transaction, or with arguments by position; addresses and icons.

    Work by the batch may open a transaction for each batch instead: `with transaction.atomic()` inside its loop.
    """
    for node in public_functions(text):
        decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
        if "transaction.atomic" not in decorators and not opens_one_a_batch(node):
            yield f"{node.name} is not @transaction.atomic"
        if node.args.args or node.args.posonlyargs:
            yield f"{node.name} takes arguments by position"
    yield from page_faults(text)


def opens_one_a_batch(function: ast.FunctionDef) -> bool:
    """Whether a loop of the function opens a transaction each time round."""
    loops = (node for node in ast.walk(function) if isinstance(node, ast.For | ast.While))
    return any(
        isinstance(inner, ast.With) and ast.unparse(inner.items[0].context_expr) == "transaction.atomic()"
        for loop in loops
        for inner in ast.walk(loop)
    )


def page_faults(text: str) -> Iterator[str]:
    """What belongs to a page."""
    for name, call in calls(text):
        if name in {"reverse", "reverse_lazy"}:
            yield f"{name}()"
        if any(keyword.arg == "icon" for keyword in call.keywords):
            yield f"{name}(icon=…)"


def test_services_are_verbs_in_one_transaction():
    found = {name: text for name, text in room("services").items() if not name.endswith("/locks.py")}
    assert len(found) >= 20
    assert sum(len(list(public_functions(text))) for text in found.values()) >= 80
    refuse(faults(service_faults, found), known.SERVICES)


def test_guard_of_services_sees_what_it_is_for():
    text = """
def close(slot): ...
@transaction.atomic
def confirm(*, slot_id): return Step(reverse("x"), icon="y")
def _private(slot): ...
def forget():
    for rows in batches():
        with transaction.atomic():
            rows.delete()
def forget_at_once():
    with transaction.atomic():
        batches().delete()
"""
    assert list(service_faults(text)) == [
        "close is not @transaction.atomic",
        "close takes arguments by position",
        "forget_at_once is not @transaction.atomic",
        "Step(icon=…)",
        "reverse()",
    ]


# Views: load, ask, act, render

LINES_OF_A_VIEW = 25
ROLE_TESTS = re.compile(
    r"\.held\b|\bhas_role\(|\.organisations\(|\.memberships\(|\bemployer_organisations\b|\.coordinates\b|\bRole\."
)
BARE = {"all", "select_related", "prefetch_related", "only", "defer", "order_by"}


def is_bare(node: ast.expr) -> bool:
    """Whether it is a model, or all its rows."""
    while True:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BARE:
            node = node.func.value
        elif isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            return True
        else:
            return isinstance(node, ast.Name) and node.id[0].isupper()


def view_faults(text: str) -> Iterator[str]:
    """Long functions, transactions, role tests, and rows that nobody was asked about."""
    for node in functions(text):
        lines = node.end_lineno - node.lineno + 1
        if lines > LINES_OF_A_VIEW:
            yield f"{node.name} has {lines} lines"
        body = ast.unparse(node)
        if "transaction.atomic" in body:
            yield f"{node.name} opens a transaction"
        yield from sorted({f"{node.name} tests a role: {test}" for test in ROLE_TESTS.findall(body)})
        for name, call in calls(body):
            if name in {"get_object_or_404", "get_list_or_404"} and is_bare(call.args[0]):
                yield f"{node.name} takes any {ast.unparse(call.args[0])}"


def test_views_load_ask_act_and_render():
    found = room("views")
    assert len(found) >= 60
    assert sum(len(list(functions(text))) for text in found.values()) >= 250
    refuse(faults(view_faults, found), known.VIEWS)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("with transaction.atomic(): pass", "page opens a transaction"),
        ("slot = get_object_or_404(Slot, pk=1)", "page takes any Slot"),
        (
            "slot = get_object_or_404(Slot.objects.select_related('x'), pk=1)",
            "page takes any Slot.objects.select_related('x')",
        ),
        ("slot = get_object_or_404(Slot.objects.visible_to(actor).for_list(), pk=1)", None),
        ("return actor.held", "page tests a role: .held"),
        ("return actor.has_role(1)", "page tests a role: has_role("),
        ("return actor.organisations()", "page tests a role: .organisations("),
        ("return 1 in actor.employer_organisations", "page tests a role: employer_organisations"),
        ("return actor.memberships(1)", "page tests a role: .memberships("),
        ("return 1 in actor.coordinates", "page tests a role: .coordinates"),
        ("return Role.TEACHER", "page tests a role: Role."),
        ("\n    ".join(["pass"] * 25), "page has 26 lines"),
        ("\n    ".join(["pass"] * 24), None),
    ],
)
def test_guard_of_views_sees_what_it_is_for(body, fault):
    assert list(view_faults(f"def page(request):\n    {body}\n")) == ([fault] if fault else [])


# Presenters, rules, queries


def presenter_faults(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if any(argument.arg == "request" for argument in arguments):
                yield f"{getattr(node, 'name', 'lambda')} takes a request"


def test_presenters_see_no_request():
    found = room("presenters")
    assert len(found) >= 12
    refuse(faults(presenter_faults, found), known.PRESENTERS)


def test_guard_of_presenters_sees_what_it_is_for():
    assert list(presenter_faults("def row(slot): ...\nclass Row:\n    def url(self, request): ...\n")) == [
        "url takes a request"
    ]


def rule_faults(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield f"{ast.unparse(node)} in a rule"


def test_rules_look_at_loaded_rows():
    found = room("rules")
    assert sum(text.count("def can_") for text in found.values()) >= 55
    refuse(faults(rule_faults, found), known.RULES)


def test_guard_of_rules_sees_what_it_is_for():
    text = "def can_close(actor, slot):\n    return Slot.objects.exists()\n"
    assert list(rule_faults(text)) == ["Slot.objects in a rule"]


WRITES = {
    "save",
    "create",
    "bulk_create",
    "get_or_create",
    "update",
    "update_or_create",
    "bulk_update",
    "delete",
}


def query_faults(text: str) -> Iterator[str]:
    yield from sorted({f".{name}()" for name, _ in calls(text) if name in WRITES})
    yield from page_faults(text)


def test_queries_write_nothing_and_know_no_page():
    found = room("queries")
    assert len(found) >= 14
    refuse(faults(query_faults, found), known.QUERIES)


def test_guard_of_queries_sees_what_it_is_for():
    text = "def due():\n    row.save()\n    Slot.objects.filter(pk=1).update(x=1)\n    return reverse('x')\n"
    assert list(query_faults(text)) == [".save()", ".update()", "reverse()"]


# Reminders


def unlisted_reminders(names: list[str], listed: set[type]) -> list[str]:
    """Classes of these modules that remind and are not listed."""
    found = [
        value
        for name in names
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, type) and value.__module__ == name and hasattr(value, "waiting")
    ]
    assert len(found) >= min(5, len(names) * 5)
    return [value.__qualname__ for value in found if value not in listed]


def test_every_reminder_runs():
    names = [
        f"{app}.reminders" for app in APPS if app != "portal" and f"{app}/reminders.py" in room("reminders")
    ]
    assert len(names) >= 3
    listed = {type(reminder) for reminder in REMINDERS}
    assert unlisted_reminders(names, listed) == []
    assert len(unlisted_reminders(names, set())) == len(REMINDERS)  # and it sees each that is taken away


# Everywhere


def import_faults(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        names = (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        yield from (f"imports {name}" for name in names if "internal" in name.split("."))


def ignore_faults(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(r"#\s*type:\s*ignore(\[[\w, -]+\])?(.*)", line)
        if found and not (found[1] and re.match(r"\s*#\s*\S+\s+\S+", found[2])):
            yield f"line {number} ignores a type without a code and a reason"


def all_modules() -> Texts:
    return texts(modules(*APPS, "tools", "tests", "benchmarks", "drills"))


def test_no_package_is_reached_inside():
    """What stands under `internal` may go in any release of the package."""
    found = all_modules()
    assert sum("import allauth" in text or "from allauth" in text for text in found.values()) >= 8
    refuse(faults(import_faults, found))


def test_guard_of_imports_sees_what_it_is_for():
    assert list(import_faults("from allauth.core.internal import ratelimit\nimport a.internal.b\n")) == [
        "imports allauth.core.internal",
        "imports a.internal.b",
    ]


def test_types_are_ignored_for_a_reason():
    found = {name: text for name, text in all_modules().items() if name != "tests/consistency/test_layers.py"}
    assert sum("type: ignore" in text for text in found.values()) >= 1
    refuse({fault.partition(": ")[0] for fault in faults(ignore_faults, found)}, known.IGNORES)


@pytest.mark.parametrize(
    ("comment", "count"),
    [
        ("# type: ignore", 1),
        ("# type: ignore[misc]", 1),
        ("# type: ignore  # a good reason", 1),
        ("# type: ignore[misc]  # a good reason", 0),
    ],
)
def test_guard_of_ignored_types_sees_what_it_is_for(comment, count):
    assert len(list(ignore_faults(f"x = 1  {comment}\n"))) == count
