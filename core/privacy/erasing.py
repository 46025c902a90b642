"""Erasure of one person: every declared row, the words of histories and mails, files, sessions and what is cached.

Done by the keeper of the database, in one transaction. What stays is what the declarations say: contracts to their
term, and rows that lead to a person who has no name any more.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F, Max, ProtectedError, Q, TextField
from django.db.models.functions import Cast

from core import merging
from core.imports.models import NO_CELLS, ImportBatch, ImportRow
from core.models import FieldChange, OutgoingMail, ReadLog, StateChange, StoredFile
from core.personal import NO_TEXT
from core.privacy.declared import GONE, AtErasure, Personal, Term, ids_in, rows_of
from core.privacy.removing import Rows, remove, write_over
from core.privacy.terms import Duration, last_kept

SHORTEST = 5  # a name that is looked for in what others wrote; shorter ones are in too many words


@dataclass
class Erasure:
    """What was done, for the report: numbers of rows by model, never what stood in them."""

    gone: Counter[str] = field(default_factory=Counter)
    blanked: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    kept_until: dict[str, str] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "gone": dict(sorted(self.gone.items())),
            "blanked": dict(sorted(self.blanked.items())),
            "kept": dict(sorted(self.kept.items())),
            "kept_until": dict(sorted(self.kept_until.items())),
        }


@transaction.atomic
def erase(person_id: int, *, lengths: Mapping[Term, Duration]) -> Erasure:
    """Erase a person, and rows that turned out to be the same person. As the keeper.

    `lengths` say how long contracts are kept, which the report tells.
    """
    people = _one_with(person_id)
    rows = rows_of(people)
    known = _Known.of(people, rows)
    done = Erasure()
    _blank_history(rows, known, done)
    _blank_mails(people, known, done)
    _blank_lists(known, done)
    _end_sessions(rows, known, done)
    going: Rows = {}
    for declared, keys in rows.items():
        match declared.at_erasure:
            case AtErasure.GOES:
                going[declared.model_class] = keys
            case AtErasure.BLANKED:
                done.blanked[declared.model] += write_over(declared.model_class, keys, declared.blank)
            case AtErasure.STAYS if declared.contract:
                done.kept[declared.model] += len(keys)
                if last := _last_day(declared, keys, lengths):
                    done.kept_until[declared.model] = last.isoformat()
    done.gone += remove(going)
    _drop(people)
    transaction.on_commit(cache.clear)
    return done


def _drop(people: Collection[int]) -> None:
    """Rows without a name to which nothing leads go too; those merged into another first."""
    rows = apps.get_model("accounts", "Person")._base_manager.filter(pk__in=people)
    for person in rows.order_by(F("merged_into").asc(nulls_last=True)):
        if _is_needed(person):
            continue  # as `delete` would find, after it has looked in every table
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            continue


def _is_needed(person: models.Model) -> bool:
    """Whether a row leads to the person that cannot do without: one is enough to know."""
    return any(
        key.model._base_manager.filter(**{key.name: person}).exists()
        for key in merging.links(type(person))
        if key.remote_field.on_delete is models.PROTECT
    )


def _last_day(declared: Personal, keys: set[Any], lengths: Mapping[Term, Duration]) -> dt.date | None:
    """The last day on which the last of these contracts is kept."""
    found = []
    for keep in declared.keeps:
        rows = declared.model_class._base_manager.filter(keep.due(dt.date.max), pk__in=keys)
        if (ended := rows.aggregate(last=Max(declared.ends))["last"]) is not None:
            found.append(last_kept(ended, lengths[keep.term]))
    return max(found, default=None)


def _one_with(person_id: int) -> set[int]:
    """The person, under lock, and every row that was merged into it, however many steps ago."""
    people = apps.get_model("accounts", "Person")._base_manager
    people.select_for_update(of=("self",)).get(pk=person_id)
    found, fresh = {person_id}, {person_id}
    while fresh:
        fresh = set(people.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


@dataclass(frozen=True)
class _Known:
    """By what a text can be about someone: names, addresses, and the ids of histories."""

    names: frozenset[str]
    first_names: frozenset[str]
    addresses: frozenset[str]
    ids: frozenset[uuid.UUID]

    @classmethod
    def of(cls, people: Collection[int], rows: Mapping[Personal, set[Any]]) -> _Known:
        person = apps.get_model("accounts", "Person")._base_manager
        names, firsts, addresses = set(), set(), set()
        for row in person.filter(pk__in=people):
            names.add(" ".join(filter(None, (row.first_name, row.name_prefix, row.last_name))))
            firsts.add(row.first_name)
        for declared, keys in rows.items():
            for one in declared.model_class._meta.local_fields:
                if isinstance(one, models.EmailField) and one.name != "reply_to":
                    kept = declared.model_class._base_manager.filter(pk__in=keys)
                    addresses |= set(kept.values_list(one.name, flat=True)) - {""}
        others = person.exclude(pk__in=people)  # to whom an invitation of this person once went by mistake
        for way in ("email", "user__email"):
            addresses -= set(others.filter(**{f"{way}__in": addresses}).values_list(way, flat=True))
        return cls(
            frozenset(name for name in names if len(name) >= SHORTEST),
            frozenset(name for name in firsts if len(name) > 1),
            frozenset(addresses),
            frozenset(ids_in(rows)),
        )

    def patterns(self, sign: str, other: str) -> list[str]:
        """How each name and address is known as a whole, whatever stands between the parts of a name.

        `sign` is a letter or digit and `other` anything else, as who looks for it writes them.
        """
        begins, ends = f"(?<!{sign})", f"(?!{sign})"
        names = [f"{other}+".join(map(re.escape, name.split())) for name in sorted(self.names)]
        # Of “an@x.test” neither “van@x.test”, “j.an@x.test” nor “an@x.test.nl” is one.
        addresses = [
            rf"(?<!{sign}[.+_-]){re.escape(address)}(?![.-]?{sign})" for address in sorted(self.addresses)
        ]
        return [f"{begins}{name}{ends}" for name in names] + [f"{begins}{address}" for address in addresses]

    def named_in(self, *fields: str, also_first: bool = False) -> Q:
        """Rows of which one of the fields, a text, names the person; with the first name alone too if asked."""
        found = Q(pk__in=[])
        for name in fields:
            for pattern in self.patterns("[[:alnum:]]", "[^[:alnum:]]"):
                found |= Q(**{f"{name}__iregex": pattern})
            for first in self.first_names if also_first else ():
                found |= Q(**{f"{name}__regex": rf"\m{re.escape(first)}\M"})
        return found

    def in_text(self, text: str) -> bool:
        """Whether a text holds an address, a name or an id."""
        named = any(re.search(one, text, re.IGNORECASE) for one in self.patterns(r"[^\W_]", r"[\W_]"))
        return named or any(str(one) in text for one in self.ids)


def _about(rows: Mapping[Personal, set[Any]], known: _Known) -> Q:
    """Histories of their rows, or that name them as the subject."""
    found = Q(subject__in=known.ids)
    for declared, keys in rows.items():
        found |= Q(model=declared.model.lower(), object_id__in=[str(key) for key in keys])
    return found


def _blank_history(rows: Mapping[Personal, set[Any]], known: _Known, done: Erasure) -> None:
    about = _about(rows, known)
    tokens = {known_id: uuid.uuid4() for known_id in known.ids}
    blank = {"reason": ""}
    done.blanked[StateChange._meta.label] = StateChange.objects.filter(
        about | known.named_in("reason")
    ).update(**blank)
    changes = FieldChange.objects.alias(
        was=Cast("before", TextField()), became=Cast("after", TextField())
    ).filter(about | known.named_in("was", "became", "reason"))
    keys = list(changes.values_list("pk", flat=True))
    done.blanked[FieldChange._meta.label] = FieldChange.objects.filter(pk__in=keys).update(
        before=None, after=GONE, **blank
    )
    for model in (StateChange, FieldChange, ReadLog, StoredFile):
        for known_id, token in tokens.items():
            changed = model._base_manager.filter(subject=known_id).update(subject=token)
            if model is ReadLog:
                done.blanked[ReadLog._meta.label] += changed
    _blank_tables_log(rows, known)


def _blank_tables_log(rows: Mapping[Personal, set[Any]], known: _Known) -> None:
    """What administrators changed in the tables is noted with what the row was called then."""
    entries = apps.get_model("admin", "LogEntry").objects
    about = known.named_in("object_repr", "change_message")
    for declared, keys in rows.items():
        meta = declared.model_class._meta
        about |= Q(
            content_type__app_label=meta.app_label,
            content_type__model=meta.model_name,
            object_id__in=[str(key) for key in keys],
        )
    entries.filter(pk__in=list(entries.filter(about).values_list("pk", flat=True))).update(
        object_repr="", change_message=""
    )


def _blank_mails(people: Collection[int], known: _Known, done: Erasure) -> None:
    """Mails to the person go; what others were mailed loses its text, and is not sent if it still waits.

    A first name alone is enough for what has been sent: its text is of no use any more, whoever it is about.
    """
    theirs = Q(person__in=people) | Q(to_email__in=known.addresses)
    to_them = set(OutgoingMail.objects.filter(theirs).values_list("pk", flat=True))
    done.gone += remove({OutgoingMail: to_them})
    others = OutgoingMail.objects
    waiting = others.filter(known.named_in("subject", "body"), state="queued")
    done.blanked[OutgoingMail._meta.label] += waiting.update(**NO_TEXT, state="cancelled")
    sent = others.filter(known.named_in("subject", "body", "last_error", also_first=True))
    done.blanked[OutgoingMail._meta.label] += sent.exclude(state="queued").update(**NO_TEXT)
    others.filter(reply_to__in=known.addresses).update(reply_to="")


def _blank_lists(known: _Known, done: Erasure) -> None:
    """Rows of lists that were handed in hold what stood in a file about someone, also before it was written."""
    told = ("raw", "values", "typed", "before", "problems", "changes")  # whom a row may be is asked by name
    texts = {f"was_{name}": Cast(name, TextField()) for name in told}
    about = Q(subject__in=known.ids) | known.named_in("name", "note", *texts)
    found = dict(ImportRow.objects.alias(**texts).filter(about).values_list("pk", "batch"))
    done.blanked[ImportRow._meta.label] = ImportRow.objects.filter(pk__in=found).update(
        **NO_CELLS, subject=uuid.uuid4()
    )
    _blank_heads(set(found.values()), known, done)


def _blank_heads(keys: Collection[int], known: _Known, done: Erasure) -> None:
    """What a list shows of itself: its first cells of each column, and how its file was called."""
    lists = ImportBatch.objects.alias(was_columns=Cast("columns", TextField()))
    heads = lists.filter(Q(pk__in=keys) | known.named_in("was_columns"))
    for batch in heads.exclude(columns=[]).only("columns"):
        columns = [{**column, "examples": []} for column in batch.columns]
        done.blanked[ImportBatch._meta.label] += ImportBatch.objects.filter(pk=batch.pk).update(
            columns=columns
        )
    ImportBatch.objects.filter(known.named_in("file_name")).update(file_name=GONE)


def _end_sessions(rows: Mapping[Personal, set[Any]], known: _Known, done: Erasure) -> None:
    """Sessions of the person, and those in which someone was busy with this person."""
    users = {str(key) for declared, keys in rows.items() if declared.model == "accounts.User" for key in keys}
    ended = {
        session.pk for session in Session.objects.iterator() if _is_about(session.get_decoded(), users, known)
    }
    done.gone += remove({Session: ended})


def _is_about(data: Mapping[str, Any], users: Iterable[str], known: _Known) -> bool:
    return str(data.get("_auth_user_id", "")) in users or known.in_text(str(dict(data)))
