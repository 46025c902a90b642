"""What a reader reports because a client can be recognised in it: told to who can do something, removed, or left to stay."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core import changes, files, versions
from core.access import ensure
from core.models import StoredFile
from core.versions import Versioned
from partnerships.actors import Actor
from students.mail import reports as mail
from students.models import Evidence, GoalRemark, WorkSituation
from students.models.reporting import Reportable
from students.rules import reports as rules
from students.services import situations
from students.services.locks import locked_even_closed, locked_situation


@transaction.atomic
def report(*, row: Reportable, by: Actor, read: str | None) -> Reportable:
    """A reader says that a client can be recognised in it: who can change or remove it hears. Once is enough."""
    row = _locked(row)
    if row.is_reported and not rules.can_report(by, row).is_final:
        return row
    ensure(rules.can_report(by, row))
    _ensure_read(row, read)
    row.reported_at = timezone.now()
    _save(row, by, "reported_at")
    mail.author_text_reported(row)
    if row.for_teachers:
        mail.teachers_text_reported(row)
    return row


@transaction.atomic
def keep(*, row: Reportable, by: Actor, read: str | None) -> Reportable:
    """A teacher looked at what was reported, and no client can be recognised in it. A second time changes nothing."""
    row = _locked(row)
    if row.reported_at is None and not row.is_empty and not rules.can_keep(by, row).is_final:
        return row
    ensure(rules.can_keep(by, row))
    _ensure_read(row, read)
    row.reported_at = None
    _save(row, by, "reported_at")
    mail.report_called_off(row)
    return row


@transaction.atomic
def remove(*, row: Reportable, reason: str, by: Actor, read: str | None) -> Reportable:
    """A teacher removes what tells of a client, its file too; whoever wrote it hears. A second time changes nothing."""
    if isinstance(row, WorkSituation):
        return situations.blank(situation_id=row.pk, reason=reason, by=by, read=read)
    row = _locked(row)
    if row.removed_because and not rules.can_remove(by, row).is_final:
        return row
    ensure(rules.can_remove(by, row))
    _ensure_read(row, read)
    if row.is_reported:
        mail.report_called_off(row)
    row.reported_at, row.removed_because = None, reason.strip()
    file: StoredFile | None = None
    names = ["text"]
    if isinstance(row, Evidence):
        file, row.text, row.file, row.file_name, row.file_replaced_at = row.file, "", None, "", None
        names += ["file", "file_name", "file_replaced_at"]
    elif isinstance(row, GoalRemark):
        row.text, row.taken_back_at = "", timezone.now()
        names += ["taken_back_at"]
    _save(row, by, "reported_at", "removed_because", *names)
    if file:
        files.remove(file=file)
    mail.author_text_removed(row)
    return row


def _save(row: Reportable, by: Actor, *names: str) -> None:
    subject = row.of_enrolment.student.public_id
    changes.save(row, by=by.person_id, subject=subject, update_fields=names)


def _ensure_read(row: Reportable, read: str | None) -> None:
    """What was read is what stands there; feedback is never written over."""
    if isinstance(row, Versioned):
        versions.ensure(read, row)


def _locked(row: Reportable) -> Reportable:
    """The row under a lock, with the parties of its enrolment; also in a plan that is closed."""
    if isinstance(row, WorkSituation):
        return locked_situation(row.pk)
    if not isinstance(row, Evidence | GoalRemark):
        raise TypeError(type(row))
    plan = locked_even_closed(row.goal.plan_id)
    found = type(row).objects.select_related("goal").get(pk=row.pk)
    found.goal.plan = plan
    return found
