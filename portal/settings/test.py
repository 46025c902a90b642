"""The tests: strict about mistakes, quick about passwords, nothing on disk."""

from portal.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]  # noqa: F405
DEMO_ALLOWED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - live-server threads must leave no connection behind
WHITENOISE_AUTOREFRESH = True  # no collectstatic before the tests
WHITENOISE_USE_FINDERS = True
STYLEGUIDE = True
