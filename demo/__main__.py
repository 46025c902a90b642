"""`make demo`: everything of the portal on this machine, until Ctrl-C. `make demo-reset` throws its data away."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TextIO

from demo.people import demo_people
from tools.local import servers
from tools.local.paths import VAR, Trouble, disk_trouble, private_directory
from tools.local.site import LEAST_FREE, Site

HOME = VAR / "local"
FIRST_NEEDS = 300  # MB


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        if sys.argv[1:] == ["reset"]:
            reset()
        else:
            run()
    except Running as other:
        print(other)
    except (Trouble, OSError) as trouble:
        return _say(disk_trouble(VAR, 1) or str(trouble))
    except SystemExit as end:
        if end.code and (said := disk_trouble(VAR, 1)):
            return _say(said)
        raise
    return 0


def _say(why: str) -> int:
    print(f"make: {why}", file=sys.stderr)
    return 1


class Running(Exception):
    """The demo of this checkout runs already: what was asked for is there."""


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Once: a second Ctrl-C must not interrupt the stopping."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)


def run() -> None:
    external = "DATABASE_URL" in os.environ
    if not external:
        _refuse_a_second()
    port = _port()
    is_first = not (VAR / "local" / "postgres").exists()
    if said := disk_trouble(VAR, FIRST_NEEDS if is_first and not external else LEAST_FREE):
        raise Trouble(said)
    private_directory(VAR)
    home = private_directory(HOME)
    with contextlib.nullcontext() if external else _only_one(home, f"http://localhost:{port}"):
        own = servers.prepare_environment("portal.settings.demo")
        site = Site(home, port, os.environ)
        site.prepare(load=not external or os.environ.get("DEMO") == "1")
        try:
            site.start()
            _tell(site)
            site.watch(own)
        finally:
            print("Leerpact stopt …", flush=True)
            site.stop()


@contextlib.contextmanager
def _only_one(home: Path, url: str) -> Iterator[None]:
    """Held while the demo runs; whoever starts another reads where this one is."""
    with _lock(home) as lock:
        lock.truncate(0)
        lock.write(f"{url}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def _lock(home: Path) -> Iterator[TextIO]:
    with os.fdopen(os.open(home / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Running(f"Leerpact draait al op {lock.read().strip()}") from error
        yield lock


def _refuse_a_second() -> None:
    """Before anything is said of its port, which the first has."""
    with contextlib.suppress(OSError), _lock(HOME):  # where nothing can be kept, that is said later
        pass


def reset() -> None:
    if "DATABASE_URL" in os.environ or "REDIS_URL" in os.environ:
        raise Trouble(
            "demo-reset is er voor de eigen servers van de demo: zet DATABASE_URL en REDIS_URL uit."
        )
    servers.Servers("local").wipe()
    shutil.rmtree(VAR / "media", ignore_errors=True)
    print("De volgende make demo begint opnieuw.")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT is een getal van 1 tot en met 65535, geen {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError as error:
            raise Trouble(
                f"Poort {text} is voor root: kies een andere, zoals PORT=8001 make demo."
            ) from error
        except OSError as error:
            raise Trouble(
                f"Poort {text} is in gebruik door een ander programma: kies een andere, zoals PORT=8001 make demo."
            ) from error
    return int(text)


def _tell(site: Site) -> None:
    print(f"\nLeerpact        {site.url}")
    print(f"Inloggen als …  {site.url}/demo/")
    print(f"Verstuurde mail {site.url}/demo/mail/\n")
    people = demo_people()
    widths = [max(len(getattr(person, field)) for person in people) for field in ("role", "name", "email")]
    for person in people:
        cells = zip((person.role, person.name, person.email), widths, strict=True)
        print("  ".join(text.ljust(width) for text, width in cells), person.password, sep="  ")
    print("\nCtrl-C stopt alles; de gegevens blijven.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
