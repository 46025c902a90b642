"""`make check`: everything a reviewer would otherwise have to look for. Goes on after a failure and tells all at the end."""

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tools.local import rules, servers
from tools.local.paths import ROOT, VAR

PYTHON = [sys.executable, "-m"]
# What a host would set; `check --deploy` looks at the result, nothing is connected to.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.prod",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "https://leerpact.example",
    "DATABASE_URL": "postgres://leerpact@127.0.0.1:1/leerpact",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "leerpact@leerpact.example",
    "OPERATOR_NAME": "Leerpact",
    "OPERATOR_ADDRESS": "Plein 1,1234 AB Dorp",
    "OPERATOR_EMAIL": "help@leerpact.example",
    "ERRORS_TO": "ops@leerpact.example",
    "PRIVACY_OFFICER_NAME": "N. Naam",
    "PRIVACY_OFFICER_EMAIL": "privacy@leerpact.example",
}


@dataclass
class Step:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def static_steps() -> list[Step]:
    return [
        Step("mypy", [*PYTHON, "mypy"]),
        Step("ruff", [*PYTHON, "ruff", "check", "."]),
        Step("ruff format", [*PYTHON, "ruff", "format", "--check", "."]),
        Step("bandit", [*PYTHON, "bandit", "-c", "pyproject.toml", "-q", "-ll", "-r", *rules.LOOKED_AT]),
        Step("rules", [*PYTHON, "tools.local.rules"]),
        Step("djlint", [*PYTHON, "djlint", "templates", "--lint", "--quiet"]),
        Step("import-linter", [str(ROOT / ".venv/bin/python"), "-c", LINT_IMPORTS]),
        Step("translations", [*PYTHON, "tools.local.catalogue", "check"]),
        Step("deploy check", [*PYTHON, "django", "check", "--deploy", "--fail-level=WARNING"], PRODUCTION),
    ]


PLANS = "tests/benchmarks/test_plans.py"
ACCESS = [*PYTHON, "pytest", "-q", "-n", "2", "--dist", "loadfile", "-k", "test_access", "tests"]
PAGES, JOURNEY = "tests/browser/test_pages.py", "tests/browser/test_journey.py"
# Which page nobody reaches takes the links of all people in one process: `make test` has looked at that.
HALVES = ["-k", "not matrix", "-n", "2", "--dist", "loadfile"]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def database_steps() -> list[Step]:
    """On databases of their own in the servers of the tests."""
    static_root = {"STATIC_ROOT": str(VAR / "check" / "static"), "MEDIA_ROOT": str(VAR / "check" / "media")}
    demo = {**os.environ, **static_root, "DJANGO_SETTINGS_MODULE": "portal.settings.demo"}
    demo |= _empty_database("leerpact_check")
    return [
        Step("migrations", [*PYTHON, "tools.local.migrations"], demo),
        Step("missing migrations", [*PYTHON, "django", "makemigrations", "--check", "--dry-run"], demo),
        Step("demo on an empty database", [*PYTHON, "demo.prepare", "--load"], demo),
        Step("demo loaded twice", [*PYTHON, "django", "seed_demo"], demo),
        Step("access with plain queries", ACCESS, {"WRITTEN_QUERIES": "false"}),
        Step("cost of pages", [*PYTHON, "benchmarks.gate"]),
        Step("plans with 20,000 students", [*PYTHON, "pytest", PLANS, "--plans"]),
        Step("browser cross", [*PYTHON, "pytest", PAGES, "--cross", *HALVES]),
        Step("journey without JavaScript", [*PYTHON, "pytest", JOURNEY, "--plain"]),
    ]


def _empty_database(name: str) -> dict[str, str]:
    """The settings by which a process works on it, in each role."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(servers.database_url("DATABASE_OWNER_URL"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return servers.urls_of(name)


def run(step: Step) -> bool:
    started = time.monotonic()
    environment = {**os.environ, **step.environment}
    done = subprocess.run(
        step.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{verdict:7} {step.name} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).strip()[-6000:], flush=True)
    return done.returncode == 0


def main() -> int:
    only = set(sys.argv[1:])
    servers.prepare_environment("portal.settings.test")
    chosen = [
        step for step in [*static_steps(), *database_steps()] if not only or step.name.split()[0] in only
    ]
    quick = {step.name for step in static_steps()}
    with ThreadPoolExecutor(2) as pool:
        results: dict[str, Future[Any]] = {
            step.name: pool.submit(run, step) for step in chosen if step.name in quick
        }
        passed = {name: bool(result.result()) for name, result in results.items()}
    passed |= {step.name: run(step) for step in chosen if step.name not in quick}
    failed = [name for name, good in passed.items() if not good]
    print(
        f"{len(passed) - len(failed)} passed, {len(failed)} failed"
        + (f": {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
