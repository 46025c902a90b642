"""The forms on a page of the editor: a row for each goal of a work process, and one for a new goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from programmes.models import WorkProcess
from students.forms.plans import GoalTextForm
from students.models import Goal, LearningPlan
from students.queries.suggestions import first_person
from students.rules.plans import OPEN_TEXT
from students.services.plans import TEXTS, Rewriting
from ui.form_errors import row_name

ADD, ASK = "add", "ask"  # the buttons beside "save"


def edit_form(goal: Goal, data: QueryDict | None, row: str = "") -> GoalTextForm | None:
    """A row to write in; None for a goal whose text stands. `row` says which one it is of several."""
    if goal.state not in OPEN_TEXT or goal.latest is None:
        return None
    initial = {name: getattr(goal.latest, name) for name in TEXTS}
    latest_day = goal.plan.enrolment.ends_on
    prefix, over = f"g{goal.pk}", str(goal.latest_id)
    return GoalTextForm(data, prefix=prefix, initial=initial, over=over, latest_day=latest_day, row=row)


class ChapterForms:
    """All forms of one work process, which are saved together or not at all; `data` is what was sent."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        plan: LearningPlan,
        process: WorkProcess | None,
        goals: Sequence[Goal],
    ) -> None:
        self.data = data
        self.process = process
        self.edits = [
            (goal, edit_form(goal, data, row_name(_("goal"), number, goal.latest or "")))
            for number, goal in enumerate(goals, 1)
        ]
        # The form of a new goal is read only when its button was pressed or something stands in it.
        wanted = data is not None and (data.get("act") == ADD or data.get("new-text"))
        suggestion = first_person(process.title) if process and not goals else ""
        self.new = GoalTextForm(
            data if wanted else None,
            prefix="new",
            initial={"text": suggestion, "due_on": plan.enrolment.ends_on},
            latest_day=plan.enrolment.ends_on,
            row=_("New goal"),
        )

    @property
    def asks(self) -> bool:
        """Whether consent is asked after saving."""
        return self.data is not None and self.data.get("act") == ASK

    @property
    def changed(self) -> list[tuple[Goal, GoalTextForm]]:
        """The rows in which something was written."""
        return [(goal, form) for goal, form in self.edits if form is not None and form.has_changed()]

    @property
    def wants_new(self) -> bool:
        """Whether a goal is to be added."""
        if self.data is None or not self.new.is_bound:
            return False
        return self.data.get("act") == ADD or self.new.has_changed()

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.changed) or self.wants_new

    @property
    def failed(self) -> list[Any]:
        """The forms with something wrong in them."""
        return [form for form in [*(form for _goal, form in self.edits), self.new] if form and form.errors]

    def is_valid(self) -> bool:
        """Whether something was sent, and all that was written can be saved; each form is checked."""
        if self.data is None:
            return False
        forms = [form for _goal, form in self.changed] + ([self.new] if self.wants_new else [])
        checked = [form.is_valid() for form in forms]  # every one, so that each says what is wrong with it
        return all(checked)

    def written(self) -> dict[str, Any]:
        """What `students.services.plans.save_texts` takes."""
        return {
            "changes": [
                Rewriting(goal_id=goal.pk, based_on=int(form.over), texts=form.texts)
                for goal, form in self.changed
            ],
            "work_process_id": self.process.pk if self.process else None,
            "new": self.new.texts if self.wants_new else None,
        }
