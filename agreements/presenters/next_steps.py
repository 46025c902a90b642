"""What waits for someone around agreements: to sign, to complete, to record."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import rules
from agreements.enums import Signer, VersionState
from agreements.models import Agreement, AgreementQuerySet
from agreements.queries.due import without_contract
from agreements.queries.signers import missing_now, schools_turn, waits_for
from core.dates import today
from partnerships.actors import Actor
from ui.next_steps import MOST, NextStep

KIND = "agreement"
NAMES = [f"placement__student__{part}" for part in ("first_name", "name_prefix", "last_name")]


def for_student(actor: Actor) -> list[NextStep]:
    """Own agreements to sign."""
    own = Agreement.objects.filter(placement__student__user=actor.user_id)
    return [
        _signing(row, format_lazy(_("Your practice agreement with {name}."), name=_employer(row)))
        for row in _unsigned(own, Signer.STUDENT)
    ]


def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Agreements to sign for this employer, for whoever signs there."""
    if not rules.signs_as_employer(actor, organisation_id):
        return []
    own = Agreement.objects.filter(placement__slot__organisation=organisation_id)
    return [_signing(row, _whose(row)) for row in _unsigned(own, Signer.EMPLOYER)]


def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Of own cohorts: drafts to complete, agreements to sign, what else the school must record."""
    rows = (
        Agreement.objects.filter(schools_turn())
        .filter(placement__enrolment__cohort__programme__school=organisation_id)
        .taught_by(actor)
        .with_taught(actor)
        .for_list()
        .order_by("placement__starts_on", "pk")[: 2 * MOST]
    )
    bare = (
        without_contract()
        .filter(placement__enrolment__cohort__programme__school=organisation_id)
        .taught_by(actor)
        .for_list()
        .order_by("placement__starts_on", "pk")[:MOST]
    )
    steps = [*map(_contract_step, bare), *(step for row in rows if (step := _school_step(actor, row)))]
    return steps[:MOST]


def _unsigned(rows: AgreementQuerySet, signer: Signer) -> list[Agreement]:
    """Only with what a step says: this runs on every first page."""
    shown = (
        rows.filter(waits_for(signer))
        .select_related("placement__slot__organisation", "placement__student")
        .only("public_id", "placement__slot__organisation__name", *NAMES)
    )
    return list(shown.order_by("pk")[:MOST])


def _contract_step(row: Agreement) -> NextStep:
    """A student who goes on without a contract: the law asks one, so this comes first."""
    return NextStep(
        title=_("Make a next practice agreement: there is none from now on"),
        text=_whose(row),
        url=row.get_absolute_url(),
        button=_("To the agreement"),
        due=row.ended_on or today(),
        kind=KIND,
        icon="file-text",
    )


def _school_step(actor: Actor, row: Agreement) -> NextStep | None:
    """The one act that the school has to do now, if any."""
    pending = row.pending
    if pending is not None and pending.state == VersionState.DRAFT:
        return NextStep(
            title=_("Check the practice agreement and ask for signatures")
            if pending.is_base
            else _("Ask for signatures under the change of a practice agreement"),
            text=_whose(row),
            url=row.get_absolute_url(),
            button=_("To the agreement"),
            due=row.placement.starts_on if pending.is_base else pending.effective_from,
            kind=KIND,
            icon="file-text",
        )
    missing = missing_now(row)
    if rules.can_sign(actor, row):
        return _signing(row, _whose(row))
    if Signer.REPRESENTATIVE in missing:
        return NextStep(
            title=_("Record the signature of the legal representative"),
            text=_whose(row),
            url=reverse("agreements:agreement-paper", args=[row.public_id]),
            button=_("Record the signature"),
            due=row.placement.starts_on,
            kind=KIND,
            icon="file-text",
        )
    if not missing and pending is not None:
        return NextStep(
            title=_("An agreement waits for an accreditation"),
            text=_whose(row),
            url=row.get_absolute_url(),
            button=_("See what is missing"),
            due=row.placement.starts_on,
            kind=KIND,
            icon="certificate",
        )
    return None


def _signing(row: Agreement, text: str | Promise) -> NextStep:
    return NextStep(
        title=_("Sign the practice agreement"),
        text=text,
        url=reverse("agreements:agreement-sign", args=[row.public_id]),
        button=_("Read and sign"),
        due=today(),
        kind=KIND,
        icon="signature",
    )


def _employer(row: Agreement) -> str:
    return row.placement.slot.organisation.name


def _whose(row: Agreement) -> str | Promise:
    return format_lazy(
        _("{student} at {employer}."), student=row.placement.student.full_name, employer=_employer(row)
    )
