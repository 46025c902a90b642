"""Periodic work of partnerships; safe to run twice."""

from __future__ import annotations

from celery import shared_task

from partnerships.filters.saved_searches import asked_before, fitting
from partnerships.services import join_requests, role_requests, saved_searches


@shared_task(name="partnerships.expire_role_requests", ignore_result=True)
def expire_role_requests() -> int:
    """Beat, every night: requests for a role that nobody answered in 14 days."""
    return role_requests.expire()


@shared_task(name="partnerships.expire_join_requests", ignore_result=True)
def expire_join_requests() -> int:
    """Beat, every night: requests to join that nobody answered in four weeks."""
    return join_requests.expire()


@shared_task(name="partnerships.tell_saved_searches", ignore_result=True)
def tell_saved_searches() -> int:
    """Beat, every morning: what is new, for whoever asked to hear it."""
    return saved_searches.tell(fitting=fitting, words=asked_before)
