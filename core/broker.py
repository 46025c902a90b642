"""A word to the workers that there is work. The rows are the truth: without the word they are found by the clock."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings

from core import rest

logger = logging.getLogger(__name__)


def hint(task: Any) -> None:
    """Ask for this task. While the broker is away nothing is lost and nobody waits for it."""
    broker = rest.of(settings.CELERY_BROKER_URL)
    if broker.is_on():
        return
    try:
        task.apply_async(retry=False, ignore_result=True)
    except Exception:  # the request has been committed: nothing about a broker may undo its answer
        broker.failed()
        logger.warning("Broker not reached; the clock will find the work.", exc_info=True)
    else:
        broker.answered()
