"""What an employer, a school or a partnership still lacks before anyone can begin there: what comes next, whom to ask.

Whoever can see to it gets the act itself, everyone else is told whom to ask. Nothing of it has a last day, so that it
stands behind what does. Each costs one query, which also brings the names of those who are to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.actors import Actor
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.models import Partnership
from partnerships.roles import KEEPS_SLOTS
from portal.lacks import EMPLOYER, PARTNERSHIP, SCHOOL, Lack
from portal.there import among_members, at_employer, at_school
from ui.next_steps import NextStep, Text

WHO = _("View who works here")

# What a beginning needs, each with the act for what is not there yet; an act without an address waits for another.
Beginning = Mapping[str, NextStep | None]


def of_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """What an employer lacks before a student can begin, for everyone who works on its places."""
    return acts_of(employer(actor, organisation_id))


def acts_of(found: Beginning) -> list[NextStep]:
    """What can be done now, in the order in which it is needed."""
    return [step for step in found.values() if step is not None and step.url]


def employer(actor: Actor, organisation_id: int, *, names_helpers: bool = True) -> Beginning:
    """What a student needs at an employer, for who works on its places; nothing for anyone else.

    `names_helpers`: not on a page that shows beside it who helps.
    """
    held = next((row for row in actor.held if row.organisation_id == organisation_id), None)
    if held is None or held.kind not in EMPLOYER_KINDS or not actor.has_role(organisation_id, *KEEPS_SLOTS):
        return {}
    (there,) = at_employer(
        employer=organisation_id, person=actor.person_id, partnerships=actor.parts_of(organisation_id)
    )
    steps = _steps(actor, organisation_id, held.slug, EMPLOYER, there)
    slot = None if there["was_online"] else _first_slot(held.slug, there)
    checked = (
        None
        if there["checked"]
        else _accreditation(held.slug, there["coordinators"] if names_helpers else ())
    )
    return {"location": steps.pop("location"), "slot": slot, **steps, "checked": checked}


def school(actor: Actor, organisation_id: int) -> Beginning:
    """What a student needs at a school, for its managers; for a teacher whether there is an own cohort."""
    held = next((row for row in actor.held if row.organisation_id == organisation_id), None)
    if held is None or held.kind != OrganisationKind.SCHOOL:
        return {}
    (there,) = at_school(school=organisation_id, person=actor.person_id)
    if actor.has_role(organisation_id, Role.MANAGER):
        steps = _steps(actor, organisation_id, held.slug, SCHOOL, there)
        if steps["cohort"]:
            steps["cohort"] = _first_cohort(steps["cohort"], held.slug, there)
        if steps["student"] and not there["cohort"]:
            steps["student"] = replace(steps["student"], url="")
        return steps
    if actor.cohorts_at(organisation_id) or not actor.has_role(organisation_id, Role.TEACHER):
        return {}
    step = NextStep(
        title=_("Ask to be added to your cohort"),
        text=_asking(_("You teach no cohort yet."), there["managers"]),
        url=reverse("partnerships:people-list", args=[held.slug]),
        button=WHO,
        kind="begin",
        icon="users",
    )
    return {"own": step}


def in_partnership(partnership: Partnership) -> Beginning:
    """What a partnership needs before its members can work together."""
    (there,) = among_members(partnership=partnership.pk)
    return {
        name: None
        if there[name]
        else NextStep(
            title=lack.title,
            text=lack.why,
            url=reverse(lack.page, args=[partnership.slug]),
            button=lack.button,
            kind="begin",
            icon="flag-3",
        )
        for name, lack in PARTNERSHIP.items()
    }


def _steps(
    actor: Actor, organisation_id: int, slug: str, lacks: Mapping[str, Lack], there: Mapping[str, Any]
) -> dict[str, NextStep | None]:
    """For each thing that is not there the act of a manager, or for others whom to ask for it."""
    is_manager = actor.has_role(organisation_id, Role.MANAGER)
    people = reverse("partnerships:people-list", args=[slug])
    if is_manager and not there["can_be_chosen"]:
        lacks = {**lacks, "signer": _invited_to_sign(lacks["signer"])}
    return {
        name: None
        if there[name]
        else NextStep(
            title=lack.title if is_manager else lack.ask,
            text=lack.why if is_manager else _asking(lack.why, there["managers"]),
            url=reverse(lack.page, args=[slug]) if is_manager else people,
            button=lack.button if is_manager else WHO,
            kind="begin",
            icon="flag-3",
        )
        for name, lack in lacks.items()
    }


def _invited_to_sign(lack: Lack) -> Lack:
    """Where a manager is alone: someone else has to come first."""
    why = format_lazy(
        _("{why} You cannot give yourself this right: invite a colleague who signs."), why=lack.why
    )
    return replace(lack, why=why, page="partnerships:people-invite", button=_("Invite someone"))


def _first_cohort(step: NextStep, slug: str, there: Mapping[str, Any]) -> NextStep:
    """Of the one programme, or of one that is chosen first; it waits for a programme and for a teacher."""
    if not there["programme"]:
        return replace(step, url="")
    if not there["teaches"]:
        why = format_lazy(_("{why} It needs a teacher, so that comes first."), why=step.text)
        return replace(step, url="", text=why)
    if len(there["programme"]) == 1:
        page = reverse("programmes:cohort-create", args=[slug, there["programme"][0]])
        return replace(step, url=page, button=_("Add a cohort"))
    return step


def _first_slot(slug: str, there: Mapping[str, Any]) -> NextStep:
    """The first place, or the draft of one; it belongs to a location, so that without one it waits."""
    if there["slot"] and there["location"]:
        return NextStep(
            title=_("Put your training place online"),
            text=_("It is a draft: nobody else can find it yet."),
            url=reverse("placements:slot-list", args=[slug]),
            button=_("View the training places"),
            kind="begin",
            icon="briefcase",
        )
    return NextStep(
        title=_("Register your first training place"),
        text=_("Schools can propose students as soon as a training place is online."),
        url=reverse("placements:slot-start", args=[slug]) if there["location"] else "",
        button=_("New training place"),
        kind="begin",
        icon="briefcase",
    )


def _accreditation(slug: str, helpers: Sequence[str]) -> NextStep:
    """The school records it: the employer can only ask, and ask a coordinator how."""
    why: Text = _("Your students' school checks and records it. Until then, no agreement can become active.")
    if helpers:
        why = format_lazy(_("{why} Questions? Ask {names}."), why=why, names=", ".join(helpers))
    return NextStep(
        title=_("Ask a school to check your accreditation"),
        text=why,
        url=reverse("placements:accreditation-own", args=[slug]),
        button=_("View the checks"),
        kind="begin",
        icon="certificate",
    )


def _asking(why: Text, names: Sequence[str]) -> Text:
    """Why, and whom to ask for it."""
    if names:
        return format_lazy(_("{why} Ask {names}."), why=why, names=", ".join(names))
    return format_lazy(_("{why} Nobody manages your organisation in Leerpact at the moment."), why=why)
