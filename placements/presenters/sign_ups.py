"""What places add to the page of a sign-up: the drafts that come of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from partnerships.actors import Actor
from partnerships.enums import SignUpState
from partnerships.models import SignUp
from partnerships.presenters.spots import ON_SIGN_UP
from placements.queries.offered import number_of_call
from ui.sections import Section


@dataclass(frozen=True)
class Drafts:
    """How many places the employer has of the call, or where drafts of them are made."""

    employer: str
    number: int
    url: str


@ON_SIGN_UP.register
def drafts(rows: Collection[SignUp], actor: Actor) -> Mapping[int, Section]:
    """Of employers that have started, for who coordinates the partnership."""
    own = [row for row in rows if row.organisation_id and row.call.partnership_id in actor.coordinates]
    started = [row for row in own if row.state == SignUpState.STARTED]
    return {row.pk: Section("placements/sign_ups/section.html", _of(row)) for row in started}


def _of(row: SignUp) -> Drafts:
    url = reverse("placements:sign-up-places", args=[row.call.partnership.slug, row.public_id])
    name = row.organisation.name if row.organisation else row.organisation_name
    return Drafts(name, number_of_call(row.call_id, row.organisation_id or 0), url)
