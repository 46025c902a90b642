"""Offering a slot in three steps: answers stay in the session and are written once, at the end.

A plain class over a mapping, so that it can be tested without a request. Each step's answers are kept as they were
typed, and checked again at the end: what was possible at the first step may have changed since.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model
from django.forms import BaseForm, CharField, Field, ModelChoiceField
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.services.people import Name
from core import versions
from core.dates import study_year_bounds, study_year_of, today
from partnerships.models import Organisation
from placements.forms.slot_examples import Example, example_of
from placements.forms.slots import (
    CHECK,
    GUIDANCE,
    PLACE,
    STEP_FIELDS,
    GuidanceForm,
    PlaceForm,
    ReachForm,
    SlotStepForm,
)
from placements.models import Slot
from placements.services.slots import NewSupervisor, Reach
from ui.components import SummaryRow
from ui.formats import day as format_day
from ui.formats import week as format_week
from ui.forms import ChoiceOf, ChoicesOf
from ui.hours import WeekField, hours_of

STEPS = tuple(STEP_FIELDS)
_KEY = "slot_wizard"
MADE_FROM = "made_from"  # kept among the answers, as the page of a step sends it
Answers = dict[str, list[str]]


class SlotWizard:
    """The answers about one slot: a new one, or an existing one that is being changed."""

    def __init__(
        self, store: MutableMapping[str, Any], *, organisation: Organisation, slot: Slot | None = None
    ) -> None:
        self.store, self.organisation, self.slot = store, organisation, slot
        self._checked: dict[str, SlotStepForm] = {}
        self._name = str(slot.public_id) if slot else f"new-{organisation.pk}"

    # What is kept

    @property
    def _kept(self) -> dict[str, Any] | None:
        kept: dict[str, Any] | None = self.store.get(_KEY, {}).get(self._name)
        return kept

    def _keep(self, kept: dict[str, Any] | None) -> None:
        # A session notices a change only when a key of it is set, so the mapping is made anew each time.
        others = {name: value for name, value in self.store.get(_KEY, {}).items() if name != self._name}
        self._checked.clear()
        self.store[_KEY] = {**others, self._name: kept} if kept is not None else others

    @property
    def is_begun(self) -> bool:
        """Whether the steps were begun, also when nothing was answered yet."""
        return "id" in (self._kept or {})

    @property
    def done(self) -> str:
        """The id of the slot that was just written with these answers; empty when none was."""
        return str((self._kept or {}).get("done", ""))

    @property
    def example(self) -> Example | None:
        """The example whose words stand in the steps of a new slot that are not answered yet."""
        return example_of((self._kept or {}).get("example", ""))

    def begin(self, example: str = "") -> None:
        """Start from nothing, an example, or what the slot says now. The id of a new slot is fixed here."""
        if self.slot is None:
            self._keep({"id": str(uuid.uuid4()), "answers": {}, "example": example})
            return
        ident, answers = str(self.slot.public_id), _answers_of(self.slot)
        self._keep({"id": ident, "answers": answers})
        made_from = {step: [self.form(step).made_from] for step in STEPS}
        self._keep(
            {"id": ident, "answers": {step: answers[step] | {MADE_FROM: made_from[step]} for step in STEPS}}
        )

    def forget(self, *, done: uuid.UUID | None = None) -> None:
        """Drop the answers; `done` is the slot that was written with them."""
        self._keep({"done": str(done)} if done else None)

    @property
    def public_id(self) -> uuid.UUID:
        """The id of the slot, fixed when it was begun."""
        return uuid.UUID(self._kept["id"]) if self._kept and self.is_begun else uuid.uuid4()

    def answers(self, step: str) -> Answers | None:
        """What was typed in a step; None before it was sent."""
        found: Answers | None = (self._kept or {}).get("answers", {}).get(step)
        return found

    def remember(self, step: str, form: SlotStepForm) -> None:
        """Keep the answers of a step as they were typed."""
        if not self.is_begun:
            self.begin()
        kept = self._kept or {}
        typed = {name: values for name in form.fields if (values := _typed(form.data, name))}
        if self.slot:
            typed[MADE_FROM] = [form.made_from]
        self._keep({**kept, "answers": {**kept["answers"], step: typed}})

    # Steps

    def form(
        self, step: str, data: Mapping[str, Any] | None = None, *, as_draft: bool = False
    ) -> SlotStepForm:
        """The form of a step, with what was sent now, what was answered before, or what usually fits."""
        if data is None and (answers := self.answers(step)) is not None:
            data = _query(answers)
        initial = self.example.of_step(step) if data is None and self.example else {}
        if step == PLACE:
            initial = _usual() | initial if data is None else {}
            return PlaceForm(
                data, organisation=self.organisation, slot=self.slot, as_draft=as_draft, initial=initial
            )
        if step == GUIDANCE:
            return GuidanceForm(data, organisation=self.organisation, slot=self.slot, initial=initial)
        partnership = self._answered(PLACE).cleaned_data.get("partnership")
        return ReachForm(data, organisation=self.organisation, partnership=partnership, slot=self.slot)

    def _answered(self, step: str) -> SlotStepForm:
        """The kept answers of a step, checked once a request; a missing programme is no fault here."""
        if step not in self._checked:
            form = self.form(step, as_draft=True)
            if not form.is_valid() and not form.is_bound:
                form.cleaned_data = {}
            self._checked[step] = form
        return self._checked[step]

    def first_open(self, *, as_draft: bool = False) -> str:
        """The first step that is not answered, or no longer right."""
        for step in (PLACE, GUIDANCE):
            if not self._answered(step).is_valid():
                return step
            if step == PLACE and not as_draft and not self._answered(step).cleaned_data["qualifications"]:
                return step
        return CHECK

    def missing(self) -> list[str]:
        """What still stops this slot from going online, in words."""
        step = self.first_open()
        if step == CHECK:
            return []
        form = self.form(step)
        if not form.is_bound:
            return [_("The step on guidance has not been filled in.")]
        return [str(message) for messages in form.errors.values() for message in messages]

    def may_enter(self, step: str) -> bool:
        """Whether all steps before this one are right."""
        before = STEPS[: STEPS.index(step)]
        return all(self._answered(earlier).is_valid() for earlier in before)

    @property
    def version(self) -> str | None:
        """What was read of the slot that is changed."""
        return versions.of(self.slot) if self.slot else None

    @property
    def taken(self) -> list[str]:
        """The labels of what someone else changed meanwhile, and this one did not."""
        return [label for step in STEPS for label in self._answered(step).taken]

    # The end

    def content(self) -> dict[str, Any]:
        """What to write, by the names of the slot's fields; ask only when the first step is right.

        Guidance may still be empty in a draft.
        """
        if not self._answered(PLACE).is_valid():
            raise ValueError("The first step is not right yet.")
        answers = {
            name: value
            for step in (PLACE, GUIDANCE)
            if self._answered(step).is_valid()
            for name, value in self._answered(step).cleaned_data.items()
        }
        return {
            name: answers[name] for name in (*STEP_FIELDS[PLACE], *STEP_FIELDS[GUIDANCE]) if name in answers
        }

    def new_supervisor(self) -> NewSupervisor | None:
        """Who was typed in as supervisor without being in the list."""
        guidance = self._answered(GUIDANCE)
        name = guidance.cleaned_data.get("new_name") if guidance.is_valid() else ""
        if not name or not isinstance(guidance, GuidanceForm):
            return None
        return NewSupervisor(Name.of(name), guidance.cleaned_data["new_email"], **guidance.meant())

    def reach(self, form: BaseForm) -> Reach:
        """What the last step says of who may find the slot."""
        return Reach(form.cleaned_data["visibility"], list(form.cleaned_data["partners"]))

    def summary(self, urls: Mapping[str, str]) -> list[SummaryRow]:
        """Everything that was filled in, each line with the way back to its step."""
        rows = []
        for step in (PLACE, GUIDANCE):
            form = self._answered(step)
            for name, field in form.fields.items():
                value = _in_words(form, name)
                if value or not name.startswith("new_"):
                    rows.append(SummaryRow(str(field.label), value, urls[step], typed=_is_typed(field)))
        return rows


def _is_typed(field: Field) -> bool:
    """Whether a person wrote what it says: in one's own words, or as the name of something that can be chosen."""
    rows = (ModelChoiceField, ChoiceOf, ChoicesOf)
    return isinstance(field, rows) or (type(field) is CharField)


