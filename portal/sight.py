"""Who sees what of a student, as the page for students says it. A test holds each line against the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Thing(StrEnum):
    """What there is to see of a student."""

    ENROLMENT = "enrolment"
    WISHES = "wishes"
    PROPOSAL = "proposal"
    PLACEMENT = "placement"
    AGREEMENT = "agreement"
    PLAN = "plan"
    EVIDENCE = "evidence"
    SITUATIONS = "situations"


class Seer(StrEnum):
    """Who may see something."""

    TEACHER = "teacher"
    EMPLOYER = "employer"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    OTHER_TEACHER = "other_teacher"
    ADMINISTRATOR = "administrator"


WORDS: dict[Thing, Promise] = {
    Thing.ENROLMENT: _("your name and programme"),
    Thing.WISHES: _("where you live, and your wishes for a training place"),
    Thing.PROPOSAL: _("proposals for a training place"),
    Thing.PLACEMENT: _("your training place, with its days"),
    Thing.AGREEMENT: _("that there is a practice agreement, and its status"),
    Thing.PLAN: _("your learning plan: goals, answers, results and feedback"),
    Thing.EVIDENCE: _("evidence that you show to them"),
    Thing.SITUATIONS: _("work situations that you show to them"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """One party: who that is, what it sees, and what one should know of it."""

    seer: Seer
    name: Promise
    sees: frozenset[Thing]
    note: Promise

    @property
    def seen(self) -> list[Promise]:
        """What it sees, in the order of the page."""
        return [WORDS[thing] for thing in Thing if thing in self.sees]

    @property
    def unseen(self) -> list[Promise]:
        """What it does not."""
        return [WORDS[thing] for thing in Thing if thing not in self.sees]


PARTIES = (
    Party(
        Seer.TEACHER,
        _("The teachers of your group"),
        frozenset(Thing),
        _("As long as they teach your group. Also after you have left: they keep your file for the school."),
    ),
    Party(
        Seer.EMPLOYER,
        _("Contact persons and practice trainers at your training place"),
        frozenset(Thing) - {Thing.WISHES},
        _("Your learning plan from the day you both said yes, until your last day there."),
    ),
    Party(
        Seer.SUPERVISOR,
        _("Your supervisor at work"),
        frozenset(Thing) - {Thing.PROPOSAL, Thing.WISHES},
        _("As long as this person supervises you."),
    ),
    Party(
        Seer.COORDINATOR,
        _("The coordinator of the partnership"),
        frozenset({Thing.ENROLMENT, Thing.WISHES, Thing.PROPOSAL, Thing.PLACEMENT, Thing.AGREEMENT}),
        _("To find a training place with you. Never your plan; of an agreement only its status."),
    ),
    Party(
        Seer.OTHER_TEACHER,
        _("Other teachers of your school"),
        frozenset(),
        _("Only when they teach your group too."),
    ),
    Party(
        Seer.ADMINISTRATOR,
        _("Administrators of Leerpact"),
        frozenset(),
        _(
            "They open an account only with a reason, for an hour, and you get an email at once. Never your plan."
        ),
    ),
)
