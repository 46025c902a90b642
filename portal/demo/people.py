"""The people of the demo one may sign in as, as demo/people.csv lists them. Standard library only: make prints them."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "demo" / "people.csv"


@dataclass(frozen=True)
class Person:
    """`key` names the person in seed files and tests; `role` is what a reader sees."""

    key: str
    role: str
    first_name: str
    name_prefix: str
    last_name: str
    email: str
    password: str

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.name_prefix, self.last_name) if part)


def demo_people() -> list[Person]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Person(**row) for row in csv.DictReader(file)]


def demo_person(key: str) -> Person:
    return next(person for person in demo_people() if person.key == key)
