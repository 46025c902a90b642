"""Where a request comes from: the network it was sent through, and a browser that proved before whose it is."""

from __future__ import annotations

import ipaddress
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

ONE_HOME = 64  # bits of an IPv6 address that a home or a school has to itself
ROUGH = {4: 24, 6: 48}  # bits that tell a region and a provider, not a household
COOKIE_AGE = 180 * 24 * 3600


def network_of(request: HttpRequest) -> str:
    """The visitor's address on the internet, for IPv6 the part that does not change; behind as many proxies as are known."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    return (
        str(ipaddress.ip_network((address, ONE_HOME), strict=False)) if address.version == 6 else str(address)
    )


def rough_network_of(request: HttpRequest) -> str:
    """As much of the address as may be kept: it tells one provider from another, and points at nobody."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    return str(ipaddress.ip_network((address, ROUGH[address.version]), strict=False))


def known_device(request: HttpRequest, address: str) -> str:
    """The name of this browser when someone signed in with this e-mail address here before; otherwise nothing.

    It opens nothing. It keeps strangers who try passwords for an address from locking its owner out: their tries are
    counted apart from those of a known browser.
    """
    name, _dot, proof = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "").partition(".")
    return name if name and constant_time_compare(proof, _proof(name, address)) else ""


def remember_device(response: HttpResponse, address: str) -> None:
    """Know this browser again; it has just proved that it is its owner's."""
    name = secrets.token_urlsafe(12)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        f"{name}.{_proof(name, address)}",
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _proof(name: str, address: str) -> str:
    return salted_hmac("core.visitors.device", f"{name} {address}", algorithm="sha256").hexdigest()
