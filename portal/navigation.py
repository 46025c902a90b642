"""The menu: which spaces a person has, in which one they are, and what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from agreements.rules import can_list
from partnerships.actors import Actor, ActorRequest
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.models import GroupSeat, MembershipInvitation
from partnerships.roles import EMPLOYER_PARTY, KEEPS_SLOTS, SCHOOL_STAFF
from ui.components import Link
from ui.languages import dutch, told

Text = str | Promise

FEWEST_TABS = 3


@dataclass(frozen=True)
class Entry:
    """An item of a space's menu: a word, the name of a page, and for the phone an icon and a shorter word."""

    label: Text
    url_name: str
    icon: str = ""
    tab: Text = ""


@dataclass(frozen=True)
class Space:
    """A place in the portal where one works: an organisation in a role, a partnership, or one's own pages.

    `kind` says whose colours and menu it has: student, employer, teacher, supervisor, coordinator, and so on.
    """

    kind: str
    label: Text
    url: str
    slug: str = ""
    shape: str = ""
    without: frozenset[str] = frozenset()  # entries that this person's roles do not come with


@dataclass(frozen=True)
class Menu:
    """What base.html draws: `nav` above, `tabs` on the phone, `spaces` when there is more than one."""

    nav: Sequence[Link]
    tabs: Sequence[Link] = ()
    spaces: Sequence[Link] = field(default=())


AGREEMENTS = {
    "employer": "agreements:agreement-employer-list",
    "teacher": "agreements:agreement-school-list",
}
ENTRIES: dict[str, tuple[Entry, ...]] = {
    "student": (
        Entry(_("My learning plan"), "student-start", "clipboard-list", _("Learning plan")),
        Entry(_("Agenda"), "students:agenda", "calendar-event"),
        Entry(_("Work"), "student-work", "building-hospital"),
        Entry(_("Me"), "students:me", "user"),
    ),
    "employer": (
        Entry(_("Overview"), "employer-start", "home"),
        Entry(_("Training places"), "placements:slot-list", "briefcase"),
        Entry(_("Students"), "students:employer-students", "users", pgettext_lazy("tab", "Stu­dents")),
        Entry(
            _("Agreements"),
            AGREEMENTS["employer"],
            "signature",
            pgettext_lazy("tab", "Agree­ments"),
        ),
        Entry(
            _("Organisation"),
            "partnerships:people-list",
            "building-hospital",
            pgettext_lazy("tab", "Organi­sation"),
        ),
    ),
    "teacher": (
        Entry(_("Overview"), "school-start"),
        Entry(_("Cohorts"), "students:cohort-list"),
        Entry(_("Programmes"), "programmes:programme-list"),
        Entry(_("Agreements"), AGREEMENTS["teacher"]),
        Entry(_("Organisation"), "partnerships:people-list"),
    ),
    "supervisor": (
        Entry(_("My students"), "students:supervisor-start", "users"),
        Entry(_("Placements"), "placements:placement-list", "briefcase"),
    ),
    "coordinator": (
        Entry(_("Overview"), "coordinator-start"),
        Entry(_("Partnership"), "partnerships:partnership-inside"),
        Entry(_("Initiatives"), "partnerships:coordination-initiatives"),
        Entry(_("Members"), "partnerships:coordination-members"),
        Entry(_("Groups"), "partnerships:coordination-groups"),
        Entry(_("Meetings"), "meetings:partnership-meetings"),
        Entry(_("Calls"), "partnerships:coordination-calls"),
        Entry(_("Matching"), "placements:match-propose"),
    ),
    "steering": (
        Entry(_("Partnership"), "partnerships:partnership-inside"),
        Entry(_("Texts"), "partnerships:coordination-partnership-change"),
        Entry(_("Initiatives"), "partnerships:coordination-initiatives"),
        Entry(_("Meetings"), "meetings:partnership-meetings"),
        Entry(_("Calls"), "partnerships:coordination-calls"),
    ),
    "group": (
        Entry(_("My groups"), "partnerships:group-list"),
        Entry(_("Meetings"), "meetings:meeting-list"),
        Entry(_("Actions"), "meetings:action-list"),
    ),
    "organisation": (Entry(_("Organisation"), "partnerships:people-list"),),
    "administrator": (Entry(_("Administration"), "administration"),),
}
PUBLIC = (
    Entry(_("Initiatives"), "partnerships:initiative-list"),
    Entry(_("Partnerships"), "partnerships:partnership-list"),
    Entry(_("Calls"), "partnerships:call-list"),
    Entry(_("Training places"), "placements:slot-find"),
    Entry(_("For employers"), "for-employers"),
    Entry(_("For students"), "for-students"),
)


def spaces_of(actor: Actor) -> list[Space]:
    """Every space of a person, own learning first."""
    spaces = []
    if actor.studies:
        spaces.append(Space("student", _("My learning"), reverse("student-start"), shape="student"))
    spaces += _organisation_spaces(actor)
    if actor.organisations(Role.SUPERVISOR):
        spaces.append(
            Space("supervisor", _("My students"), reverse("students:supervisor-start"), shape="employer")
        )
    spaces += [
        Space("coordinator", dutch(row.name), reverse("coordinator-start", args=[row.slug]), slug=row.slug)
        for row in actor.coordinated
    ]
    spaces += [
        Space(
            "steering",
            told(_("Steering group of {name}"), name=dutch(row.name)),
            reverse("partnerships:coordination-initiatives", args=[row.slug]),
            slug=row.slug,
        )
        for row in actor.steered
        if row.partnership_id not in actor.coordinates
    ]
    if actor.groups:
        spaces.append(Space("group", _("My groups"), reverse("partnerships:group-list")))
    if actor.is_staff:
        spaces.append(Space("administrator", _("Administration"), reverse("administration")))
    return spaces


