"""The ground of the drills about mail: a database and a broker of their own, a mail server, workers and a clock.

Each is a process that can be killed, stopped and started again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis
from celery import Celery

from drills import mail_sink
from tools.local import processes, servers
from tools.local.paths import ROOT

QUIET = ("--loglevel=ERROR",)
INSERT = """
INSERT INTO core_outgoingmail (
    kind, to_email, reply_to, subject, body, language, link, list_unsubscribe, is_secret, by_day, message_id, state,
    created_at, due_at, attempts, copies, last_error, trouble, sent_at
) SELECT 'drill', 'lezer' || n || '@drill.example', '', 'Onderwerp', 'Tekst.', 'nl', '', '', false, false,
    '<' || %(mark)s::text || '-' || n || '@drill.example>', %(state)s::text, now(), now(), 0, 0, '', '',
    CASE WHEN %(state)s::text = 'sent' THEN now() END
FROM generate_series(1, %(number)s::int) n
"""


@dataclass
class Ground:
    """What a drill stands on; `plant` is the fault that its workers have."""

    servers: servers.Servers
    plant: str = ""
    threads: int = 2  # of a worker
    pause: float = 0
    port: int = 0
    sink: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    clock: subprocess.Popen[bytes] | None = None
    revived: int = 0

    @property
    def log(self) -> Path:
        return self.servers.home / "sink.log"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.servers.database_urls,
            "REDIS_URL": self.servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "SECRET_KEY": "drill" * 12,
            "SITE_URL": "http://localhost:8000",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.port),
            "EMAIL_SECURITY": "none",
            "DEFAULT_FROM_EMAIL": "leerpact@localhost.localdomain",
            "LOG_LEVEL": "ERROR",
            "DRILL_PLANT": self.plant,
        }

    # Processes

    def start_sink(self) -> None:
        self.port = self.port or processes.free_port()
        arguments = [str(self.port), str(self.log), str(self.pause)]
        self.sink = self._run(sys.executable, "-c", mail_sink.BEGIN, *arguments)

    def start_worker(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "drills.mail_work", "worker", *QUIET]
        celery += ["--pool=prefork", f"--concurrency={self.threads}", "--without-gossip", "--without-mingle"]
        self.workers.append(self._run(*celery, f"--hostname=w{time.monotonic_ns()}@drill"))

    def start_clock(self) -> None:
        file = self.servers.home / "beat"  # it knows when the last turn was, as in production
        command = [sys.executable, "-m", "celery", "-A", "drills.mail_work", "beat", *QUIET]
        self.clock = self._run(*command, "--schedule", str(file), "--pidfile=")

    def start_database(self) -> None:
        """Again, where it was."""
        self._again("postgres", self.servers._start_postgres)

    def start_broker(self) -> None:
        """Again, where it was."""
        self._again("valkey", self.servers._start_valkey)

    def _again(self, name: str, start: Callable[[], None]) -> None:
        """Its port stays, for nobody here is told of another one."""
        state = self.servers.state
        port, pid = state[f"{name}_port"], state[f"{name}_pid"]
        processes.wait_until(lambda: processes.is_gone(pid) and processes.free_port(port) == port, 20)
        with self.servers._starting():
            state.pop(f"{name}_pid", None)
            start()
            self.servers._save()
        if state[f"{name}_port"] != port:
            raise RuntimeError(f"{name} came back at another port")

    def revive(self) -> None:
        """What systemd does with `Restart=always`: a worker or clock that ended of itself is started again."""
        for worker in [one for one in self.workers if one.poll() is not None]:
            kill(worker)  # what it left behind
            self.workers.remove(worker)
            self.start_worker()
            self.revived += 1
        if self.clock is not None and self.clock.poll() is not None:
            self.start_clock()
            self.revived += 1

    def hint(self) -> None:
        """What a page does after it wrote a mail: tell the broker, if it is there."""
        with suppress(Exception), Celery(broker=self.servers.redis_url) as app:
            app.conf.broker_transport_options = {"socket_connect_timeout": 1, "socket_timeout": 1}
            app.send_task("core.deliver", ignore_result=True, retry=False, expires=20)

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        output = (self.servers.home / "processes.log").open("ab")
        with output:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )

    def end(self) -> None:
        for process in [*self.workers, *filter(None, (self.clock, self.sink))]:
            kill(process)

    def database_pids(self) -> list[int]:
        """The postmaster and all that it started."""
        postmaster = self.servers.state["postgres_pid"]
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        with suppress(OSError):
            return [postmaster, *map(int, children.read_text().split())]
        return [postmaster]

    def cpu(self) -> float:
        """Seconds of CPU that the database and the mail server have used, with what they started and outlived."""
        assert self.sink is not None
        return sum(map(_cpu_of, [*self.database_pids(), self.sink.pid]))

    @property
    def broker_pid(self) -> int:
        return int(self.servers.state["valkey_pid"])

    def broker(self) -> redis.Redis:
        return redis.Redis.from_url(self.servers.redis_url, socket_timeout=5)

    # Rows

    def ask(self, question: str, **values: Any) -> list[tuple[Any, ...]]:
        """Over a connection of its own: the last one may have died."""
        with psycopg.connect(self.servers.database_urls["DATABASE_OWNER_URL"], autocommit=True) as connection:
            answer = connection.execute(question, values)
            return answer.fetchall() if answer.description else []

    def queue(self, number: int, mark: str = "mail", state: str = "queued") -> None:
        self.ask(INSERT, number=number, mark=mark, state=state)

    def received(self) -> dict[str, list[float]]:
        """When the mail server had which mail whole."""
        found: dict[str, list[float]] = defaultdict(list)
        for line in self.log.read_text().splitlines() if self.log.exists() else ():
            at, _space, message_id = line.partition(" ")
            found[message_id].append(float(at))
        return found


def kill(process: subprocess.Popen[bytes] | None, number: signal.Signals = signal.SIGKILL) -> None:
    """A process with all that it started."""
    assert process is not None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    if number == signal.SIGKILL:
        process.wait()


def _cpu_of(pid: int) -> float:
    with suppress(OSError):
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        return sum(map(int, facts[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@contextmanager
def ground(name: str, *, plant: str = "", **facts: Any) -> Iterator[Ground]:
    """With a database that has all migrations; gone at the end."""
    own = servers.Servers(name, durable=True)
    own.wipe()
    own.start()
    made = Ground(own, plant=plant, **facts)
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=ROOT, env=made.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        made.start_sink()
        yield made
    finally:
        made.end()
        own.release()
        with suppress(Exception):
            own.wipe()
