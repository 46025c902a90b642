"""Load the demo region from demo/. Safe to run twice."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.demo import mark
from portal.demo.people import demo_people
from portal.local.paths import Trouble


class Command(BaseCommand):
    help = "Load the demo region: invented people in real kinds of organisations."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("seed_demo runs under settings.demo and settings.test only.")
        try:
            mark.claim()
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        self._people()
        mark.note_loaded()

    def _people(self) -> None:
        users = get_user_model().objects
        for person in demo_people():
            if users.filter(email=person.email).exists():
                continue
            user = users.create_user(
                person.email,
                person.password,
                first_name=person.first_name,
                name_prefix=person.name_prefix,
                last_name=person.last_name,
                is_staff=person.key == "admin",
                is_superuser=person.key == "admin",
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
