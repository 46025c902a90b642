"""What the page says before someone takes part in a partnership no more."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Affiliation
from ui.languages import dutch


def ending(row: Affiliation) -> dict[str, Any]:
    """Before a manager of the organisation they come with ends it."""
    assert row.organisation is not None  # noqa: S101  the page lists those of an organisation
    return {
        "of": dutch(row.organisation.name),
        "heading": _("Does %(name)s leave the partnership?") % {"name": row.person.full_name},
        "says": [
            _("From now on no seat of this person in the partnership opens papers."),
            _("This person is told. You can undo this for 14 days."),
        ],
        "word": _("End taking part"),
        "back_url": reverse("partnerships:affiliation-list", args=[row.organisation.slug]),
    }
