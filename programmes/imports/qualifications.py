"""A list with qualifications, core tasks and work processes: held against itself and against what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.access import ensure
from core.imports.columns import Column
from core.imports.dates import MOST_LINES, DateOrder, order_of
from core.imports.importer import Given, Importer, Outcome, Question, register
from core.imports.models import ImportRow, Verdict
from partnerships.actors import Actor, actor_of_person
from programmes.imports.reading import Reading, read
from programmes.queries.qualifications import Present
from programmes.rules import qualifications as rules
from programmes.services import qualifications as service

COLUMNS = (
    Column(
        "crebo",
        "crebo",
        gettext_lazy("Crebo"),
        ("crebonummer", "crebocode", "crebo kwalificatie"),
        is_required=True,
    ),
    Column(
        "dossier_crebo",
        "dossier_crebo",
        gettext_lazy("Crebo of the file"),
        ("dossier crebo", "crebo dossier", "crebonummer dossier", "dossiernummer"),
        is_required=True,
    ),
    Column(
        "kerntaak_code",
        "kerntaak_code",
        gettext_lazy("Code of the core task"),
        ("kerntaakcode", "code kerntaak", "kerntaaknummer"),
    ),
    Column(
        "kerntaak_title",
        "kerntaak_title",
        gettext_lazy("Core task"),
        ("kerntaak", "naam kerntaak", "kerntaak titel", "kerntaaknaam"),
    ),
    Column(
        "werkproces_code",
        "werkproces_code",
        gettext_lazy("Code of the work process"),
        ("werkprocescode", "code werkproces", "werkprocesnummer"),
    ),
    Column(
        "werkproces_title",
        "werkproces_title",
        gettext_lazy("Work process"),
        ("werkproces", "naam werkproces", "werkproces titel", "werkprocesnaam"),
    ),
    Column(
        "valid_from",
        "valid_from",
        gettext_lazy("Valid from"),
        ("ingangsdatum", "geldig vanaf", "begindatum", "startdatum"),
        is_required=True,
    ),
    Column(
        "valid_to",
        "valid_to",
        gettext_lazy("Valid until"),
        ("einddatum", "geldig tot", "geldig tot en met", "datum einde"),
    ),
    Column("source", "source", gettext_lazy("Source"), ("bron",)),
    Column(
        "kwalificatie",
        "kwalificatie",
        gettext_lazy("Qualification"),
        ("naam kwalificatie", "kwalificatienaam", "kwalificatie naam"),
        is_required=True,
    ),
    Column(
        "niveau", "niveau", gettext_lazy("Level"), ("mbo niveau", "niveau kwalificatie"), is_required=True
    ),
    Column(
        "dossier",
        "dossier",
        gettext_lazy("Qualification file"),
        ("naam dossier", "dossiernaam", "kwalificatiedossier", "naam kwalificatiedossier"),
        is_required=True,
    ),
)
DATES = ("valid_from", "valid_to")
EACH = "each"  # the answer that a crebo belongs in each of the files
MOST_ASKED = 20  # questions about the list on one page
# Of what each text is one, by the columns that say which; its rows have to agree.
FACTS = {
    "dossier": (),
    "valid_to": (),
    "source": (),
    "kwalificatie": ("crebo",),
    "niveau": ("crebo",),
    "kerntaak_title": ("crebo", "kerntaak_code"),
    "werkproces_title": ("crebo", "kerntaak_code", "werkproces_code"),
}


@register
class QualificationImporter(Importer):
    """Qualifications, which are the same for all schools."""

    kind = "qualifications"
    columns = COLUMNS
    example = (
        "95001", "93001", "B1-K1", "Biedt zorg", "B1-K1-W1", "Bereidt het werk voor",
        "2025-08-01", "", "voorbeeld", "Verzorgende", "3", "Verzorging",
    )  # fmt: skip

    def __init__(self, batch: Any, by: Actor) -> None:
        super().__init__(batch, by)
        self.dates = DateOrder()
        self.read: dict[int, Reading] = {}
        self.open: set[str] = set()  # keys of questions without an answer
        self.lines: dict[tuple[str, ...], int] = {}

    @staticmethod
    def actor(person_id: int) -> Actor:
        user = Person.objects.select_related("user").get(pk=person_id).user
        return actor_of_person(person_id, is_staff=bool(user and user.is_active and user.is_staff))

    def lock(self) -> None:
        service.lock()

    def ensure(self) -> None:
        ensure(rules.can_manage_qualifications(self.by))

    def name_of(self, cells: Any) -> str:
        return " ".join(
            cells[name] for name in ("crebo", "kwalificatie", "werkproces_title") if cells.get(name)
        )[:80]

    # The whole list

    def survey(self, rows: Iterable[Given]) -> list[Question]:
        given = list(rows)
        texts = ((row.number, row.cells.get(name, "")) for row in given for name in DATES)
        self.dates = order_of(texts, self.batch.answers)
        self.read = {row.number: read(row, self.dates, self.batch.file_name) for row in given}
        whole = [row for row in self.read.values() if not row.problems]
        questions = [*self.dates.questions, *self._files_questions(whole), *self._texts_questions(whole)]
        answered = [question for question in questions if self._answer(question)]
        asked = [question for question in questions if not self._answer(question)]
        self.open = {question.key for question in asked}
        return [*answered, *asked[:MOST_ASKED]]

    def _answer(self, question: Question) -> str:
        chosen = str(self.batch.answers.get(question.key, ""))
        return chosen if chosen in {value for value, _label in question.choices} else ""

    def _files_questions(self, rows: Sequence[Reading]) -> list[Question]:
        """A crebo that stands in two files, in the list or with what is there."""
        files: dict[str, dict[str, list[int]]] = {}
        for row in rows:
            lines = files.setdefault(row.values["crebo"], {}).setdefault(row.values["dossier_crebo"], [])
            lines.append(row.given.number)
        for crebo, file in self.present.files_of(files):
            files[crebo].setdefault(file, [])
        found = []
        for crebo, by_file in files.items():
            if len(by_file) > 1:
                names = sorted(by_file)
                text = _("Crebo %(crebo)s appears in the files %(files)s. Where does it belong?")
                choices = [(EACH, _("In each of them"))]
                choices += [(name, _("Only in %(file)s") % {"file": name}) for name in names]
                lines = [line for some in by_file.values() for line in some][:MOST_LINES]
                said = text % {"crebo": crebo, "files": ", ".join(names)}
                found.append(Question(f"files:{crebo}", said, choices, lines))
        return found

    def _texts_questions(self, rows: Sequence[Reading]) -> list[Question]:
        """One code with two titles, and the like: which of them holds for all rows."""
        said: dict[str, dict[str, int]] = {}
        for row in rows:
            for name in FACTS:
                if key := _fact(row, name):
                    said.setdefault(key, {}).setdefault(str(row.values[name] or ""), row.given.number)
        labels = {column.name: column.label for column in COLUMNS}
        found = []
        for key, texts in said.items():
            if len(texts) > 1:
                name, *of = key.split(":")
                text = _("The rows differ in “%(column)s” of %(code)s. Which is right?")
                choices = [(value, value or _("(empty)")) for value in texts]
                words = text % {"column": labels[name], "code": " ".join(part for part in of if part)}
                found.append(Question(key, words, choices, list(texts.values())[:MOST_LINES]))
        return found

    # Rows

    @cached_property
    def present(self) -> Present:
        """What is there of the files in this list."""
        creboes = {row.values["dossier_crebo"] for row in self.read.values() if row.values["dossier_crebo"]}
        return Present(creboes)

    def check(self, rows: Sequence[Given]) -> list[Outcome]:
        return [self._outcome(self.read.get(row.number) or self._again(row)) for row in rows]

    def _again(self, row: Given) -> Reading:
        return read(row, self.dates, self.batch.file_name)

    def _outcome(self, row: Reading) -> Outcome:
        if row.problems:
            return Outcome(Verdict.WRONG, row.name, problems=row.problems)
        for name in FACTS:
            chosen = self.batch.answers.get(_fact(row, name))
            if chosen is not None:
                row.values[name] = int(chosen) if name == "niveau" else chosen
        waiting = [
            key
            for key in (f"files:{row.values['crebo']}", *(_fact(row, name) for name in FACTS))
            if key in self.open
        ]
        if waiting:
            row.say("", _("First answer the question above about this row."))
            return Outcome(Verdict.WRONG, row.name, problems=row.problems)
        only = self.batch.answers.get(f"files:{row.values['crebo']}", EACH)
        if only not in (EACH, row.values["dossier_crebo"]):
            return Outcome(Verdict.SKIPPED, row.name, _("belongs only in file %(file)s") % {"file": only})
        key = (*row.version, row.values["crebo"], row.values["kerntaak_code"], row.values["werkproces_code"])
        line = self.lines.setdefault(key, row.given.number)
        if line != row.given.number:
            return Outcome(Verdict.SKIPPED, row.name, _("the same as row %(line)d") % {"line": line})
        return self._against_what_is_there(row)

    def _against_what_is_there(self, row: Reading) -> Outcome:
        new, changes, held = self.present.weigh(row.values)
        labels = {column.name: str(column.label) for column in COLUMNS}
        for name, old in held:
            text = _(
                "A cohort follows this version, so “%(present)s” cannot change. Give the new text its own valid_from."
            )
            row.say(name, text % {"present": old})
        if row.problems:
            return Outcome(Verdict.WRONG, row.name, problems=row.problems)
        shown = [(labels[name], str(old or ""), str(text or "")) for name, old, text in changes]
        note = _("new: %(parts)s") % {"parts": ", ".join(_part(name) for name in new)} if new else ""
        verdict = Verdict.CHANGED if changes else Verdict.NEW if new else Verdict.SAME
        return Outcome(
            verdict, row.name, note, row.values if verdict != Verdict.SAME else None, changes=shown
        )

    # What is written, and taken back

    def write(self, rows: Sequence[ImportRow]) -> None:
        done = service.write(rows=[row.values or {} for row in rows], by=self.by)
        for row, made in zip(rows, done, strict=True):
            row.before = made

    @cached_property
    def made(self) -> set[int]:
        """The qualifications that the list made."""
        found = self.batch.rows.exclude(before__made__qualification=None)
        return set(found.values_list("before__made__qualification", flat=True))

    def take_back(self, rows: Sequence[ImportRow]) -> None:
        gone = service.take_back(rows=[row.before or {} for row in rows], new=self.made, by=self.by)
        for row, is_gone in zip(rows, gone, strict=True):
            row.is_undone = is_gone
            row.note = "" if is_gone else _("has been changed or used since, and stays")


def _fact(row: Reading, name: str) -> str:
    """The key of what a text is of: its column, the version of the file, which part of that; empty without such a part."""
    of = [row.values[part] for part in FACTS[name]]
    return ":".join((name, *row.version, *of)) if all(of) else ""


def _part(name: str) -> str:
    return {
        "file": _("version of a file"),
        "qualification": _("qualification"),
        "core_task": _("core task"),
        "work_process": _("work process"),
    }[name]
