"""Of which class the fields of this app are, and how long they are kept."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from core.privacy.declared import (
    COUNTER,
    KEY,
    LINK,
    ORGANISATION,
    REFERENCE,
    AtErasure,
    Hold,
    Keep,
    Personal,
    Term,
    since,
)

_SEAT = "who has a role or a seat stays to be read, without a name: which organisation, as what, and when"
_FORGOTTEN = {"contact": None, "remark": "", "phone": "", "next_step": "", "next_step_on": None}
_NO_CONTACT = Q(**_FORGOTTEN)
_EDITED = {"row_version": COUNTER, "public_id": KEY}  # of a row that people edit, with an address of its own


def lasts(day: dt.date) -> Q:
    """Rows with a period that were not over yet on the day."""
    return Q(ended_at=None) & (Q(ends_on=None) | Q(ends_on__gte=day)) | Q(ended_at__date__gte=day)


PERSONAL = (
    Personal(
        model="partnerships.Organisation",
        none={
            "row_version": COUNTER,
            "slug name kind branches province town description website free_days holiday_region kvk "
            "learning_company_id brin is_published is_example valid_from valid_until successor merged_into": ORGANISATION,
        },
    ),
    Personal(
        model="partnerships.Location",
        none=_EDITED
        | {
            "organisation name municipality neighbourhood pc4 latitude longitude ends_on ended_at merged_into": ORGANISATION
        },
    ),
    Personal(model="partnerships.Theme", none={"slug name": REFERENCE}),
    Personal(
        model="partnerships.PartnershipTheme",
        none=_EDITED | {"partnership root name starts_on ends_on ended_at": ORGANISATION},
    ),
    Personal(
        model="partnerships.Partnership",
        none={
            "row_version": COUNTER,
            "slug name shape summary description provinces municipalities branches is_published is_example starts_on "
            "ends_on ended_at successor proposal_days organisations": ORGANISATION,
        },
    ),
    Personal(
        model="partnerships.Member",
        none={
            "row_version": COUNTER,
            "partnership organisation role join_request replaces starts_on ends_on ended_at rests_on_accepted "
            "coordinates": ORGANISATION,
        },
    ),
    Personal(
        model="partnerships.ActionLine",
        of=["owner"],
        governance="owner",
        none=_EDITED | {"partnership number title goal group theme starts_on ends_on ended_at": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="a line of work of the partnership; who owned it has no name any more",
    ),
    Personal(
        model="partnerships.Affiliation",
        of=["person"],
        governance="person partnership kind organisation starts_on ends_on ended_at voice",
        none={"row_version": COUNTER, "public_id": KEY, "source_id": LINK},
        at_erasure=AtErasure.STAYS,
        why_stays=_SEAT,
    ),
    Personal(
        model="partnerships.Initiative",
        of=["owner"],
        governance="owner",
        at_erasure=AtErasure.STAYS,
        why_stays="an initiative of a partnership; who owned it has no name any more",
        none={
            "row_version": COUNTER,
            "partnership action_line successor slug title kind state stop_reason summary question aim approach lessons "
            "partners_wanted success_measure starts_on ends_on region provinces branches theme_ids "
            "employers schools is_published published_at is_example refreshed_on search themes": ORGANISATION,
        },
    ),
    Personal(
        model="partnerships.InitiativePartner",
        of=["contact"],
        governance="contact",
        none={"row_version": COUNTER, "initiative organisation state role starts_on ends_on": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="an organisation that takes part; whom one asked there has no name any more",
    ),
    Personal(
        model="partnerships.Indicator",
        none=_EDITED
        | {"initiative label unit direction baseline target due_on counts_distance": ORGANISATION},
    ),
    Personal(
        model="partnerships.InitiativeParticipant",
        of=["person"],
        governance="person kind state consented_at starts_on ends_on",
        none={"row_version": COUNTER, "public_id": KEY, "initiative consent": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="that someone took part by the own yes, and as what, without a name",
    ),
    Personal(
        model="partnerships.StoryVersion",
        of=["by"],
        governance="by at",
        none=_EDITED | {"initiative number text image alt state": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="the story of an initiative; who wrote it has no name any more",
    ),
    Personal(
        model="partnerships.Funding",
        of=["plan_owner"],
        governance="plan_owner",
        none=_EDITED
        | {"initiative source amount starts_on ends_on plan plan_due_on continues": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="money of an initiative; who planned what comes after it has no name any more",
    ),
    Personal(
        model="partnerships.Milestone",
        of=["owner"],
        governance="owner",
        none={"row_version": COUNTER, "public_id": KEY, "initiative title due_on state": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="a milestone of the initiative; who answered for it has no name any more",
    ),
    Personal(
        model="partnerships.Measurement",
        of=["by"],
        governance="by at",
        none={"public_id": KEY, "indicator measured_on value note source corrects reason": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="a figure of the initiative; who wrote it down has no name any more",
    ),
    Personal(
        model="partnerships.InitiativeProposal",
        of=["by"],
        governance="by proposed_at",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "partnership organisation title kind summary question aim partners_wanted starts_on ends_on success_measure "
            "state initiative": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays="what an organisation proposed; who wrote it has no name any more",
    ),
    Personal(
        model="partnerships.InitiativeResult",
        of=["by"],
        governance="by at",
        none={
            "public_id": KEY,
            "initiative label value measured_on source corrects reason": ORGANISATION,
        },
        at_erasure=AtErasure.STAYS,
        why_stays="a figure of the initiative; who wrote it down has no name any more",
    ),
    Personal(
        model="partnerships.Call",
        none={
            "row_version": COUNTER,
            "partnership initiative slug title summary text study_year partners_target places_target kick_off_on deadline "
            "state closed_on is_published published_at is_example": ORGANISATION,
        },
    ),
    Personal(
        model="partnerships.SignUp",
        of=["contact"],
        identity="contact remark phone next_step",
        none={
            "row_version": COUNTER,
            "public_id": KEY,
            "call organisation organisation_name places neighbourhood setting condition next_step_on state confirmed_at "
            "created_at": (ORGANISATION),
        },
        at_erasure=AtErasure.BLANKED,
        blank=_FORGOTTEN,
        keeps=[
            Keep(term=Term.UNCONFIRMED, due=since("created_at", confirmed_at=None)),
            Keep(
                term=Term.CALL_CONTACT,
                due=lambda day: since("call__deadline")(day) & ~_NO_CONTACT,
                write=_FORGOTTEN,
            ),
        ],
    ),
    Personal(
        model="partnerships.SavedSearch",
        of=["person"],
        identity="person email language searched query rhythm asked_at confirmed_at stopped_at told_until",
        none={"public_id": KEY},
        keeps=[
            Keep(term=Term.UNCONFIRMED, due=since("asked_at", confirmed_at=None)),
            Keep(term=Term.UNCONFIRMED, due=since("stopped_at")),
        ],
    ),
    Personal(
        model="partnerships.SignUpLine",
        none={"sign_up places neighbourhood setting level": ORGANISATION},
    ),
    Personal(
        model="partnerships.PledgeCondition",
        none=_EDITED | {"sign_up text due_on is_told state": ORGANISATION},
    ),
    Personal(
        model="partnerships.ContactNote",
        of=["sign_up__contact"],
        identity="day kind text by at",
        none={"sign_up": LINK},
        keeps=[Keep(term=Term.CALL_CONTACT, due=since("sign_up__call__deadline"))],
    ),
    Personal(
        model="partnerships.SignUpLink",
        of=["link__person"],
        identity="link sign_up",
        keeps=[Keep(term=Term.CALL_CONTACT, due=since("sign_up__call__deadline"))],
    ),
    Personal(
        model="partnerships.GroupExpectation",
        none={"group organisation perspective number": ORGANISATION},
    ),
    Personal(
        model="partnerships.Membership",
        of=["person"],
        governance="person organisation role starts_on ends_on ended_at",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_SEAT,
    ),
    Personal(
        model="partnerships.Mandate",
        of=["membership__person"],
        governance="membership role kind given_by starts_on ends_on ended_at",
        at_erasure=AtErasure.STAYS,
        why_stays=_SEAT,
    ),
    Personal(
        model="partnerships.MembershipInvitation",
        of=["invitation__person"],
        identity="invitation organisation role also may_consent may_sign",
        none={"public_id": KEY},
    ),
    Personal(
        model="partnerships.Group",
        none=_EDITED
        | {
            "partnership kind name mandate delegates_per_organisation max_size starts_on ends_on ended_at": ORGANISATION
        },
    ),
    Personal(
        model="partnerships.GroupSeat",
        of=["person"],
        governance="group person organisation affiliation invitation perspective is_observer is_chair is_secretary "
        "starts_on ends_on ended_at",
        none={"row_version": COUNTER, "public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays=_SEAT,
    ),
    Personal(
        model="partnerships.JoinRequest",
        of=["partnership_yes_by", "organisation_yes_by"],
        governance="partnership_yes_by partnership_yes_at organisation_yes_by organisation_yes_at",
        none=_EDITED
        | {
            "partnership organisation kind role state asked_at expires_on is_accepted coordinates": ORGANISATION
        },
        at_erasure=AtErasure.STAYS,
        why_stays="an organisation joined by it; who said yes has no name any more",
    ),
    Personal(
        model="partnerships.CooperationVersion",
        none=_EDITED
        | {"partnership number vision starts_on ends_on state asked_at digest signed_on": ORGANISATION},
    ),
    Personal(model="partnerships.CooperationParty", none={"version organisation": ORGANISATION}),
    Personal(
        model="partnerships.Promise",
        none={"public_id": KEY, "version text organisation due_on": ORGANISATION},
    ),
    Personal(
        model="partnerships.CooperationSignature",
        of=["person", "by"],
        governance="party person name function signed_on is_paper by at",
        none={"public_id": KEY},
        at_erasure=AtErasure.STAYS,
        why_stays="an organisation is bound by it; who signed in the portal has no name any more",
    ),
    Personal(
        model="partnerships.Document",
        none=_EDITED | {"partnership group title for_members state": ORGANISATION},
    ),
    Personal(
        model="partnerships.DocumentVersion",
        of=["by"],
        governance="by at",
        none={"document": LINK, "number file file_name": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="a document of the partnership; who put it in has no name any more",
    ),
    Personal(
        model="partnerships.MemberLetter",
        of=["by"],
        governance="by day at",
        none={"public_id": KEY, "partnership group call subject text recipients": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays="what the partnership wrote to many; who wrote it has no name any more",
    ),
    Personal(model="partnerships.ValuationRule", none={"kind unit value starts_on source": REFERENCE}),
    Personal(
        model="partnerships.SocialReturnObligation",
        none=_EDITED
        | {"organisation client title amount percentage contract_sum starts_on ends_on": ORGANISATION},
    ),
    Personal(
        model="partnerships.SocialReturnActivity",
        none=_EDITED
        | {
            "obligation kind what quantity value people starts_on ends_on counts is_of_placements proof "
            "file_name": ORGANISATION
        },
    ),
    Personal(
        model="partnerships.ContactCard",
        of=["person"],
        identity="person line show_line show_phone show_email",
        none={"row_version": COUNTER},
    ),
    Personal(
        model="partnerships.PointOfContact",
        of=["membership__person"],
        governance="membership state asked_at starts_on ends_on ended_at shows_phone shows_email",
        none=_EDITED | {"partnership call initiative organisation": ORGANISATION},
        at_erasure=AtErasure.STAYS,
        why_stays=_SEAT,
    ),
    Personal(
        model="partnerships.RoleRequest",
        of=["person"],
        identity="person organisation state role asked_at expires_on",
        none={"row_version": COUNTER, "public_id": KEY},
        keeps=[Keep(term=Term.TRACE, due=lambda day: since("asked_at")(day) & ~Q(state="open"))],
    ),
)

# A seat rests on a role, on an affiliation or on an enrolment, and is over with it.
HOLDS = (
    Hold(model="partnerships.Membership", person="person", holds=lasts),
    Hold(
        model="partnerships.Affiliation",
        person="person",
        holds=lambda day: lasts(day) & ~Q(kind="student"),
    ),
    Hold(
        model="partnerships.RoleRequest",
        person="person",
        holds=lambda day: Q(expires_on__gte=day),
        stops=False,
    ),
    Hold(
        model="partnerships.SignUp",
        person="contact",
        holds=lambda _day: Q(contact__isnull=False),
        stops=False,
    ),
)
