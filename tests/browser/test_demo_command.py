"""`make demo` as a person meets it: what it prints, what it refuses, and that nothing is left running."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from demo.people import demo_people
from tests.browser.sites import empty_database, loaded_database, site_environment
from tools.local import processes

DEMO = [sys.executable, "-m", "demo.__main__"]
_MAY_MOUNT = ["unshare", "--user", "--map-root-user", "--mount"]


def demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [*DEMO, *arguments],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    return done.stderr


def descendants(pid: int) -> set[int]:
    children = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(int(fields[1]), set()).add(int(entry.parent.name))
    found, waiting = set(), [pid]
    while waiting:
        for child in children.get(waiting.pop(), set()) - found:
            found.add(child)
            waiting.append(child)
    return found


PARTS = {  # of its command, and what is said of it
    "mailcatcher": "De mailserver",
    "celery beat": "De klok (beat)",
    "celery worker": "De worker",
    "gunicorn": "De webserver",
}


def child_of(pid: int, part: str) -> int:
    """The process that the demo started for this part, or 0."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    commands = {child: processes.command_of(child).replace(" -A portal.celery", "") for child in children}
    return next((child for child, command in commands.items() if part in command), 0)


def is_answered(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield str(holder.getsockname()[1])


def test_occupied_port_gets_one_line(taken_port: str) -> None:
    assert f"Poort {taken_port} is in gebruik door een ander programma" in one_line(demo(PORT=taken_port))


def test_second_start_tells_where_the_first_one_is(tmp_path: Path, taken_port: str) -> None:
    """Also when it asks for the same port, which the first one has."""
    (tmp_path / "local").mkdir()
    with (tmp_path / "local" / "demo.lock").open("w") as lock:
        lock.write(f"http://localhost:{taken_port}\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = demo(PORT=taken_port, LEERPACT_VAR=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"Leerpact draait al op http://localhost:{taken_port}\n",
        "",
    )


@pytest.mark.parametrize(
    ("disk", "said"),
    [
        ("size=1m,ro", "is alleen-lezen: daar kan Leerpact niets bewaren."),
        ("size=4k", "is vol. Maak ruimte en probeer het opnieuw."),
        ("size=4m", "is nog 4 MB vrij; Leerpact heeft er 300 nodig. Maak ruimte."),
    ],
    ids=["read-only", "full", "small"],
)
def test_disk_that_takes_nothing_gets_one_line(tmp_path: Path, disk: str, said: str) -> None:
    fill = f"(cat /dev/zero > {tmp_path}/heap) 2> /dev/null;" if disk == "size=4k" else ""
    script = f"mount -t tmpfs -o {disk} none {tmp_path} && {{ {fill} exec {' '.join(DEMO)}; }}"
    environment = {"PATH": os.environ["PATH"], "LEERPACT_VAR": str(tmp_path)}
    command = [*_MAY_MOUNT, "sh", "-c", script]
    done = subprocess.run(
        command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    if "mount: " in done.stderr or "unshare: " in done.stderr:
        pytest.skip(f"no file system may be mounted here: {done.stderr.strip()}")
    assert (
        one_line(done) == f"make: {'Op de schijf' if 'nog' in said else 'De schijf'} van {tmp_path} {said}\n"
    )


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_port_that_is_none_gets_one_line(port: str) -> None:
    assert "PORT is een getal" in one_line(demo(PORT=port))


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_reset_refuses_other_peoples_servers(name: str) -> None:
    assert "eigen servers van de demo" in one_line(demo("reset", **{name: "x://y"}))


def test_database_of_another_origin_is_not_touched(tmp_path: Path) -> None:
    with empty_database("foreign") as name:
        done = demo(PORT=str(processes.free_port()), **site_environment(name, tmp_path))
        assert "staat geen demo" in one_line(done)


def test_demo_starts_tells_who_is_who_and_ends_without_leftovers(tmp_path: Path) -> None:
    port = processes.free_port()
    with loaded_database("command") as name:
        environment = {**site_environment(name, tmp_path), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        running = subprocess.Popen(
            DEMO, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        printed = ""
        while "Ctrl-C" not in printed:
            line = running.stdout.readline()
            assert line, f"the demo ended early: {printed}"
            printed += line
        processes.wait_until(lambda: len(descendants(running.pid)) >= 6, 20)
        started = descendants(running.pid)
        for part, said in PARTS.items():
            os.kill(child_of(running.pid, part), signal.SIGKILL)
            assert running.stdout.readline() == f"{said} is gestopt (status -9) en wordt opnieuw gestart.\n"
        assert processes.wait_until(lambda: all(child_of(running.pid, part) for part in PARTS), 20)
        assert processes.wait_until(lambda: is_answered(port), 60)
        started |= descendants(running.pid)
        page = urllib.request.urlopen(f"http://localhost:{port}/demo/", timeout=10).read().decode()
        running.send_signal(signal.SIGTERM)
        ended = time.monotonic()
        assert running.wait(30) == 0
        assert time.monotonic() - ended < 15
        running.stdout.close()
    assert f"http://localhost:{port}\n" in printed
    for person in demo_people():
        assert re.search(
            rf"{re.escape(person.name)} .*{re.escape(person.email)} +{person.password}\n", printed
        )
        assert person.first_name in page
    assert {pid for pid in started if processes.is_alive(pid)} == set()
