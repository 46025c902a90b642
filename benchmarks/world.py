"""An invented region of any size, the same at each run: partnerships of 500 students each.

One partnership has a school with 20 cohorts of 25, 250 employers with 1,000 slots, a call and 25 initiatives; four of
five students have a placement, everyone has a plan of ten goals, and of each there are mails, reminders, history and who
read what. More students make more partnerships, not larger ones, as in the country: 300,000 students make its 600
partnerships, 150,000 employers and 600,000 slots.
"""

from __future__ import annotations

from benchmarks.loading import Loader
from core.dates import today

SEED = 20261121
PER_PARTNERSHIP, PER_COHORT, GOALS, SITUATIONS = 500, 25, 10, 2
EMPLOYERS, SLOTS, SEATS, INITIATIVES = 250, 1_000, 2, 25  # in one partnership
COHORTS = PER_PARTNERSHIP // PER_COHORT
FIRST = ("Samira", "Daan", "Élise", "Mo", "Fatma", "Bram", "Noor", "Jayden", "Sofie", "Ali")
LAST = ("Bakker", "Yılmaz", "Visser", "Öztürk", "Jansen", "Mulder", "Smit", "Hendriks", "Bos", "Postma")
TOWNS = ("Lelystad", "Almere", "Dronten", "Zeewolde", "Urk")


class World:
    """Numbers are worked out from each other, so that no table is read back while filling the next.

    Students 1…n have the users 1…n, the plans 1…n and the enrolments 1…n; other people follow. Organisations: per
    partnership a body, a school and the employers.
    """

    def __init__(self, size: int) -> None:
        self.count = size
        self.partnerships = size // PER_PARTNERSHIP
        self.loader = Loader(SEED)
        self.day = today()

    def organisation(self, partnership: int, place: int) -> int:
        return (partnership - 1) * (EMPLOYERS + 2) + place

    def body(self, partnership: int) -> int:
        return self.organisation(partnership, 1)

    def school(self, partnership: int) -> int:
        return self.organisation(partnership, 2)

    def employer(self, partnership: int, number: int) -> int:
        return self.organisation(partnership, 3 + number)

    def staff(self, partnership: int, number: int) -> int:
        """User (and membership) of the coordinator (0), the teachers (1…) and the employers' contacts after them."""
        return self.count + (partnership - 1) * (1 + COHORTS + EMPLOYERS) + 1 + number

    @property
    def everyone(self) -> int:
        """The last user of a partnership; those who follow are one of a kind."""
        return self.staff(self.partnerships, COHORTS + EMPLOYERS)

    @property
    def middle(self) -> int:
        """The partnership whose pages are looked at, so that none is at an edge of an index."""
        return (self.partnerships + 1) // 2

    @property
    def administrator(self) -> int:
        return self.everyone + 1

    @property
    def manager(self) -> int:
        """User (and membership) of the only manager there is, of the second employer of the middle partnership."""
        return self.everyone + 2

    @property
    def supervisor(self) -> int:
        """User (and membership) of the only work supervisor, of the same employer."""
        return self.everyone + 3

    def each(self) -> range:
        return range(1, self.partnerships + 1)

    def name(self, number: int) -> tuple[str, str]:
        return FIRST[number % len(FIRST)], f"{LAST[number // 10 % len(LAST)]}-{number}"

    def is_placed(self, student: int) -> bool:
        return student % 5 != 0

    def employer_of(self, student: int) -> int:
        partnership, number = divmod(student - 1, PER_PARTNERSHIP)
        return self.employer(partnership + 1, number // 5)
