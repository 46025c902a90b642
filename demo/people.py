"""The people as whom one can sign in to the demo, read from demo/data/. Standard library only: make prints them."""

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"
PASSWORD = "leerpact-demo"  # noqa: S105 - the demo runs on loopback, with invented people


@dataclass(frozen=True)
class Person:
    """`key` names the person in seed files and tests; `role` is what a reader sees."""

    key: str
    role: str
    first_name: str
    name_prefix: str
    last_name: str
    email: str
    password: str = PASSWORD

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.name_prefix, self.last_name) if part)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one data file, as text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def email_of(row: dict[str, str], domain: str) -> str:
    """An address that cannot exist: first and last name, letters only, at a name that ends in .example."""
    letters = unicodedata.normalize("NFKD", f"{row['first_name']}.{row['name_prefix']}{row['last_name']}")
    special = letters.casefold().replace("ł", "l").replace("ı", "i").replace("ø", "o")
    return "".join(c for c in special if c.isascii() and (c.isalpha() or c == ".")) + f"@{domain}.example"


def demo_people() -> list[Person]:
    """Everyone on the sign-in page: staff first, then students."""
    return [
        Person(
            row["key"],
            row["persona"],
            row["first_name"],
            row["name_prefix"],
            row["last_name"],
            email_of(row, row.get("organisation") or ("student" if "cohort" in row else "leerpact")),
        )
        for row in [*rows_of("people.csv"), *rows_of("students.csv")]
        if row["persona"]
    ]


def demo_person(key: str) -> Person:
    return next(person for person in demo_people() if person.key == key)
