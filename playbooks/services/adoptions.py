"""A partnership begins with the playbook of another, and takes over or keeps its own piece by piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import changes, periods, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.endings import DAYS
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.enums import GroupKind
from partnerships.models import ActionLine, Group, Partnership, PartnershipTheme, Theme
from partnerships.models.expectations import VOICES
from partnerships.services import action_lines, groups, parts
from partnerships.services.locks import partnership_under_lock
from playbooks.enums import Choice, PartKind
from playbooks.mail import adoptions as mail
from playbooks.models import AdoptedPart, PartChoice, PlaybookAdoption, PlaybookPart, PlaybookVersion
from playbooks.queries import adoptions as queries
from playbooks.queries.adoptions import Difference, Differing, adoption_of
from playbooks.rules import adoptions as rules

COPIED = ("kind", "title", "body", "details", "position")
KEPT = (*COPIED, "is_left")  # what a choice may change, and is brought back


@transaction.atomic
def start(*, version_id: int, partnership_id: int, by: Actor) -> PlaybookAdoption:
    """Begin with a version: its pieces become the partnership's own, and its groups, action lines and themes are made.

    What is there already by that name or number stays as it is. The publisher hears of it.
    """
    partnership = partnership_under_lock(partnership_id)
    version = PlaybookVersion.objects.public().with_parts().get(pk=version_id)
    there = adoption_of(partnership)
    if there is not None and there.version_id == version.pk:  # the button a second time
        return there
    ensure(rules.can_start(by, partnership, version, has_begun=there is not None))
    adoption = PlaybookAdoption.objects.create(
        partnership=partnership, version=version, by_id=by.person_id or 0
    )
    for part in version.parts.all():
        AdoptedPart.objects.create(adoption=adoption, key=part.key, base=part, **_copied(part))
        _make(partnership, part, by)
    mail.coordinator_playbook_begun(adoption)
    return adoption


def _copied(part: PlaybookPart) -> dict[str, Any]:
    return {name: getattr(part, name) for name in COPIED}


def _make(partnership: Partnership, part: PlaybookPart, by: Actor) -> None:
    """The group, action line or theme that a piece describes, if there is none like it."""
    if part.kind == PartKind.GROUP:
        _make_group(partnership, part, by)
    elif part.kind == PartKind.ACTION_LINE:
        rows = ActionLine.objects.not_over().filter(partnership=partnership)
        taken = set(rows.values_list("number", flat=True))
        if not rows.filter(title__iexact=part.title[:120]).exists():
            wanted = part.details.get("number", 1)
            number = wanted if wanted not in taken else max(taken) + 1
            line = ActionLine(
                partnership=partnership,
                number=number,
                title=part.title[:120],
                goal=part.body[:1000],
                starts_on=today(),
            )
            action_lines.save(line=line, by=by, version=NO_PAGE)
    elif part.kind == PartKind.THEME:
        root = Theme.objects.filter(slug=part.details.get("root", "")).first()
        rows_of_themes = PartnershipTheme.objects.filter(
            periods.not_over(), partnership=partnership, ended_at__isnull=True
        )
        name = part.title[:80]
        if (
            root
            and not (rows_of_themes.filter(root=root) | rows_of_themes.filter(name__iexact=name)).exists()
        ):
            theme = PartnershipTheme(partnership=partnership, root=root, name=name, starts_on=today())
            parts.save(part=theme, by=by, version=NO_PAGE)


def _make_group(partnership: Partnership, part: PlaybookPart, by: Actor) -> None:
    name, details = part.title[:120], part.details
    there = Group.objects.filter(periods.not_over(), partnership=partnership, name__iexact=name)
    if there.filter(ended_at__isnull=True).exists():
        return
    kind = details.get("kind", "")
    group = Group(
        partnership=partnership,
        name=name,
        kind=kind if kind in GroupKind.values else GroupKind.WORKING,
        mandate=part.body[:2000],
        max_size=details.get("max_size"),
        delegates_per_organisation=details.get("delegates", 1),
    )
    voices = {voice: number for voice, number in details.get("voices", {}).items() if voice in VOICES}
    groups.save(group=group, by=by, version=NO_PAGE, delegates={}, voices=voices)


@transaction.atomic
def save_part(*, part: AdoptedPart, by: Actor, read: str | None) -> AdoptedPart:
    """Keep a piece of one's own, new or changed."""
    partnership = partnership_under_lock(part.adoption.partnership_id)
    ensure(rules.can_work_on(by, partnership))
    if part._state.adding:
        same = part.adoption.parts.filter(kind=part.kind, title=part.title, body=part.body).first()
        if same is not None:  # the button a second time
            return same
        part.position = part.adoption.parts.count() + 1
        part.save()
        return part
    versions.claim(read, part)
    with explained(part):
        changes.save(part, by=by.person_id, update_fields=["title", "body", "details"])
    return part


