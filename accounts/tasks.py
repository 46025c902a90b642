"""Periodic work of accounts; safe to run twice."""

from __future__ import annotations

from celery import shared_task

from accounts.services import devices, throttles


@shared_task(name="accounts.forget_devices", ignore_result=True)
def forget_devices() -> int:
    """Beat, every night: sessions that ended, with device and address."""
    return devices.forget_ended()


@shared_task(name="accounts.forget_throttles", ignore_result=True)
def forget_throttles() -> int:
    """Beat, every hour: counts whose time is over."""
    return throttles.forget_over()
