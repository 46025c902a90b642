"""What waits for a coordinator in one partnership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, CharField, DateField, Q, QuerySet, UUIDField, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models.people import name_at
from accounts.queries.delivery import is_undelivered, undelivered
from accounts.templatetags.delivery import undelivered_words
from core.dates import local_day, today
from core.written import written
from partnerships.enums import JoinRequestKind, MemberRole, PartnerState
from partnerships.models import (
    Initiative,
    InitiativePartner,
    InitiativeProposal,
    MembershipInvitation,
    RoleRequest,
    SignUp,
)
from partnerships.queries import (
    cooperation,
    join_requests,
    sign_ups,
)
from partnerships.queries.initiatives import longest_without_news
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep, by_urgency

if TYPE_CHECKING:
    from partnerships.actors import Actor, OwnPartnership

ANSWER_WITHIN = timedelta(days=7)
STALE_AFTER = timedelta(days=90)


def for_coordinator(
    actor: Actor, partnership_id: int, initiatives: Sequence[Initiative] | None = None
) -> list[NextStep]:
    """Who wants to take part or proposes something and waits for an answer, and initiatives without news.

    The most urgent first. `initiatives` are those of `longest_without_news`, when the caller has read them already.
    Three queries, two when it has. Gives nothing for a partnership that the actor does not coordinate.
    """
    partnership = next((row for row in actor.coordinated if row.partnership_id == partnership_id), None)
    if partnership is None:
        return []
    if initiatives is None:
        initiatives = longest_without_news(partnership=partnership_id)
    return by_urgency(
        [
            *_to_answer_in(partnership),
            *_sign_ups(partnership),
            *_initiatives(partnership, initiatives),
        ]
    )


def for_manager(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Partnerships that invite or ask to sign, people who ask for a role, and invitations that were not delivered.

    One query for a manager there, none for others.
    """
    if not actor.has_role(organisation_id, Role.MANAGER):
        return []
    invited = join_requests.to_answer_by_organisation(organisation_id).values_list(
        _text("invited"), "partnership__name", "role", "public_id", "organisation__slug", "expires_on", "pk"
    )[:MOST]
    asked = (
        RoleRequest.objects.open()
        .filter(organisation=organisation_id)
        .for_list()
        .values_list(
            _text("asked"),
            name_at("person"),
            _text(""),
            "public_id",
            "organisation__slug",
            "expires_on",
            "pk",
        )[:MOST]
    )
    failed = (
        MembershipInvitation.objects.filter(is_undelivered("invitation"), organisation=organisation_id)
        .order_by("pk")
        .values_list(
            _text("failed"),
            name_at("invitation__person"),
            undelivered("invitation"),
            "invitation__person__public_id",
            "organisation__slug",
            TruncDate("invitation__expires_at"),
            "pk",
        )[:MOST]
    )
    to_sign = (
        cooperation.to_sign_by(organisation_id)
        .order_by("pk")
        .values_list(
            _text("to_sign"),
            "version__partnership__name",
            _text(""),
            "version__public_id",
            "version__partnership__slug",
            TruncDate("version__asked_at"),
            "pk",
        )[:MOST]
    )
    wanted = (
        InitiativePartner.objects.to_answer_for(organisation_id)
        .order_by("pk")
        .values_list(
            _text("wanted"),
            "initiative__title",
            "initiative__slug",
            Cast(Value(None), UUIDField()),
            "organisation__slug",
            Cast(Value(None), DateField()),
            "pk",
        )[:MOST]
    )
    make: dict[str, Callable[..., NextStep]] = {
        "invited": _invitation_step,
        "to_sign": _signature_step,
        "wanted": _wanted_step,
        "asked": _role_request_step,
        "failed": _failed_step,
    }
    order = list(make)
    rows = sorted(
        invited.union(to_sign, wanted, asked, failed, all=True),
        key=lambda row: (order.index(row[0]), row[-2:]),
    )
    return [make[kind](*row) for kind, *row, _pk in rows]


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _invitation_step(name: str, role: str, public_id: UUID, _slug: str, expires_on: date) -> NextStep:
    return NextStep(
        title=told(_("Reply to {name}"), name=dutch(name)),
        text=_("Invites your organisation to take part as {role}.").format(role=MemberRole(role).label),
        url=reverse("partnerships:join-request", args=[public_id]),
        button=_("Read the invitation"),
        due=expires_on,
        kind="join_request",
        icon="mail",
        many=_("Answer invitations of partnerships"),
    )