@transaction.atomic
def choose(*, adoption_id: int, choices: Mapping[str, str], by: Actor, read: str | None) -> int:
    """Take over or keep, for each piece by its key; what is not named stays. How many pieces were chosen about.

    `read` is the edition of the page: another newest version, or a piece changed meanwhile, is refused.
    """
    adoption = PlaybookAdoption.objects.select_related("partnership", "version").get(pk=adoption_id)
    partnership_under_lock(adoption.partnership_id)
    ensure(rules.can_work_on(by, adoption.partnership))
    newest = queries.newest_for(adoption)
    if newest is None:
        raise versions.Changed
    own = list(
        AdoptedPart.objects.select_for_update(of=("self",), no_key=True).filter(adoption=adoption).for_list()
    )
    versions.ensure_same(read, queries.edition(newest, own))
    differing = {str(row.key): row for row in queries.differing(own, list(newest.parts.all()))}
    chosen = [(differing[key], Choice(word)) for key, word in choices.items() if key in differing and word]
    for row, choice in chosen:
        _choose(adoption, newest, row, choice, by)
    return len(chosen)


def _choose(
    adoption: PlaybookAdoption, newest: PlaybookVersion, row: Differing, choice: Choice, by: Actor
) -> None:
    takes = choice == Choice.TAKE
    part = row.own or AdoptedPart(adoption=adoption, key=row.key, is_left=True)
    before = {"base": part.base_id, **{name: getattr(part, name) for name in KEPT}}
    if row.newest is None:  # gone: kept as one's own, or left out too
        part.is_left, part.base = takes, part.base if takes else None
    else:
        part.base = row.newest
        if takes or row.kind == Difference.NEW:
            for name in COPIED:
                setattr(part, name, getattr(row.newest, name))
        part.is_left = part.is_left and not takes
    if part._state.adding:
        before |= {name: getattr(part, name) for name in COPIED}
    part.save()
    part.refresh_from_db(fields=["row_version"])
    PartChoice.objects.create(
        part=part,
        choice=choice,
        number=newest.number,
        before=before,
        row_version_after=part.row_version,
        by_id=by.person_id or 0,
    )


@transaction.atomic
def undo(*, choice_id: int, by: Actor) -> PartChoice:
    """Bring a piece back to how it was before a choice about it. Pressed twice it is done once."""
    choice = PartChoice.objects.select_related("part__adoption__partnership").get(pk=choice_id)
    partnership_under_lock(choice.part.adoption.partnership_id)
    done = PartChoice.objects.filter(undoes=choice).first()
    if done is not None:
        return done
    choice.part.refresh_from_db()
    is_over = choice.at < timezone.now() - dt.timedelta(days=DAYS)
    ensure(rules.can_undo(by, choice, is_over=is_over))
    part, before = choice.part, choice.before
    was = {"base": part.base_id, **{name: getattr(part, name) for name in KEPT}}
    part.base_id = before["base"]
    for name in KEPT:
        setattr(part, name, before[name])
    part.save()
    part.refresh_from_db(fields=["row_version"])
    return PartChoice.objects.create(
        part=part,
        choice=Choice.UNDO,
        number=choice.number,
        before=was,
        row_version_after=part.row_version,
        undoes=choice,
        by_id=by.person_id or 0,
    )
