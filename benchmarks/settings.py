"""As production, without TLS and without a mail server: what is measured is the page."""

from portal.settings.base import *  # noqa: F403

WEB_PATIENCE = None  # a page that takes too long is measured, not cut off
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"].append(ROOT / "benchmarks" / "templates")  # type: ignore[attr-defined]  # a list of dicts  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = None  # type: ignore[index]  # one backend is counted, however long it takes  # noqa: F405
