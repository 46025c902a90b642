"""The work of the night before: without it the first page of administrators would say that nothing ever ran."""

from django.utils import timezone

from core.models import Job
from demo.seed.context import Seed
from portal.clockwork import KINDS, NIGHTLY, every


def load(seed: Seed) -> None:
    """Once; from then on the demo's own worker says when it did what."""
    now = timezone.now()
    night = min(seed.at(0, 3), now)
    there = set(Job.objects.values_list("work", flat=True))
    Job.objects.bulk_create(
        Job(work=work, done_at=night if every(work) == NIGHTLY else now)
        for work in KINDS
        if work not in there
    )
