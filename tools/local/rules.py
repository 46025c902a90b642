"""`python -m tools.local.rules`: what may not stand in our code, since it opens a door. Each rule has its planted bug.

Own rules on Python's syntax tree. semgrep would do as well, but it is 70 MB of a program that asks the network for its
rules; bandit looks for the rest.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOOKED_AT = (
    *(
        "core",
        "ui",
        "accounts",
        "partnerships",
        "meetings",
        "programmes",
        "students",
        "placements",
        "agreements",
        "playbooks",
        "search",
    ),
    *("portal", "demo"),
)
# Where a rule does not hold, with the reason.
ALLOWED = {
    (
        "program",
        "core/imports/files.py",
    ): "our own reader of workbooks, in a process that may do nothing else",
    (
        "open-to-all",
        "portal/views/preferences.py",
    ): "language and colours alone, and the browser says that the form is ours",
    (
        "open-to-all",
        "partnerships/views/saved_searches.py",
    ): "mail programs press it (RFC 8058): the signed address is the right to it, and all it does is stop mails",
    ("query-of-text", "core/reminding/ledger.py"): "the name of our own table",
    ("query-of-text", "partnerships/queries/search.py"): "one of the texts that stand in that file",
    ("query-of-text", "search/queries/entries.py"): "one of the texts that stand in that file",
}


@dataclass(frozen=True)
class Rule:
    """What is looked for: its name, why not, how it is seen, and a line of code that it must find."""

    name: str
    why: str
    sees: Callable[[ast.AST], bool]
    planted: str


def _called(node: ast.AST) -> str:
    """The name of what is called, with what stands before it; empty for anything else."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _runs_code(node: ast.AST) -> bool:
    return _called(node) in {"eval", "exec", "compile", "__import__"}


def _runs_a_program(node: ast.AST) -> bool:
    called = _called(node)
    return called.startswith(("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn", "pty."))


def _unpacks(node: ast.AST) -> bool:
    called = _called(node)
    return called.startswith(("pickle.", "marshal.", "shelve.", "dill.")) or called == "yaml.load"


def _query_of_text(node: ast.AST) -> bool:
    """Raw SQL that is put together: what is run must stand there, or be made by psycopg's own quoting."""
    called = _called(node)
    if not called.endswith((".execute", ".executemany", ".raw", "RawSQL")) or not isinstance(node, ast.Call):
        return False
    return bool(node.args) and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)


def _template_of_text(node: ast.AST) -> bool:
    called = _called(node)
    return called == "Template" or called.endswith((".from_string", "template.Template"))


def _unescaped(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    named = _called(node).rsplit(".", 1)[-1] in {"mark_safe", "SafeString", "format_html"}
    return named and bool(node.args) and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)


def _weak_hash(node: ast.AST) -> bool:
    return _called(node) in {"md5", "sha1", "hashlib.md5", "hashlib.sha1"}


def _guessable(node: ast.AST) -> bool:
    called = _called(node)
    return called.startswith("random.") and called != "random.SystemRandom"


def _open_to_all(node: ast.AST) -> bool:
    """A view that asks no form token."""
    if isinstance(node, ast.FunctionDef):
        return any(ast.unparse(one).endswith("csrf_exempt") for one in node.decorator_list)
    return False


def _bare_cookie(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not _called(node).endswith(".set_cookie"):
        return False
    named = {word.arg for word in node.keywords}
    return not {"secure", "httponly", "samesite"} <= named


def _goes_anywhere(node: ast.AST) -> bool:
    """A redirect to what the request says: `next` goes through Django's own check."""
    if not isinstance(node, ast.Call) or _called(node) not in {"redirect", "HttpResponseRedirect"}:
        return False
    return any(".GET" in ast.unparse(one) or ".POST" in ast.unparse(one) for one in node.args[:1])


def _asks_the_web(node: ast.AST) -> bool:
    called = _called(node)
    return called.startswith(("requests.", "httpx.", "urllib.request.", "http.client.", "aiohttp."))


RULES = (
    Rule("code-of-text", "runs text as code", _runs_code, "eval(request.GET['x'])"),
    Rule("program", "starts a program", _runs_a_program, "subprocess.run(name, shell=True)"),
    Rule("unpacked", "makes objects of what was handed in", _unpacks, "pickle.loads(request.body)"),
    Rule("query-of-text", "puts a query together", _query_of_text, "cursor.execute(f'SELECT {name}')"),
    Rule("template-of-text", "makes a template of text", _template_of_text, "Template(row.text)"),
    Rule("unescaped", "prints without escaping", _unescaped, "mark_safe(f'<b>{name}</b>')"),
    Rule("weak-hash", "is no digest to rely on", _weak_hash, "hashlib.md5(token)"),
    Rule("guessable", "can be guessed", _guessable, "random.choice(letters)"),
    Rule("open-to-all", "takes forms of other sites", _open_to_all, "@csrf_exempt\ndef view(request): ..."),
    Rule("bare-cookie", "says not who may read it", _bare_cookie, "response.set_cookie('a', 'b')"),
    Rule("goes-anywhere", "leads where a visitor says", _goes_anywhere, "redirect(request.GET['next'])"),
    Rule("asks-the-web", "asks another server", _asks_the_web, "requests.get(form.url)"),
)


def found(text: str, path: str = "") -> Iterator[tuple[Rule, int]]:
    """Each rule that this code breaks, with the line."""
    for node in ast.walk(ast.parse(text)):
        for rule in RULES:
            if (rule.name, path) not in ALLOWED and rule.sees(node):
                yield rule, getattr(node, "lineno", 0)


def blind() -> list[str]:
    """The rules that do not find their own planted bug: worth nothing."""
    return [rule.name for rule in RULES if rule not in {one for one, _line in found(rule.planted)}]


def main() -> int:
    """Look at everything that runs in production and the demo; tests and tools do what they like."""
    faults = [f"{name}: finds nothing on its planted bug" for name in blind()]
    paths = sorted(path for folder in LOOKED_AT for path in (ROOT / folder).rglob("*.py"))
    for path in paths:
        place = path.relative_to(ROOT).as_posix()
        if "/migrations/" in place:
            continue
        faults += [
            f"{place}:{line}: {rule.name}: {rule.why}" for rule, line in found(path.read_text(), place)
        ]
    print("\n".join(faults) or f"{len(RULES)} rules, {len(paths)} files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
