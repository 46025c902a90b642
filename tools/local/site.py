"""The whole portal as processes of one machine: web server, worker, beat and mail catcher.

Used by the demo and by the browser tests, so that both run what production runs.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tools.local import processes
from tools.local.paths import ROOT, Trouble, disk_trouble, private_directory
from tools.local.servers import Servers

MOST_STARTS = 5  # of one part in a minute
LEAST_FREE = 20  # MB
PARTS = {
    "postgres": "De database",
    "valkey": "Valkey",
    "mail": "De mailserver",
    "web": "De webserver",
    "worker": "De worker",
    "beat": "De klok (beat)",
}


class Site:
    """Call start(), then watch() or stop(). `home` gets the logs and the caught mails."""

    def __init__(self, home: Path, port: int, environment: Mapping[str, str]) -> None:
        self.home = private_directory(home)
        self.mail = private_directory(home / "mail")
        self.port = port or processes.free_port()
        self.smtp_port = processes.free_port()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, tuple[str, ...]] = {}
        self._starts: dict[str, list[float]] = defaultdict(list)
        self._is_full = ""
        self.environment = {
            **environment,
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "SITE_URL": self.url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.smtp_port),
            "EMAIL_SECURITY": "none",
            "DEMO_MAIL_DIR": str(self.mail),
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def prepare(self, *, load: bool) -> None:
        """Migrate, load once, collect static files."""
        arguments = ["--load"] if load else []
        done = subprocess.run(
            [sys.executable, "-m", "demo.prepare", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.returncode)

    def start(self, *, background: bool = True) -> None:
        """`background`: the worker and its beat too; pages can be looked at without."""
        self._run("mail", "tools.local.mailcatcher", str(self.smtp_port), str(self.mail))
        self._run("web", "gunicorn", *self._gunicorn())
        self._wait_until_ready()  # before the others: every start of Django takes a core for a second
        if not background:
            return
        celery = ["celery", "-A", "portal.celery"]
        worker = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
        self._run("worker", *celery, *worker)
        schedule = ["--schedule", str(self.home / "beat.schedule"), "--pidfile="]
        self._run("beat", *celery, "beat", "--loglevel=INFO", *schedule)

    def watch(self, servers: Servers | None = None) -> None:
        """Until a signal ends the calling process."""
        while True:
            self.look_after(servers)
            time.sleep(0.5)

    def look_after(self, servers: Servers | None) -> None:
        """Tell what ended by itself, and start it again, the servers too; what ends again and again is given up."""
        self._look_at_the_disk()
        for name in [] if servers is None or self._is_full else servers.revive():
            self._tell_of(PARTS[name], "")
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                with contextlib.suppress(ProcessLookupError):  # its own children may have its port
                    os.killpg(child.pid, signal.SIGKILL)
                self._tell_of(PARTS[name], f" (status {child.returncode})")
                self._run(name, *self._commands[name])

    def _tell_of(self, part: str, how: str) -> None:
        """Say that it was started again, or give it up."""
        now = time.monotonic()
        self._starts[part] = [one for one in self._starts[part] if one > now - 60] + [now]
        if len(self._starts[part]) > MOST_STARTS:
            raise Trouble(f"{part} stopt telkens weer{how}. Waarom, staat onderaan in {self.home}/*.log.")
        print(f"{part} is gestopt{how} en wordt opnieuw gestart.", flush=True)

    def _look_at_the_disk(self) -> None:
        """Once when it is full, and once when there is room again."""
        said = disk_trouble(self.home, LEAST_FREE)
        if said != self._is_full and bool(said) != bool(self._is_full):
            print(said or "Er is weer ruimte op de schijf.", flush=True)
        self._is_full = said

    def stop(self) -> None:
        """All are asked at once; who does not go in time is killed."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGTERM)
        end = time.monotonic() + 10
        for child in self.children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self.children.clear()

    def _gunicorn(self) -> list[str]:
        return [
            "portal.wsgi:application",
            f"--bind=127.0.0.1:{self.port}",
            "--worker-class=portal.gunicorn_worker.TurnWorker",
            "--workers=2",
            "--threads=4",
            "--preload",
            "--graceful-timeout=5",
            "--access-logfile=-",
            "--no-control-socket",
        ]

    def _run(self, name: str, module: str, *arguments: str) -> None:
        """In a session of its own: Ctrl-C reaches the caller only, which stops the children in order.

        As on a host, none of them can connect as who migrates or as who may remove history.
        """
        self._commands[name] = (module, *arguments)
        kept_away = {"DATABASE_OWNER_URL", "DATABASE_KEEPER_URL"}
        environment = {name: text for name, text in self.environment.items() if name not in kept_away}
        descriptor = os.open(self._log(name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as output:
            self.children[name] = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=processes.end_with_parent,
            )

    def _log(self, name: str) -> Path:
        return self.home / f"{name}.log"

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise Trouble(f"{PARTS[name]} start niet. Waarom, staat onderaan in {self._log(name)}.")
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2)
                return
            time.sleep(0.05)
        raise Trouble(f"De webserver antwoordt niet. Waarom, staat onderaan in {self._log('web')}.")
