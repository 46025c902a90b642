"""Mail delivery as Celery tasks, without arguments; safe to run twice or side by side."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings

from core import broker, calendars, jobs, outbox

logger = logging.getLogger(__name__)

# Seconds that a run may take which meets a silent server: its own time, an answer to each command, ten minutes of patience
# with a whole mail. Ended in the midst of that, it would forget that the mail may be out.
LONGEST_RUN = 840


@shared_task(
    name="core.deliver", ignore_result=True, soft_time_limit=LONGEST_RUN, time_limit=LONGEST_RUN + 60
)
def deliver() -> int:
    """Send what is due; asked for after each commit that queued mail."""
    return outbox.deliver_due()


@shared_task(
    name="core.sweep_outbox", ignore_result=True, soft_time_limit=LONGEST_RUN, time_limit=LONGEST_RUN + 60
)
def sweep_outbox() -> int:
    """Every 20 seconds: send what was queued while the broker was away, and what a worker that died had taken.

    Of a long row others take a part: after a server was away all of it waits, and one word of the clock wakes one worker.
    """
    for _helper in range(outbox.helpers_wanted()):
        broker.hint(deliver)
    return outbox.deliver_due()


@shared_task(name="core.read_bounces", ignore_result=True)
def read_bounces() -> int:
    """Every five minutes, where a mailbox is set: mails that came back; gives how many."""
    from core import mailbox  # noqa: PLC0415  it reads models, which import no task

    if not settings.BOUNCE_MAILBOX:
        return 0
    try:
        return mailbox.read_reports(settings.BOUNCE_MAILBOX).total()
    except mailbox.MailboxAway as away:
        logger.warning("The mailbox of reports cannot be read: %s", away)
        return 0


@shared_task(name="core.load_holidays", ignore_result=True)
def load_holidays() -> int:
    """Every night: public holidays for the years ahead, and a warning in the log when what is known runs out."""
    return calendars.keep_filled()


@shared_task(name="core.work_on_imports", ignore_result=True)
def work_on_imports() -> int:
    """Lists that take long: when one is handed in, and every half minute for what was asked while the broker was away."""
    from core.imports import clock  # noqa: PLC0415  it asks for this very task

    with jobs.parts():
        return clock.work_off()


@shared_task(name="core.forget_imports", ignore_result=True)
def forget_imports() -> int:
    """Every night: lists that nobody went on with, and what was read from others 30 days ago."""
    from core.imports import clock  # noqa: PLC0415  it asks for the task above

    return clock.forget()


@shared_task(name="core.remove_orphans", ignore_result=True)
def remove_orphans() -> int:
    """Every night: files in the store that no row names, from acts that were broken off."""
    from core import orphans  # noqa: PLC0415  it reads models, which import no task

    return orphans.remove()


@shared_task(name="core.scan_files", ignore_result=True)
def scan_files() -> int:
    """Every two minutes: files that were kept while the scanner was away."""
    from core import files  # noqa: PLC0415  it reads models, which import no task

    return files.look_again()