def _signature_step(name: str, _role: str, public_id: UUID, slug: str, _asked_on: date) -> NextStep:
    return NextStep(
        title=told(_("Sign the cooperation agreement of {name}"), name=dutch(name)),
        text=_("It says what the members want together and what each promises."),
        url=reverse("partnerships:cooperation-detail", args=[slug, public_id]),
        button=_("Read the agreement"),
        kind="cooperation",
        icon="pencil",
        many=_("Sign cooperation agreements"),
    )


def _wanted_step(title: str, initiative: str, _none: None, slug: str, _no_day: None) -> NextStep:
    return NextStep(
        title=told(_("Reply to “{title}”"), title=dutch(title)),
        text=_("Your organisation is invited to take part in this initiative."),
        url=reverse("partnerships:initiative-partner", args=[initiative, slug]),
        button=_("Read the invitation"),
        kind="initiative_partner",
        icon="flag-3",
        many=_("Answer invitations to initiatives"),
    )


def _role_request_step(name: str, _role: str, public_id: UUID, slug: str, expires_on: date) -> NextStep:
    return NextStep(
        title=_("Reply to {name}").format(name=name),
        text=_("Asks for a role at your organisation."),
        url=reverse("partnerships:role-request", args=[slug, public_id]),
        button=_("Give a role or decline"),
        due=expires_on,
        kind="role_request",
        icon="user",
        many=_("Reply to role requests"),
    )


def _failed_step(name: str, trouble: str, public_id: UUID, slug: str, expires_on: date) -> NextStep:
    return NextStep(
        title=_("The invitation for {name} could not be delivered").format(name=name),
        text=undelivered_words(trouble),
        url=reverse("partnerships:person-detail", args=[slug, public_id]),
        button=_("Correct or send again"),
        due=expires_on,
        kind="undelivered",
        icon="mail",
        many=_("See which invitations could not be delivered"),
    )


def _sign_ups(partnership: OwnPartnership) -> list[NextStep]:
    """Employers that wait for an answer, and those with whom the day of the next step has come."""
    return [
        _planned(partnership, row) if _is_planned(row) else _unanswered(partnership, row)
        for row in sign_ups.waiting(partnership=partnership.partnership_id)
    ]


def _is_planned(row: SignUp) -> bool:
    return row.next_step_on is not None and row.next_step_on <= today()


def _planned(partnership: OwnPartnership, row: SignUp) -> NextStep:
    return NextStep(
        title=_("{step}: {name}").format(step=row.next_step, name=row.organisation_name),
        text=told(_("The next step with this employer in “{call}”."), call=dutch(row.call.title)),
        url=reverse("partnerships:coordination-sign-up", args=[partnership.slug, row.public_id]) + "#contact",
        button=_("Write down the contact"),
        due=row.next_step_on,
        kind="contact",
        icon="phone",
        many=_("Take the next step with employers"),
    )


def _unanswered(partnership: OwnPartnership, row: SignUp) -> NextStep:
    return NextStep(
        title=_("Reply to {name}").format(name=row.organisation_name),
        text=told(
            ngettext(
                "Offers {places} training place in “{call}”.",
                "Offers {places} training places in “{call}”.",
                row.places,
            ),
            places=row.places,
            call=dutch(row.call.title),
        ),
        url=reverse("partnerships:coordination-sign-up", args=[partnership.slug, row.public_id]),
        button=_("View the sign-up"),
        due=local_day(row.confirmed_at) + ANSWER_WITHIN if row.confirmed_at else None,
        kind="sign_up",
        icon="building-hospital",
        many=_("Reply to sign-ups"),
    )


