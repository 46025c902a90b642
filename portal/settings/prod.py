"""Production, behind a proxy that ends TLS: docs/deploy.md."""

from portal.settings.base import *  # noqa: F403

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]  # asked from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = ENV.hsts_preload  # noqa: F405
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds a whole domain for years: its owner chooses
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-taal"
THEME_COOKIE_NAME = "__Host-thema"
DEVICE_COOKIE_NAME = "__Host-toestel"
MESSAGE_COOKIE_NAME = "__Host-messages"

LOGGING["handlers"]["console"]["formatter"] = "json"  # type: ignore[index]  # noqa: F405
LOGGING["loggers"]["portal.request"]["level"] = "INFO"  # type: ignore[index]  # noqa: F405
