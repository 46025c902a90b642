"""The outline of the editor of a plan: every work process with its goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from programmes.models import WorkProcess
from students.models import Goal, LearningPlan
from students.presenters.goals import Text

OWN = "eigen"  # how the address names the chapter of the own questions


@dataclass(frozen=True)
class Chapter:
    """A line of the outline."""

    key: str
    title: Text
    process: WorkProcess | None
    goals: Sequence[Goal]

    @property
    def code(self) -> str:
        """Of the work process; empty for the own questions."""
        return self.process.code if self.process else ""

    @property
    def qualification(self) -> str:
        """Named where the programme has more than one."""
        return (self.process.named or "") if self.process else ""

    @property
    def count(self) -> int:
        """How many goals it has."""
        return len(self.goals)

    @property
    def unasked_texts(self) -> list[int]:
        """The numbers of the texts that nobody was asked consent for yet."""
        return [goal.latest.pk for goal in self.goals if goal.latest and goal.latest.asked_at is None]

    @property
    def unasked(self) -> int:
        return len(self.unasked_texts)


def outline_of(actor: Actor, plan: LearningPlan) -> list[Chapter]:
    """Every work process of the programme with its goals, and the own questions at the end."""
    goals: dict[int | None, list[Goal]] = {}
    for goal in Goal.objects.visible_to(actor).filter(plan=plan).live().for_list():
        goal.plan = plan
        goals.setdefault(goal.work_process_id, []).append(goal)
    processes = list(WorkProcess.objects.of_programme(plan.enrolment.cohort.programme_id))
    known = {process.pk for process in processes}
    processes += [
        process for key, found in goals.items() if key not in known and (process := found[0].process)
    ]
    chapters = [
        Chapter(str(process.pk), process.title, process, goals.get(process.pk, [])) for process in processes
    ]
    return [*chapters, Chapter(OWN, _("Own questions"), None, goals.get(None, []))]


def chosen(outline: Sequence[Chapter], key: str) -> Chapter:
    """The chapter that the address names, or the first."""
    return next((chapter for chapter in outline if chapter.key == key), outline[0])
