"""An agreement waits for a signature: 3, 7 and 14 working days after it was asked, then it stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from agreements.enums import Signer, VersionState
from agreements.models import Agreement, AgreementVersion
from agreements.queries import signers
from core.dates import local_day
from core.reminding.ladders import Calendar, Due, Rung, due_rungs, in_days
from core.reminding.waiting import Item, Told, Waiting

LADDER = (
    Rung("working-day-3", 3, working=True),
    Rung("working-day-7", 7, working=True),
    Rung("working-day-14", 14, working=True),
)


class AgreementSignature:
    """A party has not signed: its people who can are reminded.

    For a legal representative those are who sign for the school: they record the signature from paper.
    """

    kind = "agreement_signature"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(LADDER, calendar)
        waiting = AgreementVersion.objects.filter(in_days("waits_since", due), state=VersionState.SIGNING)
        by_employer = waiting.order_by("agreement__placement__slot__organisation", "agreement")
        keys = by_employer.values_list("agreement", flat=True)
        return Waiting(keys, Agreement.objects.for_list().order_by(), lambda rows: _pairs(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "agreements/mail/signer_agreement_waiting.txt", items, kind=self.kind)


def _pairs(rows: list[Agreement], due: Due) -> Iterator[Told]:
    people = signers.able(rows)
    for row in rows:
        version = row.pending
        if version is None or version.waits_since is None:
            continue
        rung = due.get(local_day(version.waits_since))
        if rung is None:
            continue
        for signer in signers.missing_now(row):
            on_paper = signer == Signer.REPRESENTATIVE
            recipients = people[row.pk][Signer.SCHOOL if on_paper else signer]
            subject = f"version:{version.pk}" + (":paper" if on_paper else "")
            for person in recipients:
                item = Item(subject, rung, _words(row, person, signer, version.waits_since))
                yield person, _overview(row, signer), item


def _words(row: Agreement, person: Person, signer: Signer, asked_at: datetime) -> dict[str, Any]:
    on_paper = signer == Signer.REPRESENTATIVE
    return {
        "student": row.placement.student.full_name,
        "student_first": row.placement.student.first_name,
        "employer": row.placement.slot.organisation.name,
        "is_own": row.placement.student.person_id == person.pk,
        "on_paper": on_paper,
        "is_change": row.is_change,
        "asked_on": local_day(asked_at),
        "path": reverse(
            "agreements:agreement-paper" if on_paper else "agreements:agreement-sign", args=[row.public_id]
        ),
        "overview": _overview(row, signer),
    }


def _overview(row: Agreement, signer: Signer) -> str:
    """Where someone with several of them finds them together."""
    if signer == Signer.EMPLOYER:
        return reverse("agreements:agreement-employer-list", args=[row.placement.slot.organisation.slug])
    if signer == Signer.STUDENT:
        return row.get_absolute_url()
    school = row.placement.enrolment.cohort.programme.school
    return reverse("agreements:agreement-school-list", args=[school.slug])


REMINDERS = (AgreementSignature(),)
