"""`make drill`: all drills one after the other, or some: `make drill ONLY="places stalls"`. One line a drill.

What a drill says on the way goes to standard error; the lines alone are on standard output.
"""

from __future__ import annotations

import subprocess
import sys

from drills.registry import DRILLS, Drill
from drills.verdicts import Verdict, line_in
from tools.local.paths import ROOT


def main() -> int:
    chosen = sys.argv[1:] or list(DRILLS)
    unknown = [name for name in chosen if name not in DRILLS]
    if unknown:
        print(f"make: there is no drill {' '.join(unknown)}; there are {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    passed = [run(DRILLS[name]) for name in chosen]
    return 0 if all(passed) else 1


def run(drill: Drill) -> bool:
    """Whether it passed. One that ends without a verdict has failed: it saw nothing."""
    verdict, command = Verdict(drill.name), [sys.executable, "-m", drill.module, *drill.arguments]
    printed = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line.rstrip("\n"))
            is_verdict = bool(line_in(printed, drill.name))
            print(printed[-1], flush=True, file=sys.stdout if is_verdict else sys.stderr)
    line = line_in(printed, drill.name)
    if not line:
        verdict.faults = [f"{drill.module} ended with {process.returncode} and without a verdict"]
        verdict.tell()
        return False
    return process.returncode == 0 and line.startswith("ok")


if __name__ == "__main__":
    sys.exit(main())