def _to_answer_in(partnership: OwnPartnership) -> list[NextStep]:
    """Organisations that ask to take part, invited ones for which nobody can answer, initiatives that members propose, then
    organisations that ask to take part in one; one query."""
    make: dict[str, Callable[..., NextStep]] = {
        "joining": _joining_step,
        "nobody": _joining_step,
        "proposed": _proposed_step,
        "asking": _asking_step,
    }
    found = _to_answer(partnership=partnership.partnership_id)
    order = ["joining", "nobody", "proposed", "asking"]
    rows = sorted(found, key=lambda row: (order.index(row[0]) // 2, row[0] == "asking", row[-1]))
    return [
        make[kind](*row, is_invited=kind == "nobody") if make[kind] is _joining_step else make[kind](*row)
        for kind, *row, _pk in rows
    ]


@written
def _to_answer(*, partnership: int) -> QuerySet[Any, Any]:
    joining = (
        join_requests.waiting_in_partnership(partnership)
        .filter(Q(kind=JoinRequestKind.ASKED) | Q(can_act=False))
        .values_list(
            Case(When(kind=JoinRequestKind.ASKED, then=_text("joining")), default=_text("nobody")),
            _text(""),
            "organisation__name",
            "public_id",
            _text(""),
            _text(""),
            "expires_on",
            "pk",
        )[:MOST]
    )
    proposed: QuerySet[Any, Any] = (
        InitiativeProposal.objects.open()
        .filter(partnership=partnership)
        .order_by("proposed_at", "pk")
        .values_list(
            _text("proposed"),
            "title",
            "organisation__name",
            "public_id",
            _text(""),
            _text(""),
            TruncDate("proposed_at"),
            "pk",
        )[:MOST]
    )
    asking = (
        InitiativePartner.objects.filter(state=PartnerState.ASKED, initiative__partnership=partnership)
        .order_by("pk")
        .values_list(
            _text("asking"),
            "initiative__title",
            "organisation__name",
            Cast(Value(None), UUIDField()),
            "initiative__slug",
            "organisation__slug",
            Cast(Value(None), DateField()),
            "pk",
        )[:MOST]
    )
    return joining.union(proposed, asking, all=True)


def _joining_step(
    _title: str,
    organisation: str,
    public_id: UUID,
    _initiative: str,
    _slug: str,
    expires_on: date,
    *,
    is_invited: bool,
) -> NextStep:
    title, text, button = _("Reply to {name}"), _("Asks to take part."), _("Read the request")
    if is_invited:
        title = _("See who can answer for {name}")
        text, button = _("Has been invited, and nobody can answer for it yet."), _("View the invitation")
    return NextStep(
        title=title.format(name=organisation),
        text=text,
        url=reverse("partnerships:join-request", args=[public_id]),
        button=button,
        due=expires_on,
        kind="join_request",
        icon="building-hospital",
        many=_("Invited, and nobody can answer") if is_invited else _("Answer who wants to take part"),
    )


def _proposed_step(
    title: str, organisation: str, public_id: UUID, _initiative: str, _slug: str, day: date
) -> NextStep:
    return NextStep(
        title=told(_("Answer the proposal “{title}”"), title=dutch(title)),
        text=_("{organisation} proposes an initiative.").format(organisation=organisation),
        url=reverse("partnerships:initiative-proposal", args=[public_id]),
        button=_("Read the proposal"),
        due=day + ANSWER_WITHIN,
        kind="initiative_proposal",
        icon="flag-3",
        many=_("Answer proposals for initiatives"),
    )


def _asking_step(
    title: str, organisation: str, _none: None, initiative: str, slug: str, _no_day: None
) -> NextStep:
    return NextStep(
        title=_("Reply to {name}").format(name=organisation),
        text=told(_("Asks to take part in “{title}”."), title=dutch(title)),
        url=reverse("partnerships:initiative-partner", args=[initiative, slug]),
        button=_("Read the request"),
        kind="initiative_partner",
        icon="flag-3",
        many=_("Answer who wants to take part in initiatives"),
    )


def _initiatives(partnership: OwnPartnership, initiatives: Sequence[Initiative]) -> list[NextStep]:
    stale = [row for row in initiatives if row.refreshed_on < today() - STALE_AFTER]
    return [
        NextStep(
            title=told(_("Update “{title}”"), title=dutch(row.title)),
            text=_("Nothing has been written here for three months."),
            url=reverse("partnerships:coordination-initiative", args=[partnership.slug, row.slug]),
            button=_("Update the initiative"),
            kind="initiative",
            icon="flag-3",
            many=_("Update initiatives without news"),
        )
        for row in stale
    ]
