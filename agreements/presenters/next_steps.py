"""What waits for someone around agreements: to sign, to complete, to record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import rules
from agreements.enums import Signer, VersionKind
from agreements.models import Agreement, AgreementQuerySet
from agreements.presenters.versions import amend_url
from agreements.queries.due import without_contract
from agreements.queries.named import names_someone_gone, open_kind
from agreements.queries.signers import schools_turn, turn, waits_for
from core.dates import today
from core.readlog import unseen
from partnerships.actors import Actor
from ui.next_steps import MOST, NextStep

KIND = "agreement"
SIGNERS_TURN = ("sign", "paper")  # what only whoever signs for the school does
STUDENT = [
    f"placement__student__{column}"
    for column in ("public_id", "person__first_name", "person__name_prefix", "person__last_name")
]


@unseen()
def for_student(actor: Actor) -> list[NextStep]:
    """Own agreements to sign."""
    own = Agreement.objects.filter(placement__student__person=actor.person_id)
    return [
        _signing(row, format_lazy(_("Your practice agreement with {name}."), name=_employer(row)))
        for row in _few(own.filter(waits_for(Signer.STUDENT)))
    ]


@unseen()
def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Agreements to sign for this employer, for whoever signs there, and those that name someone who left."""
    signs = rules.signs_as_employer(actor, organisation_id)
    if not signs and organisation_id not in actor.employer_organisations:
        return []
    own = Agreement.objects.filter(placement__slot__organisation=organisation_id)
    left, waits = names_someone_gone() & Q(activated_at__isnull=False), waits_for(Signer.EMPLOYER)
    found = _few(own.filter(left | waits if signs else left).annotate(**_names(), **{"waits": waits}))
    return [_signing(row, _whose(row)) if signs and row.waits else _left(row) for row in found]


@unseen()
def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Of own cohorts: placements without a contract, drafts to complete, what to sign and what else to record."""
    rows = (
        Agreement.objects.filter(
            schools_turn() | names_someone_gone() | Q(pk__in=without_contract().values("pk"))
        )
        .filter(placement__enrolment__cohort__programme__school=organisation_id)
        .taught_by(actor)
        .with_taught(actor)
        .annotate(**_names(), **{"turn": turn()})  # by its name: the type of the row says that it has one
    )
    signs = rules.signs_as_school(actor, organisation_id)
    if not signs:
        rows = rows.exclude(Q(turn__in=SIGNERS_TURN, names_gone=False))
    a_change_is_due_today = Case(
        When(activated_at__isnull=False, then=Value(today())), default="placement__starts_on"
    )
    urgent = rows.for_list().prefetch_related(None).order_by(a_change_is_due_today, "pk")
    return [
        _left(row) if row.names_gone and _can_wait(row, signs) else _school_step(row) for row in urgent[:MOST]
    ]


def _names() -> dict[str, Any]:
    """Whether the text that counts next names someone who left, and what kind of text waits."""
    return {"names_gone": names_someone_gone(), "open_kind": open_kind()}


def _can_wait(row: Agreement, signs: bool) -> bool:
    """Whether the text itself asks nothing of this reader before the names in it."""
    return row.turn not in {"ask", *(SIGNERS_TURN if signs else ())}


def _few(rows: AgreementQuerySet) -> list[Agreement]:
    """Only with what a step says: this runs on every first page."""
    shown = rows.select_related("placement__slot__organisation", "placement__student__person").only(
        "public_id", "activated_at", "placement__slot__organisation__name", *STUDENT
    )
    return list(shown.order_by("pk")[:MOST])


def _school_step(row: Agreement) -> NextStep:
    """The one act that the school has to do now."""
    if row.turn == "contract":
        return _step(row, _("Make a next practice agreement: there is none from now on"))
    if row.turn == "ask" and row.is_change:
        return _step(row, _("Ask for signatures under the change of a practice agreement"))
    if row.turn == "ask":
        school = row.placement.enrolment.cohort.programme.school.slug
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
