"""Evidence of a student: kept under a random name, handed out by a view that checks who asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import changes, files, versions
from core.access import ensure
from core.constraints import explained
from core.versions import NO_PAGE
from partnerships.actors import Actor
from students import rules
from students.models import Evidence, Goal
from students.models.sharing import flags
from students.services.locks import locked_goal

MOST_PER_GOAL = 50


@transaction.atomic
def add(
    *,
    goal_id: int,
    by: Actor,
    text: str,
    readers: Collection[str] = (),
    file: Any = None,
    file_name: str = "",
    content_type: str = "",
    size: int = 0,
) -> Evidence:
    """Add a text or a checked file, for the readers chosen.

    The same evidence sent twice in a row is kept once; what it says about its readers last holds.
    """
    goal = locked_goal(goal_id)
    ensure(rules.can_add_evidence(by, goal))
    newest = goal.evidence.first()
    if (
        newest
        and (newest.text, newest.file_name, newest.size) == (text, file_name, size)
        and (not file or newest.holds(file))
    ):
        return share(evidence_id=newest.pk, readers=readers, by=by, version=NO_PAGE)
    if goal.evidence.count() >= MOST_PER_GOAL:
        raise ValidationError(_("There are 50 pieces of evidence with this goal. Remove one first."))
    return Evidence.objects.create(
        goal=goal,
        text=text,
        file=file or "",
        file_name=file_name,
        content_type=content_type,
        size=size,
        **flags(readers),
    )


@transaction.atomic
def edit(
    *,
    evidence_id: int,
    text: str,
    by: Actor,
    file: Any = None,
    file_name: str = "",
    content_type: str = "",
    size: int = 0,
    drop_file: bool = False,
    version: str | None,
) -> Evidence:
    """Write a piece of evidence anew until it is handed in; that it was done is on record, what it said before is not.

    With a `file`, or with `drop_file`, the one that was kept goes from the store; without either it stays. Who sends
    what it says already changes nothing.
    """
    goal = locked_goal(Goal.objects.values_list("pk", flat=True).get(evidence=evidence_id))
    evidence = goal.evidence.with_hand_ins().get(pk=evidence_id)
    ensure(rules.can_edit_evidence(by, evidence))
    if file and file_name == evidence.file_name and evidence.holds(file):
        file = None
    put_out = evidence.file if evidence.file and (file or drop_file) else None
    if evidence.text == text and not file and not put_out:
        return evidence
    versions.claim(version, evidence)
    written = ["text", "edited_at"]
    evidence.text, evidence.edited_at = text, timezone.now()
    if file or drop_file:
        evidence.file, evidence.file_name = file or "", file_name
        evidence.content_type, evidence.size = content_type, size
        written += ["file", "file_name", "content_type", "size"]
    with explained(evidence):
        subject = goal.plan.enrolment.student.public_id
        changes.save(evidence, by=by.person_id, subject=subject, update_fields=written)
    if put_out:
        _out_of_the_store(put_out)
    return evidence


@transaction.atomic
def share(*, evidence_id: int, readers: Collection[str], by: Actor, version: str | None) -> Evidence:
    """Let others read a piece of evidence from now on, or no longer; on record."""
    goal = locked_goal(Goal.objects.values_list("pk", flat=True).get(evidence=evidence_id))
    ensure(rules.can_share_evidence(by, goal))
    evidence = goal.evidence.with_hand_ins().get(pk=evidence_id)
    versions.claim(version, evidence)
    chosen = flags(readers)
    if not chosen["for_teachers"]:
        ensure(rules.can_hide_evidence(by, evidence))
    for name, value in chosen.items():
        setattr(evidence, name, value)
    subject = goal.plan.enrolment.student.public_id
    changes.save(evidence, by=by.person_id, subject=subject, update_fields=[*chosen])
    return evidence


@transaction.atomic
def remove(*, evidence_id: int, by: Actor, read: str | None) -> Goal:
    """Take a piece of evidence away, its file too; not once it was handed in. That it was done stays on record."""
    goal = locked_goal(Goal.objects.values_list("pk", flat=True).get(evidence=evidence_id))
    evidence = goal.evidence.with_hand_ins().get(pk=evidence_id)
    ensure(rules.can_remove_evidence(by, evidence))
    versions.ensure(read, evidence)
    file = evidence.file
    evidence.delete()
    goal.evidence_removed += 1
    subject = goal.plan.enrolment.student.public_id
    changes.save(goal, by=by.person_id, subject=subject, update_fields=["evidence_removed"])
    if file:
        _out_of_the_store(file)
    return goal


def _out_of_the_store(file: FieldFile) -> None:
    """Once the transaction holds, so that a row never points to a file that is gone."""
    storage, name = file.storage, file.name or ""
    files.forget(name)
    transaction.on_commit(lambda: storage.delete(name))
