"""Which pages are measured, where they stand, who looks at them, and what each may cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MANY_ROWS = 10_000  # a table of more is not read from end to end for a page
MOST_JOINS = 6  # a statement with more is not planned anew at each visit
MOST_OTHERS = 50  # pages of one kind, each seen once with an empty cache


@dataclass(frozen=True)
class Budget:
    """A row of the budgets: times B, times bare, queries, and buffers with 1,000 students."""

    floor: float
    bare: float
    queries: int
    buffers: int
    cold: float = 0  # times B, where the page is kept for everyone


KEPT = Budget(0.3, 0.2, 6, 150, cold=2)  # queries and buffers are those of a page made anew
DETAIL = Budget(2, 1.5, 6, 100)
LIST = Budget(4, 1.1, 10, 250)
LEARNING = Budget(3.5, 1.1, 9, 250)
START = Budget(3, 1, 10, 500)
SUMS = Budget(3, 1, 10, 2_000)  # first pages of a school and of a coordinator
PEOPLE = Budget(6, 1, 9, 3_500)
# A list of 25 of which each stands on some twelve other rows: student, person, place, employer, location, programme, school,
# the text that is agreed, who guides. 25 × 12 × 2 blocks, and 100 to note who was read.
ROWS = Budget(6, 1.1, 10, 800)
# With three texts of each, and who signed them.
PAPERS = Budget(6, 1.1, 10, 1_200)
# In the order of the names of all that there are in a partnership, here 400: no index knows that order, so of each the
# student and the person are looked up, 400 × 2 × 2 blocks, and then the rows as above. Partnerships are as large in a large
# country as in a small one.
NAMES = Budget(6, 1.1, 10, 2_400)
# All members of a partnership by name, here 252: of each the organisation, 252 × 2 blocks, and 100.
MEMBERS = Budget(6, 1.1, 10, 600)


@dataclass(frozen=True)
class Page:
    """One page, with the bare view of the same rows; `user` is 0 for a visitor.

    `others` are more pages of its kind. `counts` says that it is one of the thirteen whose mean is told.
    """

    name: str
    ours: str
    bare: str
    user: int
    budget: Budget
    counts: bool = True
    others: list[str] = field(default_factory=list)


def pages() -> list[Page]:
    """Of the middle partnership, so that no page is at an edge of an index."""
    from benchmarks.world import COHORTS, PER_PARTNERSHIP, World  # noqa: PLC0415 - needs the apps
    from students.models import LearningPlan  # noqa: PLC0415

    last = LearningPlan.objects.order_by("-pk").values_list("pk", flat=True)[0]
    world = World(last)
    middle = (world.partnerships + 1) // 2
    student = (middle - 1) * PER_PARTNERSHIP + 2
    people = {
        "coordinator": world.staff(middle, 0),
        "teacher": world.staff(middle, 1),
        "employer": world.staff(middle, 1 + COHORTS),
        "student": student,
    }
    return [*_public(people), *_places(middle, people), *_own(middle, world, people, student)]


def _public(people: dict[str, int]) -> list[Page]:
    from partnerships.models import Initiative  # noqa: PLC0415

    ours, bare = "/initiatieven/", "/bare/initiatives/"
    count = min(-(-Initiative.objects.count() // 12), 400)
    deep, some = f"?page={count}", "?fase=loopt&thema=thema-1"
    turned = [f"{ours}?page={n}" for n in range(1, min(count, MOST_OTHERS) + 1)]
    coordinator = people["coordinator"]
    return [
        Page("home", "/", "/bare/home/", 0, KEPT, others=["/"] * MOST_OTHERS),
        Page("initiatives, anonymous", ours, bare, 0, KEPT, others=turned),
        Page("initiatives", ours, bare, coordinator, LIST, others=turned),
        Page("initiatives, deepest", ours + deep, bare + deep, coordinator, LIST, counts=False),
        Page("initiatives, two filters", ours + some, bare + some, coordinator, LIST, counts=False),
        Page("initiatives, a word", ours + "?q=wijk", bare + "?q=wijk", coordinator, LIST, counts=False),
    ]


def _places(middle: int, people: dict[str, int]) -> list[Page]:
    from benchmarks.world import SLOTS  # noqa: PLC0415
    from partnerships.models import Partnership  # noqa: PLC0415
    from placements.models import Slot  # noqa: PLC0415

    partnership = Partnership.objects.get(pk=middle)
    province = partnership.provinces[0]
    ours, bare, teacher = "/leerwerkplekken/", f"/bare/slots/{province}/", people["teacher"]
    student = people["student"]
    seen = Slot.objects.filter(partnership__provinces__contains=[province]).count()
    deep = f"?page={min(-(-seen // 25), 400)}"
    number = (middle - 1) * SLOTS + 1
    slots = Slot.objects.filter(partnership=middle, pk__gte=number).order_by("pk")[:MOST_OTHERS]
    detail = [slot.get_absolute_url() for slot in slots]
    slug = partnership.slug
    return [
        Page("finder", ours, bare, teacher, LIST, others=[f"{ours}?page={n}" for n in range(1, 21)]),
        Page("finder, deepest", ours + deep, bare + deep, teacher, LIST, counts=False),
        Page(
            "finder, free",
            f"{ours}?vrij=on&opleiding=25999",
            f"{bare}?vrij=on&crebo=25999",
            teacher,
            LIST,
            counts=False,
        ),
        Page("finder, a student", ours, f"{bare}?crebo={_crebo(student)}", student, LIST, counts=False),
        Page("slot detail", detail[0], f"/bare/slot/{number}/", teacher, DETAIL, others=detail),
        Page(
            "matching",
            f"/coordinatie/{slug}/koppelen/",
            f"/bare/matching/{middle}/",
            people["coordinator"],
            LIST,
        ),
        Page(
            "coordinator",
            f"/coordinatie/{slug}/",
            f"/bare/coordinator/{middle}/",
            people["coordinator"],
            SUMS,
        ),
    ]


def _crebo(student: int) -> str:
    from programmes.models import Qualification  # noqa: PLC0415

    of = Qualification.objects.filter(programmes__cohorts__enrolments__student__person=student)
    return of.values_list("crebo", flat=True).get()


def _own(middle: int, world: Any, people: dict[str, int], student: int) -> list[Page]:
    from agreements.models import Agreement  # noqa: PLC0415
    from partnerships.models import Organisation  # noqa: PLC0415
    from programmes.models import Cohort  # noqa: PLC0415

    cohort = Cohort.objects.filter(programme__partnership=middle).order_by("pk")[0]
    school = Organisation.objects.get(pk=world.school(middle)).slug
    employer = Organisation.objects.get(pk=world.employer(middle, 0))
    agreement = Agreement.objects.get(pk=student)
    teacher = people["teacher"]
    return [
        Page(
            "cohort",
            f"/school/{school}/cohorten/{cohort.public_id}/",
            f"/bare/cohort/{cohort.pk}/",
            teacher,
            PEOPLE,
        ),
        Page("plan", "/student/", f"/bare/plan/{student}/", student, LEARNING),
        Page("student's work", "/student/werk/", f"/bare/work/{student}/", student, LEARNING),
        Page(
            "employer start",
            f"/werkgever/{employer.slug}/",
            f"/bare/employer/{employer.pk}/",
            people["employer"],
            START,
        ),
        Page("school start", f"/school/{school}/", f"/bare/school/{teacher}/", teacher, SUMS),
        Page(
            "agreement",
            agreement.get_absolute_url(),
            f"/bare/agreement/{student}/",
            teacher,
            DETAIL,
        ),
    ]


B = "/bare/page/"
