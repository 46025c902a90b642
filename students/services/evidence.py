"""Evidence of a student: kept under a random name, handed out by a view that checks who asks."""

from __future__ import annotations

from collections.abc import Collection
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import changes, files, versions
from core.access import ensure
from core.attachments import Accepted
from core.constraints import explained
from core.models import StoredFile
from core.versions import NO_PAGE
from partnerships.actors import Actor
from students import rules
from students.mail import evidence as mail
from students.mail.reports import report_called_off, report_hidden
from students.models import Evidence, Goal
from students.models.sharing import flags
from students.services.locks import locked_evidence, locked_goal

MOST_PER_GOAL = 50


@transaction.atomic
def add(
    *,
    goal_id: int,
    by: Actor,
    text: str,
    readers: Collection[str] = (),
    file: Accepted | None = None,
) -> Evidence:
    """Add a text or a checked file, for the readers chosen.

    The same evidence sent twice in a row is kept once; what it says about its readers last holds.
    """
    goal = locked_goal(goal_id)
    ensure(rules.can_add_evidence(by, goal))
    newest = goal.evidence.select_related("file").first()
    file_name = file.name if file else ""
    if (
        newest
        and (newest.text, newest.file_name) == (text, file_name)
        and (not file or newest.holds(file.file))
    ):
        return share(evidence_id=newest.pk, readers=readers, by=by, version=NO_PAGE)
    if goal.evidence.filter(removed_because="").count() >= MOST_PER_GOAL:
        raise ValidationError(_("There are 50 pieces of evidence with this goal. Remove one first."))
    return Evidence.objects.create(
        goal=goal,
        text=text,
        file=_kept(file, goal) if file else None,
        file_name=file_name,
        **flags(readers),
    )


@transaction.atomic
def edit(
    *,
    evidence_id: int,
    text: str,
    by: Actor,
    file: Accepted | None = None,
    drop_file: bool = False,
    version: str | None,
) -> Evidence:
    """Write a piece of evidence anew until it is handed in; that it was done is on record, what it said before is not.

    With a `file`, or with `drop_file`, the one that was kept goes from the store; without either it stays. Who sends
    what it says already changes nothing.
    """
    evidence = locked_evidence(evidence_id)
    goal = evidence.goal
    ensure(rules.can_edit_evidence(by, evidence))
    if file and file.name == evidence.file_name and evidence.holds(file.file):
        file = None
    put_out = evidence.file if file or drop_file else None
    if evidence.text == text and not file and not put_out:
        return evidence
    versions.claim(version, evidence)
    written = ["text", "edited_at", "reported_at"]
    if evidence.is_reported:
        _looked_at(evidence)
    evidence.text, evidence.edited_at = text, timezone.now()
    if file or drop_file:
        evidence.file, evidence.file_name = (_kept(file, goal), file.name) if file else (None, "")
        evidence.file_replaced_at = None  # it was about the file that goes
        written += ["file", "file_name", "file_replaced_at"]
    with explained(evidence):
        subject = goal.plan.enrolment.student.public_id
        changes.save(evidence, by=by.person_id, subject=subject, update_fields=written)
    if put_out:
        files.remove(file=put_out)
    return evidence


@transaction.atomic
def replace_file(*, evidence_id: int, file: Accepted, by: Actor, version: str | None) -> Evidence:
    """Another file in place of one that nobody can open any more, also of a piece that was handed in; on record."""
    goal = locked_goal(Goal.objects.values_list("pk", flat=True).get(evidence=evidence_id))
    evidence = goal.evidence.select_related("file").get(pk=evidence_id)
    if evidence.file_replaced_at and evidence.file_name == file.name and evidence.holds(file.file):
        return evidence  # sent again
    ensure(rules.can_replace_file(by, evidence))
    versions.claim(version, evidence)
    put_out = evidence.file
    if evidence.is_reported:
        _looked_at(evidence)
    evidence.file, evidence.file_name, evidence.file_replaced_at = (
        _kept(file, goal),
        file.name,
        timezone.now(),
    )
    subject = goal.plan.enrolment.student.public_id
    written = ["file", "file_name", "file_replaced_at", "reported_at"]
    changes.save(evidence, by=by.person_id, subject=subject, update_fields=written)
    if put_out:
        files.remove(file=put_out)
    return evidence


@transaction.atomic
def tell_found(*, file: StoredFile) -> None:
    """The scanner found something in a file that was kept: the student whose evidence it is hears what can be done."""
    pieces = Evidence.objects.select_related("goal__plan__enrolment__student__person__user")
    for evidence in pieces.filter(file=file):
        mail.student_file_found(evidence)


@transaction.atomic
def share(*, evidence_id: int, readers: Collection[str], by: Actor, version: str | None) -> Evidence:
    """Let others read a piece of evidence from now on, or no longer; on record."""
    evidence = locked_evidence(evidence_id)
    goal = evidence.goal
    ensure(rules.can_share_evidence(by, goal, is_reported=evidence.is_reported))
    versions.claim(version, evidence)
    chosen = flags(readers)
    if not chosen["for_teachers"]:
        ensure(rules.can_hide_evidence(by, evidence))
    for name, value in chosen.items():
        setattr(evidence, name, value)
    subject = goal.plan.enrolment.student.public_id
    changes.save(evidence, by=by.person_id, subject=subject, update_fields=[*chosen])
    if evidence.is_reported and not evidence.for_teachers:
        report_hidden(evidence)
    return evidence


@transaction.atomic
def remove(*, evidence_id: int, by: Actor, read: str | None) -> Goal:
    """Take a piece of evidence away, its file too; not once it was handed in. That it was done stays on record."""
    evidence = locked_evidence(evidence_id)
    goal = evidence.goal
    ensure(rules.can_remove_evidence(by, evidence))
    versions.ensure(read, evidence)
    file = evidence.file
    if evidence.is_reported:
        _looked_at(evidence)
    evidence.delete()
    goal.evidence_removed += 1
    subject = goal.plan.enrolment.student.public_id
    changes.save(goal, by=by.person_id, subject=subject, update_fields=["evidence_removed"])
    if file:
        files.remove(file=file)
    return goal


def _looked_at(evidence: Evidence) -> None:
    """What was reported does not stand there any more."""
    evidence.reported_at = None
    report_called_off(evidence)


def _kept(file: Accepted, goal: Goal) -> StoredFile:
    """Under a random name: its own is what somebody typed."""
    return files.keep(
        file=file.file,
        path=f"evidence/{uuid4()}",
        content_type=file.content_type,
        subject=goal.plan.enrolment.student.public_id,
    )
