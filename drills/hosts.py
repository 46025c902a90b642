"""`python -m drills.hosts`: two web hosts, two workers, nginx, PgBouncer, a database and its standby, each at its own port.

All by the files of deploy/. People sign in through nginx; a web host dies, then the database; deploy/take_over.sh has the
standby take over. No yes may be lost: whoever was let in is still signed in. nginx and PgBouncer are Debian's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from drills import hosting, verdicts
from drills.restore import running, said
from drills.signing_in import Browser, Seen, people
from tools.local import processes, servers
from tools.local.paths import ROOT

SECONDS = verdicts.number("DRILL_SECONDS", 15)  # before the database dies, and after the standby took over
MAILS = 40
PACKAGES = ("nginx", "pgbouncer", "libevent-2.1-7", "libc-ares2")
DEPLOY = ROOT / "deploy"


class Missing(Exception):
    """What the drill cannot do without, and cannot fetch."""


@dataclass
class Place:
    """Where everything is."""

    servers: servers.Servers
    root: Path
    ports: dict[str, int]

    @property
    def home(self) -> Path:
        return self.servers.home

    def program(self, name: str) -> str:
        return str(self.servers.postgres.with_name(name))

    def environment(self, database: str, port: int) -> dict[str, str]:
        password = self.servers.state["password"]
        where = f"127.0.0.1:{self.servers.state['postgres_port']}/leerpact"
        return {
            **os.environ,
            "DATABASE_URL": f"postgres://leerpact_app:{password}@127.0.0.1:{port}/{database}",
            "DATABASE_OWNER_URL": f"postgres://leerpact:{password}@{where}",
            "DATABASE_KEEPER_URL": f"postgres://leerpact_keeper:{password}@{where}",
            "REDIS_URL": self.servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "drills.hosts_settings",
            "PREPARED_STATEMENTS": "false",
            "CONNECTIONS_POOLED": "true",
            "SECRET_KEY": "drill" * 12,
            "SITE_URL": f"http://127.0.0.1:{self.ports['nginx']}",
            "TRUSTED_PROXIES": "1",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.ports["smtp"]),
            "EMAIL_SECURITY": "none",
            "DEFAULT_FROM_EMAIL": "leerpact@leerpact.example",
            "LOG_LEVEL": "ERROR",
        }

    def direct(self, port: int) -> dict[str, str]:
        return {**self.environment("leerpact", port), "CONNECTIONS_POOLED": "false"}


def fetched(folder: Path) -> Path:
    """Debian's packages, unpacked; nothing is installed."""
    root = folder / "debian"
    if (root / "usr/sbin/nginx").exists() and (root / "usr/sbin/pgbouncer").exists():
        return root
    folder.mkdir(parents=True, exist_ok=True)
    for command in (["apt-get", "download", "-q", *PACKAGES],):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(
                f"nginx and pgbouncer are missing: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
            )
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(package), str(root)], check=True)
    return root


def make_pooler(place: Place) -> list[str]:
    """PgBouncer by deploy/pgbouncer/, at the drill's ports."""
    home = place.home / "pgbouncer"
    home.mkdir(exist_ok=True)
    databases = (DEPLOY / "pgbouncer/leerpact-databases.ini").read_text()
    here = f"host=127.0.0.1 port={place.servers.state['postgres_port']}"
    (home / "databases.ini").write_text(databases.replace("host=10.0.0.21 port=5432", here))
    own = (
        (DEPLOY / "pgbouncer/pgbouncer.ini")
        .read_text()
        .replace("listen_port = 6432", f"listen_port = {place.ports['pool']}")
    )
    own = own.replace("/etc/pgbouncer/leerpact-databases.ini", str(home / "databases.ini"))
    own = own.replace("/etc/pgbouncer/userlist.txt", str(home / "userlist.txt"))
    (home / "pgbouncer.ini").write_text(f"{own}\nunix_socket_dir =\nlogfile = {home / 'log'}\n")
    password = place.servers.state["password"]
    names = ("leerpact_app", "leerpact_pooler")
    (home / "userlist.txt").write_text("".join(f'"{name}" "{password}"\n' for name in names))
    for path in (home, *home.iterdir()):
        os.chown(path, place.servers.owner, place.servers.owner)
    return [*place.servers.prefix, str(place.root / "usr/sbin/pgbouncer"), "-q", str(home / "pgbouncer.ini")]


def libraries(root: Path) -> str:
    """Where the libraries lie that came along."""
    return ":".join(str(path) for path in (root / "usr/lib").iterdir() if path.is_dir())


