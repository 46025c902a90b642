"""Of people, organisations and their groups: who can act, who sits where, on what that rests."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from partnerships.enums import COORDINATING, EMPLOYER_KINDS, JoinRequestState, OrganisationKind, Perspective
from partnerships.models import (
    CooperationParty,
    CooperationVersion,
    Group,
    GroupSeat,
    Mandate,
    Member,
    Membership,
    Organisation,
    Partnership,
)
from partnerships.models.cooperation import FEWEST_PARTIES, ONCE_SIGNED
from partnerships.models.groups import COUNTS
from portal.invariants.invariant import FIND_SOMEONE, MAKE_ROOM, Statement, holds


@holds("User: belongs to a person", _("Accounts that belong to nobody"))
def accounts_of_nobody() -> Statement:
    return Statement(
        """
        SELECT account.id FROM accounts_user account
        LEFT JOIN accounts_person person ON person.user_id = account.id WHERE person.id IS NULL
        """
    )


@holds("User: closed and opened on record", _("Accounts that were closed or opened without a record of it"))
def accounts_opened_off_record() -> Statement:
    """As far as the record is still there: it is kept for a term, an account may be closed for longer."""
    return Statement(
        """
        SELECT account.id FROM accounts_user account
        JOIN accounts_person person ON person.user_id = account.id
        JOIN (
            SELECT DISTINCT ON (person_id) person_id, kind FROM accounts_securityevent
            WHERE kind IN ('account_closed', 'account_reopened') ORDER BY person_id, id DESC
        ) latest ON latest.person_id = person.id
        WHERE account.is_active <> (latest.kind = 'account_reopened')
        """
    )


@holds(
    "Organisation: managers stay",
    _("Organisations that lost the last one who could manage them"),
    FIND_SOMEONE,
)
def organisations_that_lost_their_managers() -> QuerySet[Any]:
    """Where people have roles and someone managed once, but nobody can now."""
    managers = Membership.objects.filter(organisation=OuterRef("pk"), role=Role.MANAGER)
    managing = Membership.objects.working().filter(organisation=OuterRef("pk"), role=Role.MANAGER)
    working = Membership.objects.working().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(managers), Exists(working), ~Exists(managing))


@holds(
    "Partnership: coordinators stay",
    _("Partnerships without an organisation that coordinates them"),
    FIND_SOMEONE,
)
def partnerships_that_nobody_coordinates() -> QuerySet[Any]:
    leading = Member.objects.running().filter(partnership=OuterRef("pk"), role__in=COORDINATING)
    return Partnership.objects.filter(periods.running(may_lack_start=True), ~Exists(leading))


@holds(
    "Partnership: coordinators stay",
    _("Partnerships that lost the last one who could coordinate them"),
    FIND_SOMEONE,
)
def partnerships_that_lost_their_coordinators() -> QuerySet[Any]:
    """Where someone coordinated once for one of those that lead, but nobody can now."""
    leading = Member.objects.running().filter(partnership=OuterRef(OuterRef("pk")), role__in=COORDINATING)
    once = Membership.objects.filter(role=Role.COORDINATOR, organisation__in=leading.values("organisation"))
    now = Membership.objects.working().filter(
        role=Role.COORDINATOR, organisation__in=leading.values("organisation")
    )
    return Partnership.objects.filter(periods.running(may_lack_start=True), Exists(once), ~Exists(now))


@holds("Member: rests on two yeses", _("Members without a yes of both sides"))
def members_without_two_yeses() -> QuerySet[Any]:
    request = "join_request"
    return Member.objects.filter(ended_at=None).filter(
        ~Q(**{f"{request}__state": JoinRequestState.ACCEPTED})
        | ~Q(**{f"{request}__partnership": F("partnership")})
        | ~Q(**{f"{request}__organisation": F("organisation")})
        | ~Q(**{f"{request}__coordinates": F("coordinates")})
    )


@holds(
    "Mandate: of the role that carries it",
    _("Rights to sign or agree that name another role than carries them"),
)
def mandates_of_another_role() -> QuerySet[Any]:
    return Mandate.objects.filter(~Q(role=F("membership__role")))


@holds("Group: size", _("Groups with more people than they have room for"), MAKE_ROOM)
def overfull_groups() -> QuerySet[Any]:
    """Observers and the secretary do not count."""
    at_the_table = Q(seats__in=GroupSeat.objects.running().filter(COUNTS))
    return Group.objects.annotate(number=Count("seats", filter=at_the_table)).filter(number__gt=F("max_size"))


@holds("Group: size", _("People in a group for an organisation that already has its number there"), MAKE_ROOM)
def overfull_delegations() -> QuerySet[Any]:
    """Observers take no seat."""
    delegates = GroupSeat.objects.running().filter(perspective=Perspective.DELEGATE, is_observer=False)
    same = delegates.filter(group=OuterRef("group"), organisation=OuterRef("organisation")).order_by()
    number = same.values("organisation").annotate(number=Count("pk")).values("number")
    return delegates.annotate(number=Subquery(number)).filter(
        number__gt=F("group__delegates_per_organisation")
    )


@holds(
    "GroupSeat: speaks as the affiliation",
    _("People in a group who speak as another than they are there for"),
)
def seats_of_another_voice() -> QuerySet[Any]:
    return GroupSeat.objects.filter(affiliation__isnull=False).filter(
        ~Q(person=F("affiliation__person")) | ~Q(perspective=F("affiliation__voice"))
    )


@holds(
    "Initiative: partners and themes kept",
    _("Initiatives that are found by other partners or themes than they have"),
)
def initiatives_found_otherwise() -> Statement:
    return Statement(
        """
        SELECT initiative.id FROM partnerships_initiative initiative
        LEFT JOIN (
            SELECT partner.initiative_id, count(*) FILTER (WHERE organisation.kind = ANY(%(employers)s)) AS employers,
                count(*) FILTER (WHERE organisation.kind = %(school)s) AS schools
            FROM partnerships_initiativepartner partner
            JOIN partnerships_organisation organisation ON organisation.id = partner.organisation_id
            WHERE partner.state = 'joined'
            GROUP BY partner.initiative_id
        ) counted ON counted.initiative_id = initiative.id
        LEFT JOIN (
            SELECT initiative_id, array_agg(theme_id ORDER BY theme_id) AS ids
            FROM partnerships_initiative_themes GROUP BY initiative_id
        ) chosen ON chosen.initiative_id = initiative.id
        WHERE (initiative.employers, initiative.schools, initiative.theme_ids)
            <> (coalesce(counted.employers, 0), coalesce(counted.schools, 0), coalesce(chosen.ids, '{}'))
        """,
        {"employers": [kind.value for kind in EMPLOYER_KINDS], "school": OrganisationKind.SCHOOL.value},
    )


@holds(
    "CooperationVersion: signed by all",
    _("Cooperation agreements that count as signed while a party has not signed"),
)
def cooperation_signed_by_too_few() -> QuerySet[Any]:
    signed = CooperationVersion.objects.filter(state__in=ONCE_SIGNED)
    unsigned = CooperationParty.objects.filter(version=OuterRef("pk"), signature__isnull=True)
    counted = signed.annotate(signing=Count("parties"))
    return counted.filter(Exists(unsigned) | Q(signing__lt=FEWEST_PARTIES))


@holds(
    "SignUp: has the places of its lines", _("Sign-ups whose training places are not those of their lines")
)
def sign_ups_with_another_sum() -> Statement:
    return Statement(
        """
        SELECT sign_up.id FROM partnerships_signup sign_up
        LEFT JOIN (SELECT sign_up_id, sum(places) AS places FROM partnerships_signupline GROUP BY sign_up_id) line
            ON line.sign_up_id = sign_up.id
        WHERE sign_up.places IS DISTINCT FROM line.places
        """,
        {},
    )


ALL = (
    accounts_of_nobody,
    accounts_opened_off_record,
    organisations_that_lost_their_managers,
    partnerships_that_nobody_coordinates,
    partnerships_that_lost_their_coordinators,
    members_without_two_yeses,
    mandates_of_another_role,
    overfull_groups,
    overfull_delegations,
    seats_of_another_voice,
    initiatives_found_otherwise,
    cooperation_signed_by_too_few,
    sign_ups_with_another_sum,
)
