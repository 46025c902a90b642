"""A host of the drill `hosts`: production's parts without TLS, and passwords that cost nothing to compare."""

from portal.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
SECOND_STEP_AFTER_DAYS = None