def space_for(actor: Actor, invitation_id: str) -> str:
    """Where someone lands who accepted an invitation: at the organisation or group it was for. Empty for any other."""
    try:
        public_id = UUID(invitation_id)
    except ValueError:
        return ""
    invited = MembershipInvitation.objects.accepted_by(actor).filter(invitation__public_id=public_id)
    found = invited.select_related("organisation").first()
    if found is None:
        seat = GroupSeat.objects.filter(invitation__public_id=public_id, group__in=actor.groups).first()
        return seat.group.get_absolute_url() if seat else ""
    slug = found.organisation.slug
    own = {space.slug: space.url for space in _organisation_spaces(actor)}
    if slug not in own and found.role == Role.SUPERVISOR:
        return reverse("students:supervisor-start")
    return own.get(slug, reverse("partnerships:people-list", args=[slug]))


def _organisation_spaces(actor: Actor) -> list[Space]:
    found: dict[tuple[str, str], Space] = {}
    for held in actor.held:
        if held.kind in EMPLOYER_KINDS and held.role in KEEPS_SLOTS:
            space = Space(
                "employer",
                held.name,
                reverse("employer-start", args=[held.slug]),
                held.slug,
                "employer",
                _closed_to(actor, held.organisation_id, "employer"),
            )
        elif held.kind == OrganisationKind.SCHOOL and held.role in SCHOOL_STAFF:
            space = Space(
                "teacher",
                held.name,
                reverse("school-start", args=[held.slug]),
                held.slug,
                "school",
                _closed_to(actor, held.organisation_id, "teacher"),
            )
        elif held.role == Role.MANAGER:
            url = reverse("partnerships:people-list", args=[held.slug])
            space = Space("organisation", format_lazy(_("Manage {name}"), name=held.name), url, held.slug)
        elif held.role == Role.COLLEAGUE and not _does_more_at(actor, held.organisation_id):
            url = reverse("partnerships:people-list", args=[held.slug])
            space = Space("organisation", held.name, url, held.slug)
        else:
            continue
        found[space.kind, space.slug] = space
    return list(found.values())


def _does_more_at(actor: Actor, organisation_id: int) -> bool:
    """Whether another role there has a space of its own, or will bring one."""
    return any(row.organisation_id == organisation_id and row.role != Role.COLLEAGUE for row in actor.held)


def _closed_to(actor: Actor, organisation_id: int, kind: str) -> frozenset[str]:
    """A manager runs the organisation, but sees neither the learners of an employer nor agreements that others sign."""
    found = set()
    if kind == "employer" and not actor.has_role(organisation_id, *EMPLOYER_PARTY):
        found.add("students:employer-students")
    if not can_list(actor, organisation_id, kind):
        found.add(AGREEMENTS[kind])
    return frozenset(found)


def current_space(spaces: Sequence[Space], path: str, kind: str) -> Space | None:
    """The space whose address the path lies under; on shared pages the first one of the page's kind."""
    under = [space for space in spaces if path.startswith(space.url)]
    if under:
        return max(under, key=lambda space: len(space.url))
    organisation = [space for space in spaces if space.slug and f"/{space.slug}/" in path]
    fitting = [space for space in spaces if space.kind == kind]
    return next(iter([*organisation, *fitting, *spaces]), None)


def menu_of(request: HttpRequest, kind: str, belongs_under: str = "") -> Menu:
    """The menu of a page. `kind` is that of the space whose colours the page wears.

    `belongs_under` is the address that a page counts as, where its own does not say which space it is in.
    """
    path = belongs_under or request.path
    if not request.user.is_authenticated:
        sign_in = Link(_("Sign in"), reverse("account_login"), icon="user")
        return Menu(nav=[*_links(PUBLIC, "", path), sign_in])
    spaces = spaces_of(cast(ActorRequest, request).actor)
    current = current_space(spaces, path, kind)
    account = Link(request.user.get_short_name(), reverse("accounts:profile"), icon="user")
    if current is None:
        return Menu(nav=[*_links(PUBLIC[:1], "", path), account])
    entries = [entry for entry in ENTRIES[current.kind] if entry.url_name not in current.without]
    links = _links(entries, current.slug, path)
    links_of_spaces = [
        Link(space.label, space.url, current=space == current, shape=space.shape) for space in spaces
    ]
    return Menu(
        nav=[*links, account],
        tabs=_tabs(entries, links, account),
        spaces=links_of_spaces if len(links_of_spaces) > 1 else (),
    )


def _tabs(entries: Sequence[Entry], links: Sequence[Link], account: Link) -> list[Link]:
    """The phone's bottom bar with short words, of a space whose entries all have an icon; one has a way to the account."""
    if not all(entry.icon for entry in entries):
        return []
    tabs = [replace(link, label=entry.tab or entry.label) for entry, link in zip(entries, links, strict=True)]
    return tabs if len(tabs) >= FEWEST_TABS else [*tabs, replace(account, label=_("Account"))]


def _links(entries: Sequence[Entry], slug: str, path: str) -> list[Link]:
    links = [(entry, reverse(entry.url_name, args=[slug] if slug else None)) for entry in entries]
    # The longest address that the path lies under is where one is: an overview is not also its parts.
    under = [url for _entry, url in links if path.startswith(url)]
    here = max(under, key=len, default="")
    return [Link(entry.label, url, current=url == here, icon=entry.icon) for entry, url in links]