def make_proxy(place: Place) -> list[str]:
    """nginx by deploy/nginx/, at the drill's ports and without TLS."""
    home = place.home / "nginx"
    home.mkdir(exist_ok=True)
    general = (DEPLOY / "nginx/leerpact.conf").read_text().partition("server {\n")[0]
    for number in (1, 2):
        general = general.replace(f"10.0.0.1{number}:8000", f"127.0.0.1:{place.ports[f'web{number}']}")
    site = (DEPLOY / "nginx/leerpact-site.conf").read_text()
    site = site.replace("/var/log/nginx/leerpact.log", str(home / "access.log"))
    temporary = "".join(
        f"{kind}_temp_path {home / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"user root;\ndaemon off;\npid {home / 'pid'};\nerror_log {home / 'error.log'};\nevents {{}}\nhttp {{\n"
        f"{temporary}{general}\nserver {{\nlisten 127.0.0.1:{place.ports['nginx']};\n{site}\n}}\n}}\n"
    )
    command = [
        str(place.root / "usr/sbin/nginx"),
        "-c",
        str(home / "nginx.conf"),
        "-e",
        str(home / "error.log"),
    ]
    said([*command, "-t"])
    return command


def make_standby(place: Place) -> list[str]:
    """A standby that says yes before the first one does."""
    password, port = place.servers.state["password"], place.servers.state["postgres_port"]
    with place.servers._connect("postgres", "postgres") as connection:
        connection.execute(f"CREATE ROLE leerpact_standby LOGIN REPLICATION PASSWORD '{password}'")
    data = place.servers._owned_directory("standby")
    primary = f"postgres://leerpact_standby:{password}@127.0.0.1:{port}/?application_name=leerpact_standby"
    options = ["--write-recovery-conf", "--create-slot", "--slot=leerpact_standby", "--checkpoint=fast"]
    said(
        [
            *place.servers.prefix,
            place.program("pg_basebackup"),
            "--dbname",
            primary,
            "--pgdata",
            str(data),
            *options,
        ]
    )
    command = [*place.servers.prefix, str(place.servers.postgres), "-D", str(data)]
    own = [*servers.POSTGRES_OPTIONS, f"port={place.ports['standby']}", *settings_of_deploy()]
    return command + [part for option in own for part in ("-c", option)]


def settings_of_deploy() -> list[str]:
    """What deploy/postgresql/leerpact.conf says of keeping a yes, and of what an ending connection holds."""
    text = (DEPLOY / "postgresql/leerpact.conf").read_text()
    chosen = (
        "synchronous_commit",
        "idle_in_transaction",
        "max_slot_wal",
        "client_connection",
        "deadlock_timeout",
    )
    found = re.findall(r"^(\w+) = ([^\n#]+)$", text, re.MULTILINE)
    return [f"{name}={value.strip()}" for name, value in found if name.startswith(chosen)]


def wait_for_both(place: Place) -> None:
    """From now on a yes is on two disks."""
    text = (DEPLOY / "postgresql/leerpact.conf").read_text()
    named = re.search(r"^synchronous_standby_names = '(\w+)'", text, re.MULTILINE)
    assert named
    with place.servers._connect("postgres", "postgres") as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{named[1]}'")
        connection.execute("SELECT pg_reload_conf()")
        is_sync = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        if not processes.wait_until(lambda: connection.execute(is_sync).fetchone() == (1,), 30):
            raise RuntimeError("the standby does not follow")


def take_over(place: Place) -> tuple[int, str]:
    """The documented command, as an operator gives it."""
    state = place.servers.state
    own = {
        **os.environ,
        "PSQL": place.program("psql"),
        "PG_ISREADY": place.program("pg_isready"),
        "PGUSER": "postgres",
        "PGPASSWORD": state["password"],
        "PGDATABASE": "postgres",
        "POOLER": f"postgres://leerpact_pooler:{state['password']}@127.0.0.1:{place.ports['pool']}/pgbouncer",
    }
    command = [str(DEPLOY / "take_over.sh"), "127.0.0.1", str(state["postgres_port"]), "127.0.0.1"]
    command += [str(place.ports["standby"]), str(place.home / "pgbouncer/databases.ini")]
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    return done.returncode, (done.stderr or done.stdout).strip()


def web(place: Place, number: int) -> tuple[list[str], dict[str, str]]:
    bind = ["--bind", f"127.0.0.1:{place.ports[f'web{number}']}", "--workers", "1"]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi", *bind]
    own = {"PROMETHEUS_MULTIPROC_DIR": str(place.home / f"metrics{number}")}
    return command, {**place.environment("leerpact", place.ports["pool"]), **own}


def drill(place: Place, verdict: verdicts.Verdict) -> None:
    direct = place.direct(place.servers.state["postgres_port"])
    said([sys.executable, "-m", "django", "migrate", "--verbosity=0"], direct)
    emails, password = json.loads(
        said([sys.executable, "-c", hosting.BEGIN, "prepare", str(MAILS), str(3 * SECONDS)], direct)
    )
    seen, work = Seen(), place.environment("leerpact_work", place.ports["pool"])
    caught = place.home / "mail"
    caught.mkdir(exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(running(make_standby(place)))
        wait_for_both(place)
        begin = stack.enter_context
        begin(
            running([sys.executable, "-m", "tools.local.mailcatcher", str(place.ports["smtp"]), str(caught)])
        )
        begin(running(make_pooler(place), {**os.environ, "LD_LIBRARY_PATH": libraries(place.root)}))
        first, second = (begin(running(*web(place, number))) for number in (1, 2))
        celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
        for number in (1, 2):
            name = ["-n", f"worker{number}@drill", "--concurrency=1", "--without-gossip", "--without-mingle"]
            begin(running([*celery, "worker", *name], work))
        begin(running([*celery, "beat", "--schedule", str(place.home / "beat"), "--pidfile="], work))
        begin(running(make_proxy(place)))
        browser = Browser(place.ports["nginx"])
        if not processes.wait_until(lambda: is_up(browser), 90):
            raise RuntimeError("the site does not come up")
        began = time.monotonic()
        with people(place.ports["nginx"], emails, password, seen):
            time.sleep(SECONDS / 2)
            first.kill()  # a web host is gone: the other one answers
            time.sleep(SECONDS / 2)
            before = Counter(seen.answers)
            refused, why = take_over(place)
            verdict.planted["a server that still answers"] = why if refused else None
            died = time.monotonic()
            os.kill(place.servers.state["postgres_pid"], signal.SIGKILL)
            processes.wait_until(lambda: processes.is_gone(place.servers.state["postgres_pid"]), 10)
            time.sleep(1)
            code, text = take_over(place)
            if code:
                verdict.faults.append(f"the standby did not take over: {text}")
            time.sleep(SECONDS)
        after = [at - died for at, _key in seen.yes if at > died]
        wrong = {told: number for told, number in before.items() if told not in ("302", "502", "503")}
        if wrong:
            verdict.faults.append(f"while a web host was gone people saw {wrong}")
        if not after:
            verdict.faults.append("nobody could sign in after the standby took over")
        unsent = look_back(place, seen, verdict)
        mails = sum(1 for path in caught.rglob("*") if path.is_file())
        status, _text, _given, later = shut(second, browser)
        if (status, bool(later)) != (503, True):
            verdict.faults.append(f"with no web host left nginx said {status}, Retry-After {later!r}")
    verdict.counts = (
        f"{len(seen.yes)} let in, 0 lost; without one web host {dict(before)}; writes again {min(after, default=0):.1f} s "
        f"after the database died, all answers {dict(seen.answers)}; {mails} of {MAILS} mails out, {unsent} wait; "
        f"{time.monotonic() - began:.0f} s"
    )


def is_up(browser: Browser) -> bool:
    try:
        return browser.ask("GET", "/account/inloggen/")[0] == 200
    except OSError:
        return False


def look_back(place: Place, seen: Seen, verdict: verdicts.Verdict) -> int:
    """Whoever was let in is there on the server that took over; and one that is taken away is missed."""
    direct = place.direct(place.ports["standby"])
    ask = [sys.executable, "-c", hosting.BEGIN, "look"]
    told = json.loads(said(ask, direct))
    for _turn in range(20):
        if not told["unsent"]:
            break
        time.sleep(3)
        told = json.loads(said(ask, direct))
    yes = {key for _at, key in seen.yes}
    if lost := yes - set(told["sessions"]):
        verdict.faults.append(f"{len(lost)} of {len(yes)} who were let in are not there any more")
    if told["unsent"]:
        verdict.faults.append(f"{told['unsent']} mails were not sent")
    import psycopg  # noqa: PLC0415 - here alone

    with psycopg.connect(direct["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DELETE FROM django_session WHERE session_key = %s", [next(iter(yes), "")])
    missed = yes - set(json.loads(said(ask, direct))["sessions"])
    verdict.planted["a yes that was lost"] = f"{len(missed)} missed" if missed else None
    return int(told["unsent"])


def shut(second: subprocess.Popen[bytes], browser: Browser) -> tuple[int, str, str, str]:
    """What visitors see when no web host is left."""
    second.kill()
    second.wait(10)
    time.sleep(3)  # its worker sees that it is alone
    return browser.ask("GET", "/over/")


def main() -> int:
    verdict = verdicts.Verdict("hosts")
    own = servers.Servers("drill_hosts", durable=True)
    try:
        root = fetched(ROOT / "var" / "drill_packages")
        own.wipe()
        own.start()
        names = ("pool", "nginx", "web1", "web2", "standby", "smtp")
        place = Place(own, root, {name: processes.free_port() for name in names})
        drill(place, verdict)
    except Missing as missing:
        verdict.skipped = str(missing)
    except (RuntimeError, OSError) as error:
        verdict.faults.append(f"it broke off: {error}")
    finally:
        own.release()
        if verdict.is_good:
            with suppress(Exception):
                own.wipe()
                shutil.rmtree(own.home)
    return verdict.tell()


if __name__ == "__main__":
    sys.exit(main())
