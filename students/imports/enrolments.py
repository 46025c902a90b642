"""Reader of the CSV with students; the form checks what stands in the cells (docs/conventions/imports.md)."""

from __future__ import annotations

from core.tables import Table, read, read_text, template

# column: field of the form
COLUMNS = {
    "voornaam": "first_name",
    "tussenvoegsel": "name_prefix",
    "achternaam": "last_name",
    "email": "email",
    "geboortedatum": "born_on",
    "woonplaats": "town",
    "postcode4": "pc4",
    "startdatum": "starts_on",
    "wensen": "wishes",
}
COLUMN_OF = {field: column for column, field in COLUMNS.items()}
MOST_ROWS = 200
MOST_BYTES = 200_000
EXAMPLE = (
    "Samira", "van", "Voorbeeld", "samira@leerling.example", "14-03-2004", "Lelystad", "8224", "", "liefst de avond",
)  # fmt: skip


def read_students(content: bytes) -> Table:
    """The rows of a file and what is wrong with its shape."""
    return read(content, columns=tuple(COLUMNS), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)


def read_students_text(text: str) -> Table:
    """The same for the text of a file that was checked before."""
    return read_text(text, columns=tuple(COLUMNS), most_rows=MOST_ROWS)


def empty_file() -> bytes:
    """A file with the header and one example row."""
    return template(tuple(COLUMNS), EXAMPLE)
