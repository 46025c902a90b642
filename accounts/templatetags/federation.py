"""The federations people can sign in through, for the pages that offer them."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sso_providers() -> list[dict[str, Any]]:
    """Those named in the settings; usually none or one."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    return list(providers["openid_connect"]["APPS"])
