"""`make demo`: everything of the portal on this machine, until Ctrl-C. `make demo-reset` throws its data away."""

import os
import shutil
import signal
import socket
import sys
from types import FrameType

from demo.people import demo_people
from tools.local import servers
from tools.local.paths import VAR, Trouble, private_directory
from tools.local.site import Site

HOME = VAR / "local"


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        if sys.argv[1:] == ["reset"]:
            reset()
        else:
            run()
    except Trouble as trouble:
        print(f"make: {trouble}", file=sys.stderr)
        return 1
    return 0


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Once: a second Ctrl-C must not interrupt the stopping."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)


def run() -> None:
    port = _port()
    external = "DATABASE_URL" in os.environ
    private_directory(VAR)
    servers.prepare_environment("portal.settings.demo")
    site = Site(private_directory(HOME), port, os.environ)
    site.prepare(load=not external or os.environ.get("DEMO") == "1")
    try:
        site.start()
        _tell(site)
        site.watch()
    finally:
        print("Stopping …", flush=True)
        site.stop()


def reset() -> None:
    if "DATABASE_URL" in os.environ or "REDIS_URL" in os.environ:
        raise Trouble("demo-reset works on the embedded servers only: unset DATABASE_URL and REDIS_URL.")
    servers.Servers("local").wipe()
    shutil.rmtree(VAR / "media", ignore_errors=True)
    print("The demo starts afresh at the next make demo.")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT must be a number between 1 and 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError as error:
            raise Trouble(f"Port {text} needs root: choose another, as in PORT=8001 make demo.") from error
        except OSError as error:
            raise Trouble(f"Port {text} is in use: choose another, as in PORT=8001 make demo.") from error
    return int(text)


def _tell(site: Site) -> None:
    print(f"\nLeerpact        {site.url}")
    print(f"Sign in as …    {site.url}/demo/")
    print(f"Caught mails    {site.url}/demo/mail/\n")
    people = demo_people()
    widths = [max(len(getattr(person, field)) for person in people) for field in ("role", "name", "email")]
    for person in people:
        cells = zip((person.role, person.name, person.email), widths, strict=True)
        print("  ".join(text.ljust(width) for text, width in cells), person.password, sep="  ")
    print("\nCtrl-C stops everything; the data stay.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
