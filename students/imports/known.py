"""The rows of a list held against each other and against whom the school has; read once for a whole list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.queries.likeness import ALIKE
from core.likeness import nearness
from core.text import full_name, unaccented
from programmes.models import Cohort
from students.imports.reading import Reading
from students.models import Enrolment, Student
from students.models.enrolments import OPEN
from students.queries.likeness import likes_of_many
from ui.formats import day as shown

LIKE, ANOTHER = "like", "another"
MARGIN = 0.15  # by which our reckoning of likeness may differ from that of the database, which decides
NAME_PARTS = ("first_name", "name_prefix", "last_name")


@dataclass(frozen=True, slots=True)
class There:
    """An enrolment in the cohort, as far as a list can change it or says something else."""

    key: int
    state: str
    version: str
    subject: UUID
    town: str
    pc4: str
    wishes: str
    name: str
    starts_on: dt.date


class School:
    """The students of the school by their address. Those of other schools are not looked at."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.pk = cohort, cohort.programme.school_id
        # Lines by the hash of the address, and of name and day of birth: the texts of 100,000 rows would fill memory.
        self.lines: dict[int, int] = {}
        self.people: dict[int, int] = {}

    @cached_property
    def students(self) -> dict[str, tuple[int, dt.date]]:
        """Key and day of birth by address."""
        return {address: (key, born_on) for key, address, born_on, _name in self._rows if address}

    @cached_property
    def names(self) -> dict[dt.date, list[str]]:
        """Names without accents by day of birth."""
        found: dict[dt.date, list[str]] = {}
        for _key, _address, born_on, name in self._rows:
            found.setdefault(born_on, []).append(unaccented(name))
        return found

    @cached_property
    def _rows(self) -> list[tuple[int, str, dt.date, str]]:
        rows = (
            Student.objects.of_school(self.pk)
            .order_by()
            .values_list(
                "pk",
                Coalesce("person__user__email", "person__email"),
                "born_on",
                *(f"person__{part}" for part in NAME_PARTS),
            )
        )
        return [
            (key, address, born_on, full_name(first_name=first, prefix=prefix, last_name=last))
            for key, address, born_on, first, prefix, last in rows
        ]

    @cached_property
    def in_cohort(self) -> dict[int, There]:
        """By the key of the student; of several enrolments the open one."""
        rows = (
            Enrolment.objects.filter(cohort=self.cohort)
            .order_by("pk")
            .values_list(
                "student", "pk", "state", "row_version", "student__row_version", "student__person__row_version",
                "student__public_id", "student__town", "student__pc4", "wishes",
                *(f"student__person__{part}" for part in NAME_PARTS), "starts_on",
            )
        )  # fmt: skip
        found: dict[int, There] = {}
        for student, key, state, *rest in rows:
            if student in found and found[student].state in OPEN:
                continue
            one, two, three, subject, town, pc4, wishes, first, prefix, last, starts_on = rest
            name = full_name(first_name=first, prefix=prefix, last_name=last)
            version = f"{one}.{two}.{three}"
            found[student] = There(key, state, version, subject, town, pc4, wishes, name, starts_on)
        return found

    def weigh(self, rows: Sequence[Reading]) -> None:
        """Say of each row what the rest has to do with it."""
        strangers = []
        for row in rows:
            if row.email and not self._is_double(row) and self._is_stranger(row):
                strangers.append(row)
        self._ask_about(strangers)

    def _is_double(self, row: Reading) -> bool:
        number = row.given.number
        earlier = self.lines.setdefault(hash(row.email), number)
        if earlier != number:
            row.say("email", _("This address is also in row %(line)d.") % {"line": earlier})
            return True
        if row.born_on is None or not row.name:
            return False
        earlier = self.people.setdefault(hash((unaccented(row.name), row.born_on)), number)
        if earlier == number:
            return False
        choices = [(ANOTHER, _("These are two people"))]
        key = f"twin:{earlier}"
        if row.given.answer(key, choices):
            return False
        text = _(
            "This name and date of birth stand on line %(line)d too. Skip one of the two, or say that these are two people."
        )
        row.say("", text % {"line": earlier}, key, choices)
        return True

    def _is_stranger(self, row: Reading) -> bool:
        """Whether the school has nobody at this address; what is known of who has it is put on the row."""
        known = self.students.get(row.email)
        if known is None:
            return row.born_on is not None
        key, born_on = known
        if row.born_on is not None and row.born_on != born_on:
            row.say("email", _("This address belongs to another student of your school."))
            return False
        there = self.in_cohort.get(key)
        if there is None:
            row.skips = _("is in another cohort of your school: enrol this student with the form")
        elif there.state not in OPEN:
            row.skips = _("was in this cohort before: enrol this student again from there")
        else:
            self._compare(row, there)
        return False

    def _compare(self, row: Reading, there: There) -> None:
        """What the list says otherwise of someone in the cohort. An empty cell says nothing."""
        row.object_id, row.object_version, row.subject = there.key, there.version, there.subject
        row.is_same = True
        row.problems = [one for one in row.problems if row.given.cells.get(one.field)]
        values = {name: row.values.get(name, "") for name in ("town", "pc4", "wishes")}
        if row.name and row.name != there.name:
            row.notes.append(_("the name stays as it is: %(name)s") % {"name": there.name})
        if row.given.cells.get("starts_on") and row.values["starts_on"] != there.starts_on.isoformat():
            row.notes.append(_("the start stays as it is: %(day)s") % {"day": shown(there.starts_on)})
        different = {name: text for name, text in values.items() if text and text != getattr(there, name)}
        if not different or row.problems:
            return
        if there.key in self.of_others:
            different.pop("town", None)
            different.pop("pc4", None)
            row.notes.append(_("town and postcode stay as they are: another school has this student too"))
        labels = {"town": _("Town"), "pc4": _("Postcode"), "wishes": _("Wishes")}
        row.changes = [(labels[name], getattr(there, name), text) for name, text in different.items()]
        row.values = different

    @cached_property
    def of_others(self) -> set[int]:
        """Enrolments of the cohort whose student is at another school too."""
        elsewhere = Enrolment.objects.exclude(cohort__programme__school=self.pk).values("student")
        return set(
            Enrolment.objects.filter(cohort=self.cohort, student__in=elsewhere).values_list("pk", flat=True)
        )

    def _ask_about(self, rows: Sequence[Reading]) -> None:
        """Whether a student of the school with nearly the name and the same day of birth is the one meant."""
        near: dict[int, tuple[str, dt.date]] = {}
        for row in rows:
            others = self.names.get(row.born_on, ()) if row.born_on else ()
            plain = unaccented(row.name) if others else ""
            if row.born_on and any(nearness(plain, other) >= ALIKE - MARGIN for other in others):
                near[row.given.number] = (row.name, row.born_on)
        if not near:
            return
        likes = likes_of_many(school_id=self.pk, people=near)
        for row in rows:
            if like := likes.get(row.given.number):
                self._ask(row, like)

    def _ask(self, row: Reading, like: Sequence[Student]) -> None:
        key = f"{LIKE}:{'.'.join(str(student.pk) for student in like)}"
        described = _("Yes, %(who)s: skip this row")
        choices = [
            (str(one.pk), described % {"who": f"{one.full_name}, {shown(one.born_on)}"}) for one in like
        ]
        choices.append((ANOTHER, _("No, someone else: enrol this student")))
        answer = row.given.answer(key, choices)
        if answer and answer != ANOTHER:
            row.skips = _("your school has this student already")
        elif not answer:
            text = _("Your school has a student with nearly this name and the same date of birth.")
            row.say("", text, key, choices, about=[one.public_id for one in like])
