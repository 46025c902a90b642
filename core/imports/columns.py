"""Which column of a list is what: the header found where it stands, and its names recognised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.functional import Promise

from core.text import unaccented

IGNORED = "-"  # a column that is not read, as people choose it
FEWEST_KNOWN = 2  # names in a row that make it the header
_APART = re.compile(r"[^a-z0-9]+")
# A national number may not be kept (UAVG article 46): these columns are not even read.
NEVER_READ = frozenset(
    {
        *("bsn", "bsnnummer", "burgerservicenummer", "burgerservicenr", "sofi", "sofinummer", "sofinr"),
        *("pgn", "persoonsgebondennummer", "onderwijsnummer", "onderwijsnr", "own", "bsnonderwijsnummer"),
        *("citizenservicenumber", "bsnofonderwijsnummer", "bsnonderwijsnr"),
    }
)
# What we write beside rows that have to be put right, so that they can be handed in again.
OURS = frozenset({"watisermis", "whatiswrong"})
# What exports of a student administration have beside what we ask for.
USUAL = frozenset(
    {
        *("stamnummer", "stamnr", "leerlingnummer", "leerlingnr", "studentnummer", "studentnr", "deelnemernummer"),
        *("deelnemernr", "deelnemer", "nummer", "nr", "id", "geslacht", "mv", "klas", "groep", "stamgroep", "leerweg"),
        *("crebo", "crebonummer", "opleiding", "opleidingscode", "niveau", "cohort", "leerjaar", "voorletters", "initialen"),
        *("straat", "straatnaam", "adres", "huisnummer", "huisnr", "toevoeging", "land", "nationaliteit", "geboorteplaats"),
        *("telefoon", "telefoonnummer", "mobiel", "mobielnummer", "telouder", "telefoonouder", "mentor", "slb", "slber"),
        *("status", "einddatum", "locatie", "vestiging", "onderwijsvorm", "werkgever", "employer"),
        *("opmerking", "opmerkingen"),
    }
)  # fmt: skip
_TOTALS = re.compile(r"(sub)?(totaal|total|som|aantal|gemiddelde?|average|sum|count)\b[^@]*", re.IGNORECASE)
MOST_IN_TOTALS = 3
MOST_EXAMPLES, LONGEST_EXAMPLE = 4, 40
LONGEST_HEADING = 100  # as it is remembered: what is longer would be cut, and no two may be taken for one
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Column:
    """Something that an importer reads: `header` stands in the empty file, `also` are other names, the best first.

    A column that is required may be there as one of `instead`. An extra one does not stand in the empty file.
    """

    name: str
    header: str
    label: str | Promise
    also: tuple[str, ...] = ()
    is_required: bool = False
    instead: tuple[str, ...] = ()
    is_extra: bool = False


def heading(text: str) -> str:
    """A name in a header without what people vary: capitals, accents, spaces and signs; a long one by its digest."""
    name = _APART.sub("", unaccented(text))
    return name if len(name) <= LONGEST_HEADING else sha256(name.encode()).hexdigest()


def letter(number: int) -> str:
    """How a spreadsheet calls the column with this number, counted from 0: A, Z, AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = _LETTERS[rest] + name
    return name


@dataclass(frozen=True, slots=True)
class Found:
    """A column of the file: its name as it is written, what it is (`field`, IGNORED, or empty when asked), some cells."""

    number: int
    title: str
    field: str
    examples: tuple[str, ...] = ()
    is_sure: bool = False  # by the name in the empty file, or as it was chosen before

    @property
    def letter(self) -> str:
        """As a spreadsheet calls it."""
        return letter(self.number)

    @property
    def is_secret(self) -> bool:
        """Whether it may not be read at all."""
        return heading(self.title) in NEVER_READ


