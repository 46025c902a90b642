"""The same without middleware, and with the connection as Django makes it."""

from benchmarks.settings import *  # noqa: F403

WITHOUT_MIDDLEWARE = True  # the worker leaves it out, since allauth does not start without
DATABASES["default"] = {  # type: ignore[index]  # noqa: F405
    **DATABASES["default"],  # noqa: F405
    "ENGINE": "django.db.backends.postgresql",
    "OPTIONS": {"connect_timeout": 5},
}
