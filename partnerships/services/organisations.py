"""Organisations are made once: under one lock, and after those like it were asked about."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.slugs import save_with_slug
from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from partnerships.queries.likeness import organisations_like, unanswered
from partnerships.queries.organisations import employers
from partnerships.services.locks import making_an_organisation


@transaction.atomic
def make(
    *,
    name: str,
    email: str,
    kind: OrganisationKind | str,
    province: str,
    town: str,
    seen: Collection[int],
) -> Organisation:
    """Make an employer that signed up, without a public page yet.

    `email` is that of whoever signed it up: its domain may be the website of one that is known. `seen` are the keys of
    those like it that were said to be others. Raises ValidationError when one was not asked about.
    """
    making_an_organisation()
    if unanswered(organisations_like(among=employers(), name=name, email=email), seen):
        raise ValidationError(_("One that looks like it is there by now. Say whether it is that one."))
    organisation = Organisation(name=name, kind=kind, province=province, town=town, is_published=False)
    save_with_slug(organisation, organisation.name)
    return organisation
