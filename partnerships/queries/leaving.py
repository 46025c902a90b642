"""What follows when an organisation leaves a partnership, that is closed, or a role ends: for the page that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.models import ActionLine, GroupSeat, Location, Member, Membership, Partnership
from partnerships.models.action_lines import ActionLineQuerySet
from partnerships.signals import (
    location_closing_considered,
    member_leaving_considered,
    partnership_closing_considered,
    role_leaving_considered,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text

    from partnerships.actors import Actor


@dataclass(frozen=True)
class Hanging:
    """Something that someone does in a role, in a sentence.

    Where others of the organisation can take it over at once, `successors` are their roles, by key and name; `key` says
    to the app that named it what goes over, and `label` asks to whom. `otherwise` is what choosing none of them means,
    where that is not that nobody takes it over. One of several of a kind has no sentence of its own. `thing` is the name
    in the sentences that someone gave to something, for pages in another language.
    """

    text: Text = ""
    key: str = ""
    label: Text = ""
    successors: tuple[tuple[int, Text], ...] = ()
    otherwise: Text = ""
    thing: str = ""


def follows(member: Member) -> list[Text]:
    """What the apps above say that ends with the membership, and what does not."""
    answers = member_leaving_considered.send(sender=Member, member=member)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]


def follows_closing(partnership: Partnership) -> list[Text]:
    """The same for a partnership that is closed."""
    answers = partnership_closing_considered.send(sender=Partnership, partnership=partnership)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]


def follows_closing_location(location: Location) -> list[Text]:
    """The same for a location that is closed."""
    answers = location_closing_considered.send(sender=Location, location=location)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]


def hangs_on(membership: Membership, *, by: Actor) -> list[Hanging]:
    """What a person does in a role that others have to take over: seats in groups, and what the apps above say to `by`."""
    answers: list[tuple[Any, Any]] = role_leaving_considered.send(
        sender=Membership, membership=membership, by=by
    )
    above: list[Hanging] = [one for _receiver, found in answers for one in found or ()]
    return [*_seats(membership), *_lines(membership), *above]


def _seats(membership: Membership) -> list[Hanging]:
    """Seats taken for the organisation give no papers any more once no role there is left."""
    same = {"person": membership.person_id, "organisation": membership.organisation_id}
    others = Membership.objects.running().filter(**same).exclude(pk=membership.pk)
    words = _(
        "Sits in the group {group} for this organisation. Ask a coordinator to give someone else the seat."
    )
    seats = (
        GroupSeat.objects.running()
        .filter(~Exists(others), **same)
        .select_related("group")
        .order_by("group__name", "pk")
    )
    return [Hanging(format_lazy(words, group=seat.group.name), thing=seat.group.name) for seat in seats]


LINE = "line-"


def lines_left_by(membership: Membership) -> ActionLineQuerySet:
    """The action lines that the person owns where no other role at a member is left; none is over."""
    joined = Member.objects.running().filter(organisation=membership.organisation_id)
    members = Member.objects.running().filter(partnership=OuterRef(OuterRef("partnership")))
    others = Membership.objects.running().filter(
        person=membership.person_id, organisation__in=members.values("organisation")
    )
    own = ActionLine.objects.not_over().filter(owner=membership.person_id)
    left = own.filter(~Exists(others.exclude(pk=membership.pk)), partnership__in=joined.values("partnership"))
    return left.order_by("title", "pk")


def _lines(membership: Membership) -> list[Hanging]:
    """Whoever owns an action line is asked who of the same organisation owns it from now on."""
    lines = list(lines_left_by(membership))
    colleagues = Membership.objects.able().filter(organisation=membership.organisation_id)
    others = colleagues.exclude(person=membership.person_id).select_related("person__user") if lines else ()
    people = {role.person_id: (role.pk, str(role.person)) for role in others}
    words = _("Owns the action line {line}. Without a successor, a coordinator chooses another owner.")
    return [
        Hanging(
            format_lazy(words, line=line.title),
            key=f"{LINE}{line.pk}",
            label=format_lazy(_("Who owns {line} from now on?"), line=line.title),
            successors=tuple(people.values()),
            thing=line.title,
        )
        for line in lines
    ]
