"""As production, without TLS: the loader stands where the proxy would."""

from portal.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["localhost"]
