"""The menu: which spaces a person has, in which one they are, and what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.components import Link
from partnerships.actors import Actor
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind, Role
from students.models import Enrolment

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """An item of a space's menu: a word, the name of a page, and for the phone an icon and a shorter word."""

    label: Text
    url_name: str
    icon: str = ""
    tab: Text = ""


@dataclass(frozen=True)
class Space:
    """A place in the portal where one works: an organisation in a role, a partnership, or one's own pages."""

    role: str
    label: Text
    url: str
    slug: str = ""
    shape: str = ""
    without: frozenset[str] = frozenset()  # entries that this person's roles do not come with


@dataclass(frozen=True)
class Menu:
    """What base.html draws: `nav` above, `tabs` on a student's phone, `roles` when there is more than one."""

    nav: Sequence[Link]
    tabs: Sequence[Link] = ()
    roles: Sequence[Link] = field(default=())


ENTRIES: dict[str, tuple[Entry, ...]] = {
    "student": (
        Entry(_("My learning plan"), "student-start", "clipboard-list", _("Learning plan")),
        Entry(_("Agenda"), "students:agenda", "calendar-event"),
        Entry(_("Work"), "student-work", "building-hospital"),
        Entry(_("Me"), "students:me", "user"),
    ),
    "employer": (
        Entry(_("Overview"), "employer-start"),
        Entry(_("Workplaces"), "placements:slot-list"),
        Entry(_("Students"), "students:employer-students"),
        Entry(_("Agreements"), "placements:agreement-employer-list"),
        Entry(_("Organisation"), "partnerships:people-list"),
    ),
    "teacher": (
        Entry(_("Overview"), "school-start"),
        Entry(_("Cohorts"), "students:cohort-list"),
        Entry(_("Programmes"), "programmes:programme-list"),
        Entry(_("Agreements"), "placements:agreement-school-list"),
        Entry(_("Organisation"), "partnerships:people-list"),
    ),
    "supervisor": (
        Entry(_("My students"), "students:supervisor-start"),
        Entry(_("Placements"), "placements:placement-list"),
    ),
    "coordinator": (
        Entry(_("Overview"), "coordinator-start"),
        Entry(_("Initiatives"), "partnerships:coordination-initiatives"),
        Entry(_("Members"), "partnerships:coordination-members"),
        Entry(_("Groups"), "partnerships:coordination-groups"),
        Entry(_("Calls"), "partnerships:coordination-calls"),
        Entry(_("Matching"), "placements:match-propose"),
    ),
    "group": (Entry(_("My groups"), "partnerships:group-list"),),
    "organisation": (Entry(_("Organisation"), "partnerships:people-list"),),
    "administrator": (Entry(_("Administration"), "administration"),),
}
PUBLIC = (
    Entry(_("Initiatives"), "partnerships:initiative-list"),
    Entry(_("Calls"), "partnerships:call-list"),
    Entry(_("Workplaces"), "placements:slot-find"),
    Entry(_("For employers"), "for-employers"),
    Entry(_("For students"), "for-students"),
)
PLACE_ROLES = (Role.MANAGER, Role.CONTACT, Role.PRACTICE_TRAINER)


def spaces_of(actor: Actor) -> list[Space]:
    """Every space of a person, own learning first; one query."""
    spaces = []
    if Enrolment.objects.own(actor).exists():
        spaces.append(Space("student", _("My learning"), reverse("student-start"), shape="student"))
    spaces += _organisation_spaces(actor)
    if actor.organisations(Role.SUPERVISOR):
        spaces.append(
            Space("supervisor", _("My students"), reverse("students:supervisor-start"), shape="employer")
        )
    spaces += [
        Space("coordinator", row.name, reverse("coordinator-start", args=[row.slug]), slug=row.slug)
        for row in actor.coordinated
    ]
    if actor.groups:
        spaces.append(Space("group", _("My groups"), reverse("partnerships:group-list")))
    if actor.is_staff:
        spaces.append(Space("administrator", _("Administration"), reverse("administration")))
    return spaces


