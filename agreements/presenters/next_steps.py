"""What waits for someone around agreements: to sign, to complete, to record."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import rules
from agreements.enums import VersionKind
from agreements.models import Agreement
from agreements.presenters.versions import amend_url
from agreements.queries import waiting
from agreements.queries.waiting import SIGNERS_TURN
from core.dates import today
from core.readlog import unseen
from partnerships.actors import Actor
from ui.next_steps import NextStep

KIND = "agreement"


@unseen()
def for_student(actor: Actor) -> list[NextStep]:
    """Own agreements to sign."""
    return [
        _signing(row, format_lazy(_("Your practice agreement with {name}."), name=_employer(row)))
        for row in waiting.of_student(person=actor.person_id)
    ]


@unseen()
def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Agreements to sign for this employer, for whoever signs there, and those that name someone who left."""
    signs = bool(rules.signs_as_employer(actor, organisation_id))
    if not signs and organisation_id not in actor.employer_organisations:
        return []
    found = waiting.of_employer(signs, organisation=organisation_id)
    return [_signing(row, _whose(row)) if signs and row.waits else _left(row) for row in found]


@unseen()
def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Of own cohorts: placements without a contract, drafts to complete, what to sign and what else to record."""
    signs = bool(rules.signs_as_school(actor, organisation_id))
    rows = waiting.of_teacher(signs, cohorts=actor.cohorts_at(organisation_id))
    school = next((role.slug for role in actor.held if role.organisation_id == organisation_id), "")
    return [
        _left(row) if row.names_gone and _can_wait(row, signs) else _school_step(row, school) for row in rows
    ]


def _can_wait(row: Agreement, signs: bool) -> bool:
    """Whether the text itself asks nothing of this reader before the names in it."""
    return row.turn not in {"ask", *(SIGNERS_TURN if signs else ())}


def _school_step(row: Agreement, school: str) -> NextStep:
    """The one act that the school has to do now."""
    if row.turn == "contract":
        return _step(row, _("Make a next practice agreement: there is none from now on"))
    if row.turn == "ask" and row.is_change:
        return _step(row, _("Ask for signatures under the change of a practice agreement"))
    if row.turn == "ask":
        page = reverse("agreements:agreements-ask", args=[school])
        step = _step(row, _("Check the practice agreement and ask for signatures"))
        return replace(step, many_url=f"{page}?rij=alle")
    if row.turn == "sign":
        return _signing(row, _whose(row))
    if row.turn == "paper":
        return _paper(row)
    step = _step(row, _("An agreement is waiting for an accreditation"))
    return replace(step, button=_("See what is missing"), icon="certificate")


def _step(row: Agreement, title: Promise) -> NextStep:
    return NextStep(
        title=title,
        text=_whose(row),
        url=row.get_absolute_url(),
        button=_("To the agreement"),
        due=today() if row.is_change else row.placement.starts_on,
        kind=KIND,
        icon="file-text",
        about=row.placement.student.subject,
    )


def _paper(row: Agreement) -> NextStep:
    step = _step(row, _("Record the signature of the legal representative"))
    url = reverse("agreements:agreement-paper", args=[row.public_id])
    return replace(step, url=url, button=_("Record the signature"))


def _left(row: Agreement) -> NextStep:
    """Someone named in it has left: a change of who guides, unless another text waits first."""
    step = _step(row, _("Someone named in a practice agreement has left"))
    if row.open_kind not in {None, VersionKind.TRAINER}:
        return step
    return replace(
        step,
        url=amend_url(row, VersionKind.TRAINER),
        button=_("Change the guidance"),
        due=today(),
        icon="users",
    )


def _signing(row: Agreement, text: str | Promise) -> NextStep:
    change = row.is_change
    return NextStep(
        title=_("Sign the change of the practice agreement") if change else _("Sign the practice agreement"),
        text=text,
        url=reverse("agreements:agreement-sign", args=[row.public_id]),
        button=_("Read and sign"),
        due=today(),
        kind=KIND,
        icon="signature",
        many_url="" if change else f"{reverse('agreements:agreements-sign')}?rij=alle",
        about=row.placement.student.subject,
    )


def _employer(row: Agreement) -> str:
    return row.placement.slot.organisation.name


def _whose(row: Agreement) -> str | Promise:
    return format_lazy(
        _("{student} at {employer}."), student=row.placement.student.full_name, employer=_employer(row)
    )
