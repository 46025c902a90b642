"""The demo: as production, on loopback, with invented people one may sign in as."""

from portal.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
