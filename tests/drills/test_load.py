"""The load drill judges what it saw: each kind of fault in made answers is found; memory is what there is."""

import subprocess
import sys

import pytest

from drills.load import planted
from drills.load.judging import counts, memory

HOLDS = 40  # MB
# A child that holds some more each time it is told; its parent says when it does.
GROWS = f"""
import os, sys
held, (ask, told) = [], os.pipe()
if os.fork() == 0:
    os.close(told)  # so that it ends with its parent
    for _line in os.fdopen(ask):
        held.append(bytearray(os.urandom(1) * {HOLDS} * 1024 * 1024))
        print("held", flush=True)
else:
    for line in sys.stdin:
        os.write(told, line.encode())
"""


def test_a_good_portal_has_no_fault():
    assert list(planted._all(planted.GOOD)) == []


@pytest.mark.parametrize("what", planted.PLANTED)
def test_each_planted_fault_is_found(what):
    assert planted.found()[what]


def test_memory_is_told_against_the_beginning():
    leak, _word = planted.PLANTED["a tenth more memory"]
    assert "memory x 1.100 (1.050 halfway)" in counts(leak)


def test_judging_that_always_finds_something_finds_nothing(monkeypatch):
    monkeypatch.setattr(planted, "steady", lambda _run: iter(["steady: errors, the 99th, memory, gone"]))
    assert set(planted.found().values()) == {None}


def test_memory_of_what_a_process_started_is_seen():
    with subprocess.Popen(
        [sys.executable, "-c", GROWS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        seen = []
        for _turn in range(2):
            process.stdin.write("more\n")
            assert process.stdout.readline() == "held\n"
            seen.append(memory(process.pid))
        process.terminate()
    assert seen[1] - seen[0] > HOLDS * 1024 * 0.9