@dataclass(frozen=True, slots=True)
class Header:
    """Where the rows begin, and what the columns are; `line` 0 is a file without a header."""

    line: int
    columns: list[Found] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether someone has to look at it: something unknown, or recognised for the first time."""
        return any(not column.is_sure for column in self.columns)


def find(head: Sequence[Sequence[str]], columns: Sequence[Column], remembered: Mapping[str, str]) -> Header:
    """The header among the first rows of a sheet.

    It is the row with the most names that are known, also below titles; a row directly above or below with names of its own
    belongs to it. `remembered` is what was chosen before, by `heading`.
    """
    names = _names(columns)
    known = [_score(row, names, remembered) for row in head]
    best = max(range(len(head)), key=lambda at: (known[at], -at), default=0)
    if not head or known[best] < FEWEST_KNOWN:
        return _without_header(head, names, remembered)
    first = last = best
    if last + 1 < len(head) and known[last + 1] >= FEWEST_KNOWN and not _looks_like_data(head[last + 1]):
        last += 1
    above = head[first - 1] if first else []
    titles = [
        _title(number, head[first : last + 1], above, names, remembered) for number in range(_width(head))
    ]
    below = [row for row in head[last + 1 :] if not is_totals(row)]
    return Header(last + 1, _recognised(titles, below, columns, remembered))


def _width(head: Sequence[Sequence[str]]) -> int:
    return max((len(row) for row in head), default=0)


def _names(columns: Sequence[Column]) -> dict[str, tuple[int, str]]:
    """By `heading`: how good a name is for its field (0 is best), and the field."""
    found: dict[str, tuple[int, str]] = {}
    for column in columns:
        every = [column.header, column.name, str(column.label), *column.also]
        for rank, name in enumerate(every):
            found.setdefault(heading(name), (rank, column.name))
    return found


def _score(row: Sequence[str], names: Mapping[str, object], remembered: Mapping[str, str]) -> int:
    """How many different names of this row are known."""
    here = {heading(cell) for cell in row if cell}
    return len({names.get(name) or remembered.get(name) for name in here} - {None, IGNORED})


def _looks_like_data(row: Sequence[str]) -> bool:
    return any("@" in cell or any(letter.isdigit() for letter in cell) for cell in row)


def _title(
    number: int,
    rows: Sequence[Sequence[str]],
    above: Sequence[str],
    names: Mapping[str, object],
    remembered: Mapping[str, str],
) -> str:
    """What stands above a column: the lowest name that is known, or the lowest at all; else a known one of the row above."""
    own = [row[number].strip() for row in reversed(rows) if number < len(row) and row[number].strip()]
    for title in own:
        if heading(title) in names or heading(title) in remembered:
            return title
    over = above[number].strip() if number < len(above) else ""
    if over and (heading(over) in names or heading(over) in remembered):
        return over
    return own[0] if own else ""


def _recognised(
    titles: Sequence[str],
    below: Sequence[Sequence[str]],
    columns: Sequence[Column],
    remembered: Mapping[str, str],
) -> list[Found]:
    names = _names(columns)
    taken: dict[str, int] = {}  # field: the column that has the best name for it
    for number, title in enumerate(titles):
        name = heading(title)
        if name in remembered or name not in names:
            continue
        rank, target = names[name]
        best = taken.get(target)
        if best is None or rank < names[heading(titles[best])][0]:
            taken[target] = number
    chosen = {remembered.get(heading(title)) for title in titles}
    exact = {heading(column.header) for column in columns}
    found = []
    for number, title in enumerate(titles):
        name = heading(title)
        examples = _examples(number, below)
        if not title and not examples:
            continue
        if name in NEVER_READ or name in OURS:
            found.append(Found(number, title, IGNORED, (), is_sure=True))
        elif name and name in remembered:
            found.append(Found(number, title, remembered[name], examples, is_sure=True))
        elif name in names:
            target = names[name][1]
            mine = taken.get(target) == number and target not in chosen
            found.append(Found(number, title, target if mine else IGNORED, examples, mine and name in exact))
        else:
            found.append(Found(number, title, IGNORED if name in USUAL else "", examples))
    return found


def _examples(number: int, below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Different cells of a column, the first ones, as long as a page shows them."""
    cells = (row[number].strip()[:LONGEST_EXAMPLE] for row in below if number < len(row))
    return tuple(dict.fromkeys(filter(None, cells)))[:MOST_EXAMPLES]


def _without_header(
    head: Sequence[Sequence[str]], names: Mapping[str, object], remembered: Mapping[str, str]
) -> Header:
    """A file in which no row is known as a header: the first row is taken for one unless it holds data; all is asked."""
    first = next(
        (at for at, row in enumerate(head) if sum(bool(cell.strip()) for cell in row) >= FEWEST_KNOWN), None
    )
    if first is None:
        first = next((at for at, row in enumerate(head) if any(cell.strip() for cell in row)), 0)
    has_titles = bool(head) and not _looks_like_data(head[first])
    titles = list(head[first]) if has_titles else []
    titles += [""] * (_width(head) - len(titles))
    below = head[first + 1 :] if has_titles else head[first:]
    line = first + 1 if has_titles else first
    found = []
    for number, title in enumerate(titles):
        examples = _examples(number, below)
        if title or examples:
            known = names.get(heading(title))
            target = known[1] if isinstance(known, tuple) else remembered.get(heading(title), "")
            found.append(
                Found(number, title.strip(), IGNORED if heading(title) in NEVER_READ else target, examples)
            )
    return Header(line, found)


def is_totals(row: Iterable[str]) -> bool:
    """Whether a row adds up what stands above it: it begins with such a word and holds hardly anything else."""
    filled = [cell for cell in row if cell and not cell.isspace()]
    return 0 < len(filled) <= MOST_IN_TOTALS and bool(_TOTALS.match(filled[0].strip()))


def repeats(row: Sequence[str], titles: Collection[str]) -> bool:
    """Whether a row is the header once more, as on the pages of a print; `titles` by `heading`."""
    filled = [cell for cell in row if cell]
    if len(filled) < FEWEST_KNOWN or heading(filled[0]) not in titles:
        return False
    return all(heading(cell) in titles for cell in filled)