def _organisation_spaces(actor: Actor) -> list[Space]:
    found: dict[tuple[str, str], Space] = {}
    for grant in actor.grants:
        if grant.kind in EMPLOYER_KINDS and grant.role in PLACE_ROLES:
            space = Space(
                "employer",
                grant.name,
                reverse("employer-start", args=[grant.slug]),
                grant.slug,
                "employer",
                _closed_to(actor, grant.organisation_id),
            )
        elif grant.kind == OrganisationKind.SCHOOL and grant.role in {Role.TEACHER, Role.MANAGER}:
            space = Space(
                "teacher",
                grant.name,
                reverse("school-start", args=[grant.slug]),
                grant.slug,
                "school",
            )
        elif grant.role == Role.MANAGER:
            url = reverse("partnerships:people-list", args=[grant.slug])
            space = Space("organisation", format_lazy(_("Manage {name}"), name=grant.name), url, grant.slug)
        else:
            continue
        found[space.role, space.slug] = space
    return list(found.values())


def _closed_to(actor: Actor, organisation_id: int) -> frozenset[str]:
    """A manager runs the organisation, but does not see its learners."""
    sees_learners = actor.has_role(organisation_id, Role.CONTACT, Role.PRACTICE_TRAINER)
    return frozenset() if sees_learners else frozenset({"students:employer-students"})


def current_space(spaces: Sequence[Space], path: str, role: str) -> Space | None:
    """The space whose address the path lies under; on shared pages the first one with the page's role."""
    under = [space for space in spaces if path.startswith(space.url)]
    if under:
        return max(under, key=lambda space: len(space.url))
    organisation = [space for space in spaces if space.slug and f"/{space.slug}/" in path]
    fitting = [space for space in spaces if space.role == role]
    return next(iter([*organisation, *fitting, *spaces]), None)


def menu_of(request: HttpRequest, role: str, belongs_under: str = "") -> Menu:
    """The menu of a page. `role` is the one whose colours the page wears.

    `belongs_under` is the address that a page counts as, where its own does not say which space it is in.
    """
    path = belongs_under or request.path
    if not request.user.is_authenticated:
        sign_in = Link(_("Sign in"), reverse("account_login"), icon="user")
        return Menu(nav=[*_links(PUBLIC, "", path), sign_in])
    spaces = spaces_of(request.actor)  # type: ignore[attr-defined]
    current = current_space(spaces, path, role)
    account = Link(request.user.first_name or request.user.email, reverse("accounts:profile"), icon="user")
    if current is None:
        return Menu(nav=[*_links(PUBLIC[:1], "", path), account])
    entries = [entry for entry in ENTRIES[current.role] if entry.url_name not in current.without]
    links = _links(entries, current.slug, path)
    roles = [Link(space.label, space.url, current=space == current, shape=space.shape) for space in spaces]
    return Menu(
        nav=[*links, account],
        tabs=_tabs(current.role, links),
        roles=roles if len(roles) > 1 else (),
    )


def _tabs(role: str, links: Sequence[Link]) -> list[Link]:
    """The phone's bottom bar: students have one, with short words."""
    if role != "student":
        return []
    return [
        replace(link, label=entry.tab or entry.label)
        for entry, link in zip(ENTRIES[role], links, strict=True)
    ]


def _links(entries: Sequence[Entry], slug: str, path: str) -> list[Link]:
    links = [(entry, reverse(entry.url_name, args=[slug] if slug else None)) for entry in entries]
    # The longest address that the path lies under is where one is: an overview is not also its parts.
    under = [url for _entry, url in links if path.startswith(url)]
    here = max(under, key=len, default="")
    return [Link(entry.label, url, current=url == here, icon=entry.icon) for entry, url in links]
