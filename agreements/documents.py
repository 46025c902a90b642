"""PDFs of this app: the texts that go into them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.enums import AgreementState, Signer, VersionState
from agreements.models import Agreement, AgreementVersion, Signature
from agreements.queries import signers
from core.dates import study_year_label
from core.text import unaccented
from ui import formats, pdf
from ui.components import SummaryRow
from ui.formats import day, number

TEMPLATE = "agreements/agreement.typ"
LANGUAGE = "nl"  # a Dutch document between Dutch parties, whoever downloads it
Section = tuple[str | Promise, list[SummaryRow]]


def sections(version: AgreementVersion) -> list[Section]:
    """The four mandatory groups of contents (WEB article 7.2.8 lid 2), for page and PDF alike."""
    spread = [SummaryRow(study_year_label(year), _hours(value)) for year, value in version.years]
    period = [
        SummaryRow(_("Start"), day(version.starts_on)),
        SummaryRow(_("End"), day(version.ends_on)),
        *_week(version),
        SummaryRow(_("Practice hours in total"), _hours(version.total_hours)),
        *(spread if len(spread) > 1 else []),
    ]
    if version.breaks:
        pauses = [_("%(first)s to %(last)s") % {"first": day(a), "last": day(b)} for a, b in version.pauses]
        period.append(SummaryRow(_("Interruptions"), "\n".join(pauses)))
    if version.hours_reason:
        period.append(
            SummaryRow(_("Why there are fewer hours than the norm"), version.hours_reason, typed=True)
        )
    return [
        (_("Period and hours"), period),
        (
            _("Guidance"),
            [
                SummaryRow(_("Practice trainer"), version.practice_trainer),
                SummaryRow(_("Contact at the school"), version.school_contact),
                SummaryRow(_("How"), version.guidance, typed=True),
            ],
        ),
        (
            _("Learning and assessment"),
            [
                SummaryRow(_("What the student learns"), version.content, typed=True),
                SummaryRow(_("How that is assessed"), version.assessment, typed=True),
            ],
        ),
        (_("Stopping early"), [SummaryRow(_("When and how"), version.ending, typed=True)]),
    ]


def _week(version: AgreementVersion) -> list[SummaryRow]:
    """The hours a week and the days, as far as they are fixed."""
    rows = []
    if version.minutes_per_week:
        rows.append(SummaryRow(_("Hours a week"), formats.hours(version.minutes_per_week)))
    if version.week:
        rows.append(SummaryRow(_("Working days"), formats.week(version.week)))
    return rows


def party_rows(version: AgreementVersion) -> list[SummaryRow]:
    """Who agree, and on which programme, as they were called when the version was made."""
    parties = version.parties
    qualifications = "\n".join(
        _("%(name)s, level %(level)s (crebo %(crebo)s)") % item for item in parties.get("qualifications", [])
    )
    rows = [
        SummaryRow(_("Student"), parties.get("student", "")),
        SummaryRow(_("Employer"), parties.get("employer", ""), typed=True),
        SummaryRow(_("Workplace"), parties.get("location", ""), typed=True),
        SummaryRow(_("Learning company ID"), parties.get("learning_company_id", "")),
        SummaryRow(_("School"), parties.get("school", ""), typed=True),
        SummaryRow(_("Programme"), parties.get("programme", ""), typed=True),
        SummaryRow(_("Qualifications"), qualifications, typed=True),
    ]
    return [row for row in rows if row.value != ""]


def _hours(value: int) -> str:
    return _("%(hours)s hours") % {"hours": number(value)}


def file_name(agreement: Agreement, version: AgreementVersion) -> str:
    """Plain letters only, so that no header or file system stumbles over a name."""
    student = re.sub(r"[^a-z0-9]+", "-", unaccented(agreement.placement.student.full_name)).strip("-")
    return f"praktijkovereenkomst-{student or 'student'}-versie-{version.number}.pdf"


def agreement_pdf(agreement: Agreement, version: AgreementVersion) -> bytes:
    """One version as an accessible PDF (PDF/UA-1); needs its signatures loaded."""
    with translation.override(LANGUAGE):
        data = _contents(agreement, version)
    return pdf.made(TEMPLATE, data)


def _contents(agreement: Agreement, version: AgreementVersion) -> dict[str, Any]:
    parties = version.parties
    signatures = version.standing
    return {
        "language": LANGUAGE,
        "brand": "Leerpact",
        "title": _("Practice agreement (POK)"),
        "author": str(parties.get("school", "")),
        "description": _("Practice agreement of %(student)s, version %(number)s")
        % {"student": parties.get("student", ""), "number": version.number},
        "lead": _("%(student)s at %(employer)s, with %(school)s")
        % {key: parties.get(key, "") for key in ("student", "employer", "school")},
        "example": _("Example data: not a real agreement") if parties.get("is_example") else "",
        "status": status_of(agreement, version),
        "version": _("Version %(number)s, made on %(day)s")
        % {"number": version.number, "day": day(version.created_at)},
        "footer": _(
            "Practice agreement of %(student)s, version %(number)s. Checksum (SHA-256) of the contents:"
        )
        % {"student": parties.get("student", ""), "number": version.number},
        "digest": version.digest,
        "page": _("Page"),
        "sections": [
            _section(_("Who makes this agreement?"), party_rows(version)),
            *(_section(title, rows) for title, rows in sections(version)),
        ],
        "signing": {
            "title": _("Signatures"),
            "head": [_("Party"), _("Name"), _("Signed on"), _("Method")],
            "rows": [_signature(signer, signatures) for signer in signers.needed(agreement, signatures)],
            "note": _(
                "Each signature belongs to this version. A change makes a new version that everyone signs again; "
                "the checksum then differs."
            ),
        },
    }


def _section(title: str | Promise, rows: Iterable[SummaryRow]) -> dict[str, Any]:
    shown = [
        {"label": str(row.label), "value": pdf.blocks(str(row.value))} for row in rows if row.value != ""
    ]
    return {"title": str(title), "rows": shown}


def status_of(agreement: Agreement, version: AgreementVersion) -> str:
    """Whether this text holds, held or never did, and from when until when."""
    if version.state == VersionState.SIGNED and version.holds is not None:
        if version.holds.isempty:
            return _("Signed by all, and replaced before it came into force")
        first, last = version.holds.lower, version.holds.upper - timedelta(days=1)
        if agreement.state == AgreementState.ENDED and last == agreement.ended_on:
            return _("In force from %(first)s, ended early on %(last)s") % {
                "first": day(first),
                "last": day(last),
            }
        return _("In force from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if version.state in {VersionState.WITHDRAWN, VersionState.LAPSED}:
        return _("Never in force: not everyone signed this version")
    return _("Not in force: not everything that is needed is there yet")


def _signature(signer: Signer, signatures: Iterable[Signature]) -> dict[str, Any]:
    found = next((item for item in signatures if item.signer == signer), None)
    label = str(signer.label).capitalize()
    if found is None:
        return {"signed": False, "cells": [label, "", "", _("not signed")]}
    cells = [label, found.name, day(found.signed_on), str(found.get_method_display())]
    return {"signed": True, "cells": cells}