def _in_words(form: BaseForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    if value in (None, "", []):
        return ""
    if isinstance(form.fields[name], WeekField):
        return format_week(value)
    if isinstance(value, date):
        return format_day(value)
    values = value if isinstance(value, list) else [value]
    if all(isinstance(item, Model) for item in values):
        return "\n".join(str(item) for item in values)
    words = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", [])}
    return ", ".join(words.get(str(item), str(item)) for item in values)


def _typed(data: Any, name: str) -> list[str]:
    values = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
    return [str(value) for value in (values if isinstance(values, list) else [values])]


def _query(answers: Answers) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in answers.items():
        query.setlist(name, list(values))
    return query


def _usual() -> dict[str, Any]:
    """What most slots are: one seat, for the study year that begins next."""
    first, last = study_year_bounds(study_year_of(today()) + 1)
    return {"seats": 1, "starts_on": first, "ends_on": last}


def _answers_of(slot: Slot) -> dict[str, Answers]:
    """A slot as if it had just been typed in."""
    return {step: {name: _as_typed(slot, name) for name in names} for step, names in STEP_FIELDS.items()}


def _as_typed(slot: Slot, name: str) -> list[str]:
    column: Any = Slot._meta.get_field(name)
    if column.many_to_many:
        return [str(row.pk) for row in getattr(slot, name).all()]
    value = getattr(slot, column.attname)
    if isinstance(column, ArrayField):
        return [hours_of(minutes) for minutes in value]
    values = value if isinstance(value, list) else [value]
    return ["" if one is None else one.isoformat() if isinstance(one, date) else str(one) for one in values]
