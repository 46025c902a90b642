"""Organisations are made once: under one lock, and after those like it were asked about; two that are one are merged."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, SecurityKind
from accounts.services import security
from core import changes, merging, states, versions
from core.access import ensure
from core.likeness import unanswered
from core.merging import Merging
from core.slugs import save_with_slug
from partnerships.actors import Actor
from partnerships.enums import OrganisationKind
from partnerships.mail import organisations as mail
from partnerships.models import Membership, Organisation
from partnerships.queries.likeness import organisations_like
from partnerships.queries.organisations import employers
from partnerships.queries.people import people_of
from partnerships.rules.merging import can_merge
from partnerships.services import doubles
from partnerships.services.locks import making_an_organisation
from partnerships.signals import organisations_merging


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


@transaction.atomic
def merge(*, kept_id: int, dropped_id: int, by: Actor, read: str | None, digest: str | None) -> Merging:
    """Two organisations turned out to be one: everything of `dropped` is of `kept` from now on. Gives what moved.

    The dropped row stays, with its name to be found and its address to lead to the other; histories keep it. What would
    stand twice is solved first, here and in the apps above. The managers of both are told, and everyone whose role
    moved sees that among what happened to the own rights. `read` and `digest` are what was on the page: the versions of
    both, and what was shown to move. Raises ValidationError when it is another by now, or when they cannot be one.
    """
    kept, dropped = merging.both_under_lock(Organisation.objects.all(), kept_id, dropped_id)
    versions.ensure(read, kept, dropped)
    ensure(can_merge(by, kept, dropped))
    told = people_of(kept.pk, [Role.MANAGER]) + people_of(dropped.pk, [Role.MANAGER])
    roles = list(Membership.objects.filter(organisation=dropped).running().values_list("person_id", "role"))
    merged = _make_one(kept, dropped, by)
    if digest is not None and digest != merged.digest:
        raise versions.Changed
    for person_id, role in roles:
        security.note(kind=SecurityKind.RIGHTS, person_id=person_id, what=f"{role} {kept.slug}")
    for person in {person.pk: person for person in told}.values():
        mail.manager_organisations_merged(person, kept, dropped)
    return merged


@transaction.atomic
def looked_at(*, kept_id: int, dropped_id: int, by: Actor) -> Merging:
    """What `merge` would do, without a word to anyone."""

    def act() -> Merging:
        kept, dropped = merging.both_under_lock(Organisation.objects.all(), kept_id, dropped_id)
        ensure(can_merge(by, kept, dropped))
        return _make_one(kept, dropped, by)

    return merging.looked_at(act)


def _make_one(kept: Organisation, dropped: Organisation, by: Actor) -> Merging:
    act = states.record(dropped, "merge", after=str(kept.pk), by_id=by.person_id)
    solved = doubles.of_organisations(kept=kept, dropped=dropped, by=by, act=act)
    values = {"kept": kept, "dropped": dropped, "by": by, "act": act}
    for _receiver, sentences in organisations_merging.send(sender=Organisation, **values):
        solved += sentences or []
    moved = merging.move(kept, dropped)
    filled = merging.fill_in(kept, dropped)
    if kept.successor_id == dropped.pk:
        kept.successor = None
    changes.save(kept, by=by.person_id)
    dropped.merged_into = kept
    changes.save(dropped, by=by.person_id, update_fields=["merged_into"])
    if filled:
        names = ", ".join(changes.label(Organisation, name) for name in filled)
        solved.append(gettext("Taken over, since it was empty: %(fields)s.") % {"fields": names})
    return Merging(moved, solved)
