"""Runs a drill: so many sequences from a fixed seed, then with each planted fault, and says in one line what came of it."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from dataclasses import dataclass

import time_machine
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from drills.ground import START, Machine
from drills.places.faults import FAULTS as FAULTS_OF_PLACES
from drills.places.machine import Places
from drills.plans.faults import FAULTS as FAULTS_OF_PLANS
from drills.plans.machine import Plans

SEED = 20261128
STEPS = 24
PATIENCE = 150  # sequences in which a planted fault must be found
Fault = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Drill:
    """A machine, and the faults that it must find."""

    machine: type[Machine]
    faults: dict[str, Fault]


DRILLS = {"places": Drill(Places, FAULTS_OF_PLACES), "plans": Drill(Plans, FAULTS_OF_PLANS)}


@dataclass
class Report:
    """What came of a run; `divergence` is the shortest program that shows one, or nothing."""

    sequences: int
    done: Counter[str]
    refused: Counter[str]
    divergence: str
    seconds: float


def begin(drill: Drill) -> None:
    """Make the rows from which all sequences of the drill start."""
    with time_machine.travel(START, tick=False):
        drill.machine.region = drill.machine.make_region()


def run(drill: Drill, *, sequences: int, number: int = SEED, fault: Fault = nullcontext) -> Report:
    """So many sequences, or fewer when the portal diverges; with a fault the first divergence is enough."""
    began = time.monotonic()
    counts = {"done": Counter[str](), "refused": Counter[str](), "sequences": 0}
    machine = seed(number)(type(drill.machine.__name__, (drill.machine,), counts))
    is_control = fault is not nullcontext
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        phases=[Phase.generate] if is_control else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    divergence = ""
    try:
        with fault(), redirect_stdout(io.StringIO()):
            run_state_machine_as_test(machine, settings=chosen)
    except Exception as error:
        divergence = "\n".join([*getattr(error, "__notes__", []), f"{type(error).__name__}: {error}"])
    return Report(machine.sequences, machine.done, machine.refused, divergence, time.monotonic() - began)


def told(name: str, *, sequences: int, number: int = SEED) -> tuple[bool, str]:
    """Whether the drill passed, and its line; below it what it diverged on, or what it never did."""
    drill = DRILLS[name]
    began = time.monotonic()
    report = run(drill, sequences=sequences, number=number)
    found = {
        what: run(drill, sequences=PATIENCE, number=number, fault=fault)
        for what, fault in drill.faults.items()
    }
    missed = [what for what, control in found.items() if not control.divergence]
    passed = not report.divergence and not missed
    done, refused = sum(report.done.values()), sum(report.refused.values())
    after = ", ".join(str(control.sequences) for control in found.values() if control.divergence)
    line = (
        f"{'ok' if passed else 'FAILED':7} {name}: {report.sequences:,} sequences, {done:,} acts done, {refused:,} refused, "
        f"{int(bool(report.divergence))} divergences · seed {number} · control: {len(found) - len(missed)} of {len(found)} "
        f"planted faults found, after {after or 'none'} sequences · {time.monotonic() - began:.0f} s"
    )
    notes = [report.divergence, *(f"not found: {what}" for what in missed)]
    return passed, "\n".join([line, *(note for note in notes if note)])
