"""The embedded servers: shared by many commands, stopped by the last, found again after a kill."""

import os
import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tools.local import processes, servers
from tools.local.paths import VAR, Trouble
from tools.local.site import MOST_STARTS, Site

PURPOSE = f"try-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One folder for all tests here: making a cluster takes a second."""
    yield VAR / PURPOSE
    servers.Servers(PURPOSE).wipe()
    shutil.rmtree(VAR / PURPOSE)


Start = Callable[..., servers.Servers]


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    started = []

    def start_one(**options: bool) -> servers.Servers:
        server = servers.Servers(PURPOSE, **options)
        started.append(server)
        server.start()
        return server

    yield start_one
    for server in started:
        server.release()


def answers(server: servers.Servers) -> bool:
    try:
        psycopg.connect(server.database_urls["DATABASE_URL"], connect_timeout=2).close()
        return bool(redis.Redis.from_url(server.redis_url).ping())
    except (psycopg.OperationalError, redis.RedisError):
        return False


def test_last_one_to_leave_stops_the_servers(start: Start) -> None:
    first, second = start(), start()
    assert first.database_urls == second.database_urls
    first.release()
    assert answers(second)
    second.release()
    assert not answers(second)


def test_killed_servers_come_back_with_their_rows(start: Start) -> None:
    server = start(durable=True)
    with psycopg.connect(server.database_urls["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
    for name in ("postgres_pid", "valkey_pid"):
        os.kill(server.state[name], signal.SIGKILL)
    again = start(durable=True)
    with psycopg.connect(again.database_urls["DATABASE_OWNER_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert answers(again)


def test_what_ended_by_itself_is_started_where_it_was(start: Start) -> None:
    server = start(durable=True)
    where = server.database_urls, server.redis_url
    assert server.revive() == []
    for name in ("postgres", "valkey"):
        os.kill(server.state[f"{name}_pid"], signal.SIGKILL)
        assert processes.wait_until(lambda: not answers(server), 10)
        assert server.revive() == [name]
        assert answers(server)
    assert (server.database_urls, server.redis_url) == where


def test_demo_tells_of_a_server_that_ended_and_starts_it(start: Start, tmp_path: Path, capsys) -> None:
    server, site = start(durable=True), Site(tmp_path, 0, {})
    site.look_after(server)
    assert capsys.readouterr().out == ""
    for name, said in (("postgres", "De database"), ("valkey", "Valkey")):
        os.kill(server.state[f"{name}_pid"], signal.SIGKILL)
        assert processes.wait_until(lambda: not answers(server), 10)
        site.look_after(server)
        assert capsys.readouterr().out == f"{said} is gestopt en wordt opnieuw gestart.\n"
        assert answers(server)


def test_what_ends_again_and_again_is_given_up(tmp_path: Path, capsys) -> None:
    site = Site(tmp_path, 0, {})
    site._run("web", "nothing_of_this_name")

    def look() -> None:
        site.children["web"].wait(30)
        site.look_after(None)

    for _turn in range(MOST_STARTS):
        look()
    with pytest.raises(Trouble, match="De webserver stopt telkens weer"):
        look()
    assert capsys.readouterr().out.count("wordt opnieuw gestart") == MOST_STARTS


def test_state_is_nobody_elses_to_read(start: Start, home: Path) -> None:
    start()
    closed = [home / "postgres", home / "valkey"]  # what is in a closed folder does not count
    others = stat.S_IROTH | stat.S_IRGRP
    readable = [path for path in home.iterdir() if path.lstat().st_mode & others]
    assert readable == []
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in closed] == [0o700, 0o700]


def test_wipe_refuses_while_in_use_and_clears_afterwards(start: Start, home: Path) -> None:
    server = start()
    with pytest.raises(Trouble, match="still running"):
        servers.Servers(PURPOSE).wipe()
    server.release()
    servers.Servers(PURPOSE).wipe()
    assert sorted(path.name for path in home.iterdir()) == ["start.lock", "users.lock"]


def test_free_port_gives_the_preferred_one() -> None:
    port = processes.free_port()
    assert processes.free_port(port) == port
