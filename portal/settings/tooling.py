"""For tools that read the settings but need no server (mypy, collectstatic): stand-ins for what is missing."""

import os

for _name, _value in {
    "SECRET_KEY": "x" * 50,
    "SITE_URL": "http://localhost:8000",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "leerpact@localhost",
}.items():
    os.environ.setdefault(_name, _value)

from portal.settings.base import *  # noqa: E402, F403
