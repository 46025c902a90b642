"""What the pages of an agreement show, put together from loaded rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements import documents, rules
from agreements.enums import AgreementState, Signer
from agreements.forms import AgreementForm
from agreements.mail.differences import differences
from agreements.models import Agreement, AgreementVersion
from agreements.presenters.spaces import space_of
from agreements.queries import hours, readiness, signers
from agreements.queries.signers import missing_now
from core import states
from partnerships.actors import Actor
from placements.presenters.accreditations import find_place_url, record_url
from programmes.enums import Route
from ui.components import PartyName, SignParty

STATUS = {
    AgreementState.DRAFT: "todo",
    AgreementState.SIGNING: "wait",
    AgreementState.ACTIVE: "done",
    AgreementState.ENDED: "back",
    AgreementState.COMPLETED: "done",
    AgreementState.LAPSED: "todo",
}
PARTY: dict[Signer, PartyName] = {
    Signer.STUDENT: "student",
    Signer.EMPLOYER: "employer",
    Signer.SCHOOL: "school",
    Signer.REPRESENTATIVE: "representative",
}
ACTIONS: dict[str, Promise] = {
    "ask": _("Signatures asked"),
    "change": _("Changed"),
    "activate": _("Active: everyone has signed"),
    "end": _("Ended early"),
    "complete": _("Completed"),
    "lapse": _("Lapsed"),
}
# Menu entries of those who have no list of agreements
SECTIONS = {"student": "student-work", "supervisor": "placements:placement-list"}


def status_of(agreement: Agreement) -> tuple[str, str | Promise]:
    """Kind and word of the state; signed by all but without accreditation, and one that lost it, have their own words."""
    kind = STATUS[AgreementState(agreement.state)]
    if agreement.state == AgreementState.SIGNING and not missing_now(agreement):
        return kind, _("waits for the accreditation")
    if agreement.has_lost:
        state = agreement.get_state_display()
        return "back", format_lazy(_("{state}, accreditation withdrawn"), state=state)
    return kind, agreement.get_state_display()


def strip_of(agreement: Agreement, version: AgreementVersion | None) -> list[SignParty]:
    """Who has signed a version; asked only where it is the one being signed."""
    if version is None:
        return []
    signatures = {item.signer: item for item in version.signatures.all()}
    asked = agreement.state == AgreementState.SIGNING and version.pk == agreement.current_id
    parties = []
    for signer in signers.needed(agreement, list(signatures.values())):
        found = signatures.get(signer)
        if found:
            word = _("Signed on paper") if found.is_paper else ""
            parties.append(SignParty(PARTY[signer], "ok", found.name, found.signed_on, word))
        else:
            parties.append(SignParty(PARTY[signer], "wait" if asked else "none"))
    return parties


def history_of(agreement: Agreement) -> list[dict[str, Any]]:
    """What happened, newest first: who, when and why."""
    return [
        {"word": ACTIONS[item.action], "by": item.by, "at": item.at, "reason": item.reason}
        for item in reversed(states.history(agreement))
    ]


def school_notes(agreement: Agreement) -> dict[str, Any]:
    """What the school must mend: before asking, or where nobody can sign."""
    version = agreement.current
    if version is None:
        return {"problems": [], "nobody": []}
    if agreement.state == AgreementState.DRAFT:
        return {"problems": readiness.problems(agreement, version), "nobody": []}
    if agreement.state != AgreementState.SIGNING:
        return {"problems": [], "nobody": []}
    # A legal representative signs on paper, so it is no fault that nobody can in the portal.
    missing = [signer for signer in missing_now(agreement) if signer != Signer.REPRESENTATIVE]
    people = signers.able_for(agreement) if missing else {}
    return {"problems": [], "nobody": [signer.label for signer in missing if not people[signer]]}


def norm_warnings(agreement: Agreement) -> list[hours.Shortfall]:
    """Study years of the newest version with fewer practice hours than the norm."""
    version = agreement.current
    if version is None:
        return []
    return hours.shortfalls(
        route=version.parties.get("route", Route.BBL),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        years=version.years,
    )


def detail_context(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """Everything for readers of the text."""
    version = agreement.current
    waiting = agreement.state == AgreementState.SIGNING and version is not None and not missing_now(agreement)
    older = agreement.asked_before(version) if version else None
    signs = rules.can_sign(actor, agreement)
    return {
        **state_context(actor, agreement),
        "version": version,
        "groups": documents.sections(version) if version else [],
        "parties": documents.party_rows(version) if version else [],
        "differences": differences(version, older) if version else [],
        "older": older,
        "lost": agreement.has_lost,
        "find_place_url": find_place_url(agreement.placement)
        if agreement.has_lost and agreement.is_taught
        else "",
        "record_url": _record_url(agreement) if agreement.is_taught else "",
        "accreditation": readiness.accredited(agreement, version.starts_on) if waiting and version else None,
        "shortfalls": norm_warnings(agreement),
        "history": history_of(agreement),
        "versions": agreement.versions.all(),
        "may_sign": signs,
        "may_change": rules.can_change(actor, agreement),
        "may_ask": rules.can_ask(actor, agreement),
        "may_record": rules.can_record_paper(actor, agreement) if missing_now(agreement) else None,
        "may_end": rules.can_end(actor, agreement),
        "notes": school_notes(agreement) if agreement.is_taught else None,
    }


def _record_url(agreement: Agreement) -> str:
    placement = agreement.placement
    return record_url(placement.enrolment.cohort.programme.school.slug, placement.slot.organisation.slug)


def version_context(
    actor: Actor, agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None
) -> dict[str, Any]:
    """One version beside the one before it."""
    return state_context(actor, agreement) | {
        "version": version,
        "older": older,
        "differences": differences(version, older),
        "strip": strip_of(agreement, version),
        "groups": documents.sections(version),
        "parties": documents.party_rows(version),
        "is_newest": version.pk == agreement.current_id,
    }


def change_context(
    actor: Actor, agreement: Agreement, form: AgreementForm, years: Iterable[str]
) -> dict[str, Any]:
    """The form with its hours per study year, and who has signed what would be replaced."""
    return state_context(actor, agreement) | {
        "form": form,
        "hour_fields": [form[name] for name in years],
        "signed": agreement.current.signatures.all() if agreement.current else (),
    }


def state_context(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """What a coordinator may see too: whose it is, its state and who signed."""
    kind, word = status_of(agreement)
    space = space_of(actor, agreement)
    list_url = _list_url(space, agreement)
    return {
        "agreement": agreement,
        "space": space,
        "is_own": rules.is_student(actor, agreement),
        "status_kind": kind,
        "status_word": word,
        "strip": strip_of(agreement, agreement.current),
        "asks_representative": agreement.state == AgreementState.SIGNING
        and Signer.REPRESENTATIVE in missing_now(agreement),
        "list_url": list_url,
        "belongs_under": list_url or (reverse(SECTIONS[space]) if space in SECTIONS else ""),
    }


def _list_url(space: str, agreement: Agreement) -> str:
    """The list this reader came from, for the crumbs."""
    placement = agreement.placement
    if space == "teacher":
        school = placement.enrolment.cohort.programme.school
        return reverse("agreements:agreement-school-list", args=[school.slug])
    if space == "employer":
        return reverse("agreements:agreement-employer-list", args=[placement.slot.organisation.slug])
    return ""


def open_parties(agreement: Agreement, parties: tuple[Signer, ...]) -> tuple[Signer, ...]:
    """Of the parties someone signs for, those that have not signed yet."""
    missing = missing_now(agreement)
    return tuple(party for party in parties if party in missing)
