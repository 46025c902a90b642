"""Loaded before pytest-django reads the settings: starts the servers of the tests and points the settings at them.

With xdist the controlling process starts them once; its workers find the addresses in the environment.
"""

import gc
import os

from tools.local import servers

gc.disable()  # until all is imported (tests/conftest.py): nothing of it is garbage, and looking takes a second

servers.prepare_environment("portal.settings.test")

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker:
    # Two Valkey databases a worker (broker and cache); PostgreSQL's test database gets the worker's name by itself.
    _base, _, _number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_base}/{2 + 2 * int(_worker.removeprefix('gw'))}"
