"""Periodic work of partnerships; safe to run twice."""

from __future__ import annotations

from celery import shared_task

from partnerships.services import sign_ups


@shared_task(name="partnerships.forget_sign_ups", ignore_result=True)
def forget_sign_ups() -> int:
    """Beat, every night: unconfirmed sign-ups after 14 days, contact details after 12 months."""
    return sign_ups.forget()
