"""People before, with and after an account: found among an organisation's own, corrected, and merged when two are one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import ErasureState, SecurityKind
from accounts.models import ErasureRequest, Person, User
from accounts.models.people import PersonQuerySet
from accounts.queries.likeness import people_like
from accounts.rules import permits_merge
from accounts.services import security
from accounts.services.locks import both_under_lock
from accounts.signals import people_merging, person_changed
from core import changes, merging, versions
from core.access import ensure
from core.likeness import unanswered
from core.merging import Merging
from core.models import FieldChange
from core.text import full_name, split_prefix

ASK_WHO = _("Someone who may be the same person is there by now. Say whether it is.")
NAME_AND_ADDRESS = frozenset({"first_name", "name_prefix", "last_name", "email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What is typed about someone."""

    first_name: str
    last_name: str = ""
    name_prefix: str = ""

    @property
    def whole(self) -> str:
        """As it is read."""
        return full_name(first_name=self.first_name, last_name=self.last_name, prefix=self.name_prefix)

    def write_on(self, person: Person) -> None:
        """Give it to a person, who is not saved here."""
        person.first_name, person.name_prefix = self.first_name, self.name_prefix
        person.last_name = self.last_name

    @classmethod
    def of(cls, whole: str) -> Name:
        """A name that was typed in one field: the first word, and the rest with its prefix taken off."""
        first_name, _space, rest = " ".join(whole.split()).partition(" ")
        name_prefix, last_name = split_prefix(rest)
        return cls(first_name=first_name, name_prefix=name_prefix, last_name=last_name)


@transaction.atomic
def find_or_make(
    *, among: PersonQuerySet, email: str, name: Name, phone: str = "", seen: Collection[int] | None = None
) -> Person:
    """The person with this address among those whom the asking organisation knows already, or a new one.

    `seen` are the keys of those who may be the one meant and were said to be someone else: under the lock of who calls
    nobody else may have come. None is for whoever was not asked.
    Nobody else is looked at: that would tell where someone works or learns. Two rows of one person become one when
    the owner of the mailbox accepts an invitation (`merge`). A name that is known stays as its owner wrote it.
    """
    if seen is not None and unanswered(people_like(among=among, name=name.whole, email=email), seen):
        raise ValidationError(ASK_WHO)
    known = among.with_address(email).select_related("user").order_by("user_id", "pk").first()
    if known is not None:
        return known
    person = Person(email=email, phone=phone)
    name.write_on(person)
    person.save(force_insert=True)
    return person


@transaction.atomic
def save_own(*, person: Person, version: str | None) -> None:
    """Keep what people change of their own name, phone number and language; `version` is what they read of it.

    Whoever rests on the name hears of another.
    """
    versions.claim(version, person)
    tell_of(person=person, made=changes.save(person, by=person.pk, subject=person.public_id), by=person.pk)


@transaction.atomic
def note_address(*, user: User, before: str) -> None:
    """The address of an account is another than `before`, shown to be theirs: for its owner, and whoever rests on it."""
    person = user.person
    made = changes.record(user, {"email": before}, by=person.pk, subject=person.public_id)
    security.note(kind=SecurityKind.ADDRESS, person_id=person.pk)
    tell_of(person=person, made=made, by=person.pk)


@transaction.atomic
def tell_of(*, person: Person, made: Collection[FieldChange], by: int | None) -> None:
    """Tell the apps above that a name or an address changed; `by` is a person's id."""
    told = [change for change in made if change.field in NAME_AND_ADDRESS]
    if told:
        person_changed.send(sender=Person, person=person, made=told, by=by)


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None) -> Merging:
    """Two rows turned out to be one human: everything that lives goes to `kept`. Gives what went, by kind.

    Histories keep the dropped row, whose `merged_into` leads to the other. What would stand twice is solved first, by
    the app that knows how (`people_merging`). `by` is a person's id. Raises ValidationError when the dropped row has
    an account: an account is never merged away.
    """
    kept, dropped = both_under_lock(kept.pk, dropped.pk)
    ensure(permits_merge(kept, dropped))
    solved: list[str] = []
    for _receiver, sentences in people_merging.send(Person, kept=kept, dropped=dropped, by=by):
        solved += sentences or []
    waiting = ErasureRequest.objects.open()
    if waiting.filter(person=kept).exists():  # one of both is enough
        waiting.filter(person=dropped).update(state=ErasureState.WITHDRAWN)
    moved = merging.move(kept, dropped)
    dropped.merged_into, dropped.email = kept, ""
    changes.save(dropped, by=by, subject=dropped.public_id, update_fields=["merged_into", "email"])
    return Merging(moved, solved)


@transaction.atomic
def looked_at(*, kept: Person, dropped: Person, by: int | None) -> Merging:
    """What `merge` would do."""
    return merging.looked_at(lambda: merge(kept=kept, dropped=dropped, by=by))
