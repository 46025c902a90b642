"""Where someone can ask for a role."""

from __future__ import annotations

from partnerships.models import Organisation
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.queries.people import with_manager

SHORTEST = 3
MOST = 20


def organisations_named(text: str) -> OrganisationQuerySet:
    """Organisations with a public page, and with someone who can answer, whose name or a former one holds the text.

    By name. Only name and town are for a stranger to see. None for a text of fewer than three letters, so that the
    list of all is not to be had here.
    """
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return Organisation.objects.none()
    return with_manager().published().named(text).for_list()
