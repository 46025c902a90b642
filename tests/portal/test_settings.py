"""A host that forgets a setting reads one line that names it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "SECRET_KEY": "x" * 50,
    "SITE_URL": "https://leerpact.example",
    "DATABASE_URL": "postgres://a:b@127.0.0.1:5432/c",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "leerpact@leerpact.example",
}


def start(
    environment: dict[str, str], code: str = "import portal.settings.prod"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_what_is_required():
    done = start(GOOD)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_missing_setting_is_named_at_once():
    done = start({})
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [f"Setting {name}" for name in GOOD]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "short", "50 characters"),
        ("REDIS_URL", "valkey://127.0.0.1/0", "redis://"),
        ("DATABASE_URL", "mysql://a@b/c", "postgres://"),
        ("DATABASE_URL", "postgres://a:b@127.0.0.1:port/c", "port"),
        ("REDIS_URL", "redis://127.0.0.1:6379/none", "number"),
        ("SITE_URL", "leerpact.example", "https://"),
        ("EMAIL_PORT", "smtp", "integer"),
        ("EMAIL_SECURITY", "ssl", "starttls"),
        ("OPERATOR_EMAIL", "help", "email address"),
        ("CHECKS_EMAIL", "wacht@leerpact.example,me", "email addresses"),
        ("TRUSTED_PROXIES", "many", "integer"),
        ("ERRORS_TO", "ops@leerpact.example,me", "email addresses"),
        ("SENTRY_DSN", "sentry.example/1", "https://"),
        ("METRICS_TOKEN", "short", "at least 20"),
        ("SECOND_STEP_AFTER_DAYS", "15", "from 0 to 14"),
        ("SESSION_IDLE_MINUTES", "1", "from 5 to 1440"),
        ("SESSION_DAYS", "365", "from 1 to 30"),
        ("HSTS_PRELOAD", "perhaps", "boolean"),
        ("CONNECTIONS_POOLED", "perhaps", "boolean"),
    ],
)
def test_ill_typed_setting_is_named(name, value, says):
    done = start({**GOOD, name: value})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"Setting {name}: ")
    assert says in done.stderr


SAYS_HEADER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.prod"
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
request = RequestFactory().get("/", headers={"x-forwarded-proto": "https"})
print(SecurityMiddleware(lambda request: HttpResponse())(request)["Strict-Transport-Security"])
"""


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_PRELOAD": "false"}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_PRELOAD": "true"}, "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_browsers_ship_the_rule_of_https_only_where_the_owner_of_the_domain_chose_that(chosen, says):
    done = start({**GOOD, **chosen}, SAYS_HEADER)
    assert (done.stdout.strip(), done.stderr) == (says, "")
