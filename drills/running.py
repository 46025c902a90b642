"""Runs a drill: so many sequences from a fixed seed, or some with each planted fault."""

from __future__ import annotations

import gc
import io
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from dataclasses import dataclass

import time_machine
from django.test import override_settings
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from core import calendars
from drills.ground import START, Machine
from drills.places.faults import FAULTS as FAULTS_OF_PLACES
from drills.places.machine import Places
from drills.plans.faults import FAULTS as FAULTS_OF_PLANS
from drills.plans.machine import Plans
from drills.shares import CONTROLS

SEED = 20261128
STEPS = 16
PATIENCE = 300  # sequences in which a planted fault must be found, tried in runs of their own seeds:
TRY = 60  # one run keeps to what it began with, so that some would find it soon and others never
# A planted fault that stops so does not fit the portal any more: it was not found, it never ran.
MISFITS = (AttributeError, ImportError, NameError, TypeError)
Fault = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Modelled:
    """What is held against a model: its machine, and the faults that this must find."""

    machine: type[Machine]
    faults: dict[str, Fault]


MODELLED = {"places": Modelled(Places, FAULTS_OF_PLACES), "plans": Modelled(Plans, FAULTS_OF_PLANS)}


@dataclass
class Report:
    """What came of a run; `divergence` is the shortest program that shows one, or nothing."""

    sequences: int
    done: Counter[str]
    refused: Counter[str]
    divergence: str
    seconds: float


def begin(drill: Modelled) -> None:
    """Make the rows from which all sequences of the drill start."""
    with time_machine.travel(START, tick=False):
        drill.machine.region = drill.machine.make_region()


def run(drill: Modelled, *, sequences: int, number: int = SEED, fault: Fault = nullcontext) -> Report:
    """So many sequences, or fewer when the portal diverges; with a fault the first divergence is enough."""
    gc.freeze()  # what is there stays: there is no use in looking through it time and again
    began = time.monotonic()
    # Of this run alone: a question made under a planted fault must not be asked in the next run, nor the other way round.
    own = {"done": Counter[str](), "refused": Counter[str](), "sequences": 0, "questions": {}}
    machine = seed(number)(type(drill.machine.__name__, (drill.machine,), own))
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
        # What was written before the fault was planted would be asked without it.
        plainly = override_settings(WRITTEN_QUERIES=False) if is_control else nullcontext()
        with plainly, fault(), redirect_stdout(io.StringIO()):
            run_state_machine_as_test(machine, settings=chosen)
    except Exception as error:
        if is_control and isinstance(error, MISFITS):
            raise
        divergence = "\n".join([*getattr(error, "__notes__", []), f"{type(error).__name__}: {error}"])
    return Report(machine.sequences, machine.done, machine.refused, divergence, time.monotonic() - began)


def found_after(drill: Modelled, fault: Fault, number: int) -> int | None:
    """After how many sequences a planted fault was found, or None; the seed is `number` and those that follow it."""
    sequences = 0
    for turn in range(PATIENCE // TRY):
        report = run(drill, sequences=TRY, number=number + turn, fault=fault)
        sequences += report.sequences
        if report.divergence:
            return sequences
    return None


def part(name: str, what: str, number: int) -> dict[str, object]:
    """So many sequences of a drill, or a share of its control: after how many each planted fault was found, or None."""
    drill = MODELLED[name]
    calendars.fill(years=range(2025, 2030))
    begin(drill)
    if what in CONTROLS:
        share = list(drill.faults.items())[CONTROLS.index(what) :: len(CONTROLS)]
        return {fault: found_after(drill, plant, number) for fault, plant in share}
    report = run(drill, sequences=int(what), number=number)
    return {
        "sequences": report.sequences,
        "done": sum(report.done.values()),
        "refused": sum(report.refused.values()),
        "divergence": report.divergence,
    }
