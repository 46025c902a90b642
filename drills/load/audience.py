"""Who comes and what they ask for, made on the database that is measured: sessions, addresses and forms.

Half are students with their plan and work; teachers, contacts of employers and coordinators look at their lists, and a
tenth is signed in nowhere. One in ten requests writes: a student hands in what was done for a goal.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

STUDENTS, STAFF = 200, 60  # who come, spread over the whole country
PUBLIC = ("/", "/initiatieven/", "/initiatieven/?page=2", "/over/")


def gather(seed: int) -> dict[str, Any]:
    """`reads`: pairs of cookie and address, one for each page one may ask; `writes`: the same for forms."""
    from benchmarks.world import World  # noqa: PLC0415 - needs the apps
    from students.models import Goal, LearningPlan  # noqa: PLC0415

    chance = random.Random(seed)
    world = World(LearningPlan.objects.count())
    reads: list[tuple[str, str]] = []
    for student in chance.sample(range(1, world.count + 1), STUDENTS):
        cookie = _session(student)
        reads += [(cookie, path) for path in ("/student/", "/student/werk/", "/leerwerkplekken/")]
    for _turn in range(STAFF):
        reads += _of_staff(world, chance)
    reads += [("", path) for path in PUBLIC] * (len(reads) // (9 * len(PUBLIC)))
    goals = Goal.objects.filter(state="agreed", plan__state="active").order_by("?")[:STUDENTS]
    students = goals.values_list("public_id", "plan__enrolment__student__person__user")
    writes = [(_session(user), f"/doelen/{goal}/bewijs/nieuw/") for goal, user in students]
    return {"reads": reads, "writes": writes}


def _of_staff(world: Any, chance: random.Random) -> Iterator[tuple[str, str]]:
    from benchmarks.world import COHORTS, EMPLOYERS  # noqa: PLC0415
    from partnerships.models import Organisation, Partnership  # noqa: PLC0415
    from programmes.models import Cohort  # noqa: PLC0415

    number = chance.randint(1, world.partnerships)
    group, employer = chance.randrange(COHORTS), chance.randrange(EMPLOYERS)
    school = Organisation.objects.get(pk=world.school(number)).slug
    cohort = Cohort.objects.filter(programme__partnership=number).order_by("pk")[group].public_id
    teacher = _session(world.staff(number, 1 + group))
    for path in (f"/school/{school}/", f"/school/{school}/cohorten/{cohort}/", "/leerwerkplekken/"):
        yield teacher, path
    contact = _session(world.staff(number, 1 + COHORTS + employer))
    organisation = Organisation.objects.get(pk=world.employer(number, employer)).slug
    for path in (f"/werkgever/{organisation}/", "/initiatieven/"):
        yield contact, path
    coordinator = _session(world.staff(number, 0))
    yield coordinator, f"/coordinatie/{Partnership.objects.get(pk=number).slug}/"


def _session(user: int) -> str:
    """The cookie of someone who signed in a moment ago."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from accounts.sessions import SessionStore  # noqa: PLC0415

    session, account = SessionStore(), User.objects.get(pk=user)
    session[SESSION_KEY] = str(user)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["begun"] = session["seen"] = time.time()
    session.create()
    UserSession.objects.create(
        user=account, session_key=session.session_key, ip="127.0.0.1", user_agent="drill"
    )
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def tell(seed: int) -> None:
    """For a process of its own: Django is set up for one database."""
    json.dump(gather(seed), sys.stdout)
