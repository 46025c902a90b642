"""The state of an agreement in words, with its colour."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.enums import AgreementState, VersionState
from agreements.models import Agreement
from agreements.queries.signers import missing_now
from core.dates import today
from ui.formats import day

STATUS = {
    AgreementState.DRAFT: "todo",
    AgreementState.SIGNING: "wait",
    AgreementState.ACTIVE: "done",
    AgreementState.ENDED: "back",
    AgreementState.COMPLETED: "done",
    AgreementState.LAPSED: "todo",
}


def word_of(agreement: Agreement) -> str | Promise:
    """The state where there is room for a word; of one that was ended early with the day, which may be to come."""
    if agreement.state == AgreementState.ENDED and agreement.ended_on:
        word = _("ends on {day}") if agreement.ended_on >= today() else _("ended on {day}")
        return format_lazy(word, day=day(agreement.ended_on))
    return agreement.get_state_display()


def status_of(agreement: Agreement) -> tuple[str, str | Promise]:
    """Kind and word of the state, with the day where that says more; one that lost its accreditation says so."""
    kind = STATUS[AgreementState(agreement.state)]
    if agreement.state == AgreementState.SIGNING and not missing_now(agreement):
        asked = agreement.pending is not None and agreement.pending.state == VersionState.SIGNING
        return kind, _("waits for the accreditation") if asked else _(
            "not in force: the text is being changed"
        )
    if agreement.has_lost:
        state = agreement.get_state_display()
        return "back", format_lazy(_("{state}, accreditation withdrawn"), state=state)
    if agreement.state == AgreementState.ACTIVE and agreement.agreed:
        begun = agreement.agreed.starts_on <= today()
        word = _("in force since {day}") if begun else _("in force from {day}")
        return kind, format_lazy(word, day=day(agreement.agreed.starts_on))
    return kind, word_of(agreement)


def brief_of(agreement: Agreement) -> str | Promise:
    """The word of the state in a list, where the days stand beside it."""
    _kind, word = status_of(agreement)
    starts = agreement.agreed.starts_on if agreement.agreed else None
    is_in_force = agreement.state == AgreementState.ACTIVE and starts is not None and starts <= today()
    return _("in force") if is_in_force and not agreement.has_lost else word
