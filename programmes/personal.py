"""Of which class the fields of this app are."""

from __future__ import annotations

from core.privacy.declared import COUNTER, KEY, LINK, ORGANISATION, REFERENCE, AtErasure, Personal

_STAYS = "a fact about organisations and programmes; the person who is named in it has no name any more"

PERSONAL = (
    Personal(
        model="programmes.QualificationFile",
        none={"crebo name valid_from valid_until source is_example": REFERENCE},
    ),
    Personal(model="programmes.Qualification", none={"file crebo name level": REFERENCE}),
    Personal(model="programmes.CoreTask", none={"qualification code title": REFERENCE}),
    Personal(
        model="programmes.CohortRequest",
        of=["asked_by"],
        governance="asked_by",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "programme name starts_on capacity remark state cohort decline_reason": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_STAYS,
    ),
    Personal(model="programmes.Difference", none={"need work_process": LINK}),
    Personal(model="programmes.WorkProcess", none={"core_task code number title": REFERENCE}),
    Personal(
        model="programmes.AccreditationCheck",
        of=["by"],
        governance="by recorded_at",
        none={
            "public_id": KEY,
            "school organisation crebo learning_company_id status valid_from valid_until checked_on source proof corrects "
            "reason": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays=_STAYS,
    ),
    Personal(
        model="programmes.Programme",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "school partnership initiative name route contract_hours school_days is_switcher is_example "
            "qualifications": ORGANISATION,
        },
    ),
    Personal(
        model="programmes.Cohort",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "programme name starts_on ends_on capacity school_weekday": ORGANISATION,
        },
    ),
    Personal(
        model="programmes.CohortTeacher",
        of=["membership__person"],
        governance="cohort membership is_lead starts_on ends_on ended_at",
        at_erasure=AtErasure.STAYS,
        why_stays=_STAYS,
    ),
    Personal(
        model="programmes.ProgrammePartnership",
        none={"starts_on ends_on ended_at programme partnership": ORGANISATION},
    ),
    Personal(
        model="programmes.PartnerEmployer",
        none={"starts_on ends_on ended_at programme organisation": ORGANISATION},
    ),
    Personal(
        model="programmes.Session",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "cohort kind theme place bring starts_at ends_at material work_processes": ORGANISATION,
        },
    ),
)
