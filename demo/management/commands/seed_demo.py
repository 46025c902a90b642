"""Load the demo region from demo/data/. Safe to run twice."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo import mark
from demo.seed import load
from tools.local.paths import Trouble


class Command(BaseCommand):
    help = "Load the demo region: invented people, and the partnerships of our sources as examples."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("seed_demo runs under settings.demo and settings.test only.")
        try:
            mark.claim()
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        load(mark.made_on())
        mark.note_loaded()
