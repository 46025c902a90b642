"""Carry out the requests for erasure that were granted: by the keeper of the database (docs/privacy.md)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from accounts.management import keeping
from accounts.models import ErasureRequest
from core import jobs
from core.append_only import as_role


class Command(BaseCommand):
    help = "Erase everyone who asked it and was granted it; each request keeps its report. Needs DATABASE_KEEPER_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_role("keeper"), jobs.noted("erase"):
            done, waiting = keeping.erase()
        told = {"erased": len(done), "reports": [_told(request) for request in done], "waiting": waiting}
        self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))


def _told(request: ErasureRequest) -> dict[str, Any]:
    return {"request": str(request.public_id), **(request.report or {})}
