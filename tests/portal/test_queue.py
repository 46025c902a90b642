"""Who waited too long for a turn hears at once that it is busy; who waited a little gets the page."""

import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings

from core import patience
from tools.local import processes

pytestmark = pytest.mark.django_db


def came_in(seconds_ago: float) -> dict[str, str]:
    """What nginx says of a request: `proxy_set_header X-Request-Start "t=${msec}"`."""
    return {"X-Request-Start": f"t={time.time() - seconds_ago:.3f}"}


@pytest.fixture
def behind_a_proxy(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def test_who_waited_too_long_hears_that_it_is_busy_and_nothing_is_asked(
    client, behind_a_proxy, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/", headers=came_in(2.5))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Het is nu erg druk" in response.content.decode()
    assert "verstuurde" not in response.content.decode()
    sent = client.post("/", headers=came_in(2.5)).content.decode()
    assert "Wat je net verstuurde, is niet opgeslagen." in sent
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_who_asks_whether_we_live_is_not_sent_away(client, behind_a_proxy, path):
    assert client.get(path, headers=came_in(30)).status_code == 200


@pytest.mark.parametrize(
    "said",
    [f"t={time.time() + 3600:.3f}", "t=1", "t=now", "", f"t={time.time():.3f}, t=1000000000.000"],
    ids=["a clock ahead", "long ago", "a word", "nothing", "two times"],
)
def test_what_tells_no_wait_keeps_nobody_out(client, behind_a_proxy, said):
    assert client.get("/", headers={"X-Request-Start": said}).status_code == 200


def test_the_next_one_on_the_line_waited_for_itself_alone(client, behind_a_proxy):
    assert client.get("/", headers=came_in(9)).status_code == 503
    assert client.get("/").status_code == 200


def test_a_visitor_cannot_say_it_where_there_is_no_proxy(client):
    assert client.get("/", headers=came_in(30)).status_code == 200


def test_it_can_be_turned_off(client, behind_a_proxy, settings):
    settings.WEB_QUEUE = 0
    assert client.get("/", headers=came_in(30)).status_code == 200


@pytest.mark.parametrize(("waited", "left"), [(0.0, 2.5), (1.5, 1.0), (9.0, patience.LEAST)])
def test_who_waited_for_a_turn_waits_the_less_for_the_database(waited, left):
    with patience.at_most(2.5, waited=waited):
        assert (patience.seconds(), patience.left()) == (2.5, left)
    assert patience.left() is None


SLOW = """
import time
from core import patience
def application(environ, start_response):
    waited = patience.waited()
    time.sleep(0.4)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{waited:.3f}".encode()]
"""


@pytest.fixture
def one_at_a_time(tmp_path, socket_enabled: None) -> Iterator[str]:
    """The address of a server as in production, with one thread and something slow behind it."""
    (tmp_path / "slow_page.py").write_text(SLOW)
    port = processes.free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "slow_page"]
    one = ["--workers=1", "--threads=1", f"--bind=127.0.0.1:{port}", f"--pythonpath={tmp_path}"]
    with subprocess.Popen([*command, *one], cwd=django_settings.ROOT) as process:
        try:
            assert processes.wait_until(lambda: answers(port), 30)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
    except OSError:
        return False
    return True


def test_server_knows_how_long_each_waited_for_a_thread(one_at_a_time):
    waits = []

    def ask() -> None:
        with urllib.request.urlopen(one_at_a_time, timeout=20) as response:
            waits.append(float(response.read()))

    together = [threading.Thread(target=ask) for _turn in range(4)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert min(waits) < 0.3
    assert max(waits) >= 1.1
