"""What the pages of an agreement show, put together from loaded rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import documents, rules
from agreements.enums import OPEN_AGREEMENT, Signer, VersionKind, VersionState
from agreements.forms.texts import AgreementForm
from agreements.mail.differences import differences
from agreements.models import Agreement, AgreementVersion, Signature
from agreements.presenters.contacts import asks_of
from agreements.presenters.spaces import space_of
from agreements.presenters.status import brief_of, status_of
from agreements.presenters.versions import (
    Shift,
    WeekStrip,
    in_words,
    kinds_of,
    other_kinds_of,
    parts_of,
    shift_of,
    weeks_of,
)
from agreements.queries import hours, readiness, signers, terms
from agreements.queries.history import changes_of
from agreements.queries.named import left_from
from agreements.queries.signers import missing_now
from core import states
from core.dates import today
from partnerships.actors import Actor
from placements.presenters.accreditations import find_place_url, record_url
from programmes.enums import Route
from ui.components import PartyName, SignParty, SummaryRow
from ui.formats import day

PARTY: dict[Signer, PartyName] = {
    Signer.STUDENT: "student",
    Signer.EMPLOYER: "employer",
    Signer.SCHOOL: "school",
    Signer.REPRESENTATIVE: "representative",
}
# What a reader hears of the agreement itself, and of its texts; the rest happens along with one of these
ACTIONS: dict[str, Promise] = {
    "activate": _("Active: everyone has signed"),
    "end": _("Ended early"),
    "undo": _("The end was taken back"),
    "complete": _("Completed"),
    "resume": _("Goes on after all"),
    "lapse": _("Lapsed"),
}
TEXT_ACTIONS: dict[str, Promise] = {
    "ask": _("Signatures asked"),
    "sign": _("Signed by everyone"),
    "object": _("A signature was disputed"),
    "void": _("A signature was disputed: this text does not count"),
    "withdraw": _("Withdrawn"),
    "decline": _("Not signed"),
}
# Menu entries of those who have no list of agreements
SECTIONS = {"student": "student-work", "supervisor": "placements:placement-list"}


def strip_of(version: AgreementVersion | None) -> list[SignParty]:
    """Who has signed a text; asked only where it is the one being signed."""
    if version is None:
        return []
    standing = {item.signer: item for item in version.standing}
    asked = version.state == VersionState.SIGNING
    parties = []
    for signer in signers.needed(version.agreement, list(standing.values())):
        if found := standing.get(signer):
            word = _("Signed on paper") if found.is_paper else ""
            parties.append(SignParty(PARTY[signer], "ok", found.name, found.signed_on, word))
        else:
            parties.append(SignParty(PARTY[signer], "wait" if asked else "none"))
    return parties


def history_of(agreement: Agreement) -> list[dict[str, Any]]:
    """What happened, newest first: what, to which version, who, when and why."""
    numbers = {str(text.pk): text.number for text in agreement.versions.all()}
    lines = []
    for change in changes_of(agreement):
        own = change.model == Agreement._meta.label_lower
        word = (ACTIONS if own else TEXT_ACTIONS).get(change.action)
        if word is not None:
            number = None if own else numbers.get(change.object_id)
            lines.append({"word": word, "number": number, "change": change})
    return lines


def school_notes(agreement: Agreement) -> dict[str, Any]:
    """What the school must mend: before asking, or where nobody can sign."""
    pending = agreement.pending
    if pending is None:
        return {"problems": [], "nobody": []}
    if pending.state == VersionState.DRAFT:
        return {"problems": readiness.problems(pending), "nobody": []}
    # A legal representative signs on paper, so it is no fault that nobody can in the portal.
    missing = [signer for signer in missing_now(agreement) if signer != Signer.REPRESENTATIVE]
    people = signers.able_for(agreement) if missing else {}
    return {"problems": [], "nobody": [signer.label for signer in missing if not people[signer]]}


def norm_warnings(version: AgreementVersion | None) -> list[hours.Shortfall]:
    """Study years of a text with fewer practice hours than the norm."""
    if version is None:
        return []
    return hours.shortfalls(
        route=version.parties.get("route", Route.BBL),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        years=version.years,
    )


def detail_context(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """Everything for readers of the text: what is in force beside what is asked, and what one can do."""
    pending = agreement.pending
    if pending is not None:
        terms.refresh(pending)
    shown = agreement.shown
    waiting = pending is not None and pending.state == VersionState.SIGNING and not missing_now(agreement)
    is_own = rules.is_student(actor, agreement)
    return {
        **state_context(actor, agreement),
        "version": shown,
        "words": in_words(agreement, shown, is_own=is_own) if shown else "",
        "sides": sides_of(agreement),
        "signed": strip_of(agreement.agreed or pending),
        "parts": parts_of(shown) if shown else [],
        "renamed": terms.renamed(shown) if shown else [],
        "left": left_from(agreement),
        "disputed": disputed_in(agreement),
        "lost": agreement.has_lost,
        "find_place_url": find_place_url(agreement.placement)
        if agreement.has_lost and agreement.is_taught
        else "",
        "record_url": _record_url(agreement) if agreement.is_taught else "",
        "grounds": readiness.grounds_for(actor, agreement.agreed),
        "accreditation": readiness.accredited(pending) if waiting and pending else None,
        "shortfalls": norm_warnings(pending or shown),
        "history": history_of(agreement),
        "versions": [text for text in agreement.texts if text.asked_at],
        "notes": school_notes(agreement) if agreement.is_taught else None,
        "asks_of": asks_of(agreement, actor),
        **acts_of(actor, agreement),
    }


def disputed_in(agreement: Agreement) -> list[tuple[AgreementVersion, Signature]]:
    """The signatures that someone objected to under the newest text, as long as no other stands in their place."""
    found = [(text, item) for text in agreement.texts[:1] for item in text.signatures.all() if item.is_void]
    return [(text, item) for text, item in found if item.signer not in {one.signer for one in text.standing}]


def _record_url(agreement: Agreement) -> str:
    placement = agreement.placement
    return record_url(placement.enrolment.cohort.programme.school.slug, placement.slot.organisation.slug)


def acts_of(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """What this reader can do now."""
    is_open = agreement.state in OPEN_AGREEMENT
    has_open = is_open or agreement.placement.agreements.open().exists()
    last = None if is_open else states.last_act(agreement)
    may_amend = rules.can_amend(actor, agreement)
    return {
        "may_sign": rules.can_sign(actor, agreement),
        "may_ask": rules.can_ask(actor, agreement),
        "may_change": rules.can_change(actor, agreement),
        "may_withdraw": rules.can_withdraw(actor, agreement),
        "may_record": rules.can_record_paper(actor, agreement) if missing_now(agreement) else None,
        "may_end": rules.can_end(actor, agreement),
        "may_take_back": rules.can_take_back_end(actor, agreement, last),
        "may_follow_up": rules.can_follow_up(actor, agreement, has_open),
        "may_mark_subsidy": rules.can_mark_subsidy(actor, agreement),
        "kinds": kinds_of(agreement) if may_amend else [],
        "other_kinds": other_kinds_of(agreement) if may_amend else [],
    }


@dataclass(frozen=True)
class Side:
    """One text beside the other: when it holds, its week, who signed it, and what it changes when it is to come."""

    version: AgreementVersion
    title: str | Promise
    weeks: list[WeekStrip]
    strip: list[SignParty]
    shift: Shift | None = None
    is_pending: bool = False  # still asked, or made


def sides_of(agreement: Agreement) -> list[Side]:
    """What holds now beside what is agreed for later or asked; one of them where there is only one."""
    now, agreed, pending = agreement.in_force(), agreement.agreed, agreement.pending
    sides = []
    if now is not None:
        sides.append(_side(agreement, now, _("Holds now")))
    if agreed is not None and agreed != now:
        begins = agreed.holds is not None and not agreed.holds.isempty and agreed.holds.lower > today()
        first = agreed.holds.lower if begins and agreed.holds else agreed.starts_on
        title = _("Holds from {day}") if begins else _("Held from {day}")
        shift = shift_of(agreed, now) if begins else None
        sides.append(_side(agreement, agreed, format_lazy(title, day=day(first)), shift))
    if pending is not None:
        if not pending.is_base:
            title = format_lazy(_("Asked from {day}"), day=day(pending.effective_from))
        else:
            title = _("Being made") if pending.state == VersionState.DRAFT else _("Waits for signatures")
        shift = shift_of(pending, agreement.asked_before(pending))
        sides.append(replace(_side(agreement, pending, title, shift), is_pending=True))
    return sides


def _side(
    agreement: Agreement, version: AgreementVersion, title: str | Promise, shift: Shift | None = None
) -> Side:
    return Side(version, title, weeks_of(agreement, version, title), strip_of(version), shift)


def ask_context(actor: Actor, agreement: Agreement, pending: AgreementVersion) -> dict[str, Any]:
    """The text as it will be put to signature, with who can sign it."""
    terms.refresh(pending)
    older = agreement.asked_before(pending)
    people = signers.able_for(agreement)
    asked = [
        (signer.label, [person.full_name for person in people.get(signer, ())])
        for signer in signers.needed(agreement, pending.standing)
    ]
    return version_context(actor, agreement, pending, older) | {"asked": asked}


def withdraw_context(actor: Actor, agreement: Agreement, pending: AgreementVersion) -> dict[str, Any]:
    """A change before it is withdrawn: whose signatures go with it."""
    return state_context(actor, agreement) | {"signed": [item.name for item in pending.signatures.all()]}


def version_context(
    actor: Actor, agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None
) -> dict[str, Any]:
    """One version beside the one it changes."""
    return state_context(actor, agreement) | {
        "version": version,
        "older": older,
        "differences": differences(version, older),
        "strip": strip_of(version),
        "paper": [item for item in version.signatures.all() if item.is_paper],
        "groups": documents.sections(version),
        "parties": documents.party_rows(version),
        "holding": documents.status_of(agreement, version),
    }


def sign_context(actor: Actor, agreement: Agreement, version: AgreementVersion) -> dict[str, Any]:
    """What one signs: the whole text, and what changes in it."""
    older = agreement.asked_before(version)
    return version_context(actor, agreement, version, older)


def change_context(
    actor: Actor, agreement: Agreement, form: AgreementForm, years: Iterable[str]
) -> dict[str, Any]:
    """The form with its hours per study year, and who has signed what would be replaced."""
    return state_context(actor, agreement) | {
        "form": form,
        "hour_fields": [form[name] for name in years],
        "signed": agreement.pending.standing if agreement.pending else (),
    }


def amend_context(actor: Actor, agreement: Agreement, kind: str, agreed: AgreementVersion) -> dict[str, Any]:
    """What a form of a change shows beside its fields: what is so now, what stays, and who signs."""
    pending = agreement.pending
    group = documents.sections(agreed)[GROUP_OF[VersionKind(kind)]][1] if kind in GROUP_OF else []
    place = SummaryRow(_("Location"), str(agreed.location), typed=True)
    return state_context(actor, agreement) | {
        "kind": VersionKind(kind),
        "kinds": kinds_of(agreement, kind),
        "now": [place] if kind == VersionKind.LOCATION else group,
        "signers": who_signs(agreement),
        "signed": pending.standing if pending else (),
        "is_edited": pending is not None,
    }


def who_signs(agreement: Agreement) -> list[tuple[str | Promise, str]]:
    """Each party that must sign, with the people who can; of a representative the portal knows no name."""
    people = signers.able_for(agreement)
    return [
        (party.label, ", ".join(person.full_name for person in people.get(party, [])))
        for party in signers.needed(agreement, ())
    ]


def signed_words(agreement: Agreement) -> str:
    """What one hears who has just signed: that it is done, and whose turn it is now."""
    others = ", ".join(str(party.label) for party in missing_now(agreement))
    if others:
        return gettext("You have signed the agreement. Still to sign: %(others)s.") % {"others": others}
    return gettext("You have signed the agreement. Everyone has signed now.")


# Which of the four groups of the law a kind of change is about
GROUP_OF = {
    VersionKind.PERIOD: 0,
    VersionKind.HOURS: 0,
    VersionKind.BREAK: 0,
    VersionKind.EARLY_END: 0,
    VersionKind.TRAINER: 1,
}


def state_context(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """What a coordinator may see too: whose it is, its state and who signed."""
    kind, word = status_of(agreement)
    space = space_of(actor, agreement)
    list_url = _list_url(space, agreement)
    pending = agreement.pending
    return {
        "agreement": agreement,
        "space": space,
        "is_own": rules.is_student(actor, agreement),
        "status_kind": kind,
        "status_word": word,
        "pending": pending,
        "strip": strip_of(pending or agreement.agreed),
        "asks_representative": Signer.REPRESENTATIVE in missing_now(agreement),
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
    """Of the parties someone signs or records for, those that have not signed yet."""
    missing = missing_now(agreement)
    return tuple(party for party in parties if party in missing)


def other_name(actor: Actor, agreement: Agreement, version: AgreementVersion) -> str:
    """The name under which a student stands in the text, when that is not the name of today."""
    written = str(version.parties.get("student", ""))
    differs = written != agreement.placement.student.full_name
    return written if differs and rules.is_student(actor, agreement) else ""


@dataclass(frozen=True)
class Row:
    """One agreement in a list: its state, the text one reads first, and who has signed what waits."""

    agreement: Agreement
    version: AgreementVersion | None
    kind: str
    word: str | Promise
    brief: str | Promise
    strip: list[SignParty]
    has_change: bool


def row_of(agreement: Agreement) -> Row:
    """A line of a list."""
    kind, word = status_of(agreement)
    pending = agreement.pending
    return Row(
        agreement=agreement,
        version=agreement.shown,
        kind=kind,
        word=word,
        brief=brief_of(agreement),
        strip=strip_of(pending or agreement.agreed),
        has_change=pending is not None and not pending.is_base,
    )
