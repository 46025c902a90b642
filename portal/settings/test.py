"""The tests: strict about mistakes, quick about passwords, nothing on disk."""

from portal.settings.base import *  # noqa: F403
from portal.settings.environment import Operator

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]  # noqa: F405
DEMO_ALLOWED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Invented people have roles for months; tests/partnerships/test_second_step.py asks for it.
SECOND_STEP_AFTER_DAYS = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WEB_PATIENCE = None  # a busy machine is no silent database; tests/portal/test_patience.py asks for it
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - live-server threads must leave no connection behind
# Who waits longer waits for something that the test itself holds: an error says for what, a hanging run does not.
DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=60s -c statement_timeout=300s"  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # no collectstatic before the tests
WHITENOISE_USE_FINDERS = True
STYLEGUIDE = True
OPERATOR = Operator(
    name="Stichting Proef",
    address=("Proefplein 1", "1234 AB Proefdorp"),
    email="help@operator.example",
    phone="020 000 00 00",
    officer_name="Officer Proef",
    officer_email="officer@operator.example",
)
