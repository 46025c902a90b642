"""`python -m drills.lighthouse`: the first page of each role, as Lighthouse sees it on a phone in Chromium.

Good is 98 or more for performance, accessibility, best practices and search, and nothing that moves (CLS 0). Lighthouse is
fetched from npm into var/ once, with the version below. Planted fault: pages without language and description.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from drills import own_site
from drills.verdicts import Verdict
from drills.visitors import Visitor
from tools.local.browser import chromium
from tools.local.paths import ROOT, VAR, private_directory

VERSION = "12.8.2"  # the newest that runs on node 18, 20 and 22
ROLES = ("", "student", "teacher", "contact", "supervisor", "coordinator", "admin")
LEAST = 0.98
TRIES = 3  # of the speed, of which the best counts: what else the machine does is not the page's
PLANTED = ((b'<html lang="nl"', b"<html"), (b'name="description"', b'name="nothing"'))
# Pages behind the sign-in are for nobody to find. A bar that stays at the bottom covers what is about to be scrolled up:
# how large everything is that one presses is looked at on a screen as high as the page.
WITHOUT = "--skip-audits=is-crawlable"
HIGH = ["--only-categories=accessibility", "--screenEmulation.height=6000", "--screenEmulation.width=412"]
FAST = "--only-categories=performance,best-practices,seo"


@dataclass(frozen=True)
class Seen:
    """What was measured of a page; scores from 0 to 1."""

    role: str
    path: str
    scores: dict[str, float]
    shift: float

    def faults(self) -> Iterator[str]:
        for name, score in self.scores.items():
            if score < LEAST:
                yield f"{self.path} ({self.role or 'visitor'}): {name} {score * 100:.0f}"
        if self.shift:
            yield f"{self.path} ({self.role or 'visitor'}): things move, CLS {self.shift:.3f}"


def main() -> int:
    verdict = Verdict("lighthouse", skipped=_lacks())
    if verdict.skipped:
        return verdict.tell()
    program = _program()
    with own_site.portal("lighthouse") as portal:
        url = portal.site.url
        seen = [_measured(program, url, url, role) for role in ROLES]
        with _spoilt(url) as spoilt:
            control = list(_measured(program, url, spoilt, "teacher", tries=1).faults())
    verdict.counts = f"{len(seen)} pages, " + ", ".join(
        f"{one.role or 'visitor'} {'/'.join(f'{score * 100:.0f}' for score in one.scores.values())} CLS {one.shift:.3f}"
        for one in seen
    )
    verdict.faults = [fault for one in seen for fault in one.faults()]
    found = [fault for fault in control if "accessibility" in fault or "seo" in fault]
    verdict.planted = {"pages without language and description": "; ".join(found) or None}
    return verdict.tell()


def _lacks() -> str:
    """Why this machine cannot run it."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        return f"{' and '.join(missing)} are missing: apt-get install nodejs npm"
    return "" if chromium() else "Chromium is missing: python -m tools.local.browser"


def _program() -> Path:
    """Lighthouse, fetched once."""
    home = private_directory(VAR / "lighthouse")
    program = home / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        quiet = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        command = ["npm", "install", "--prefix", str(home), f"lighthouse@{VERSION}", *quiet]
        subprocess.run(command, cwd=home, check=True, stdout=sys.stderr)
    return program


def _measured(program: Path, url: str, through: str, role: str, *, tries: int = TRIES) -> Seen:
    visitor = Visitor(url)
    path = visitor.sign_in(role).follows("/mijn/") if role else "/"
    run = partial(_report, program, f"{through}{path}", visitor.cookies())
    reports = [run(FAST)]
    while len(reports) < tries and _score(reports[-1], "performance") < LEAST:
        reports.append(run(FAST))
    best = max(reports, key=lambda report: _score(report, "performance"))
    scores = {name: _score(best, name) for name in ("performance", "best-practices", "seo")}
    scores["accessibility"] = _score(run(*HIGH), "accessibility")
    shift = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    seen = Seen(role, path, scores, round(shift, 3))
    print(seen, file=sys.stderr, flush=True)
    return seen


def _score(report: dict[str, Any], category: str) -> float:
    return float(report["categories"][category]["score"] or 0)


def _report(program: Path, address: str, cookies: str, *options: str) -> dict[str, Any]:
    command = [
        str(program),
        address,
        "--quiet",
        "--output=json",
        "--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage",
        f"--extra-headers={json.dumps({'Cookie': cookies})}",
        WITHOUT,
        *options,
    ]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{address}: {done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@contextlib.contextmanager
def _spoilt(url: str) -> Iterator[str]:
    """The same site through a server that spoils its pages."""

    class Spoiler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept = {name: self.headers[name] for name in ("Cookie", "Accept") if name in self.headers}
            try:
                response = urllib.request.urlopen(urllib.request.Request(f"{url}{self.path}", headers=kept))
            except urllib.error.HTTPError as error:
                response = error
            with response:
                body = response.read()
                for before, after in PLANTED:
                    body = body.replace(before, after)
                self.send_response(response.status)
                self.send_header("Content-Type", response.headers["Content-Type"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Spoiler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
