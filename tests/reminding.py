"""What the tests of reminders share: a clock to start from, and what went out."""

import datetime as dt
from datetime import timedelta

from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from portal.reminders import REMINDERS
from students.models import Goal
from tests.factories.students import GoalFactory, GoalVersionFactory

START = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)  # a Thursday, 10:00 local time
KINDS = "reminder_"


def days_with_mail(clock, kind, days, *, user=None):
    """Runs the one rule daily from now on; the days after the start on which a reminder of this kind went out."""
    rules = [rule for rule in REMINDERS if kind == f"{KINDS}{rule.kind}"]
    mails = OutgoingMail.objects.filter(kind=kind, **({"person__user": user} if user else {}))
    earlier = list(mails.values_list("pk", flat=True))
    for offset in range(days):
        clock.move_to(START + timedelta(days=offset))
        tick(rules)
    made = mails.exclude(pk__in=earlier).order_by("created_at")
    return [(mail.created_at - START).days for mail in made]


def reminded(kind):
    """Keys of the people to whom a reminder of this kind went out."""
    return set(OutgoingMail.objects.filter(kind=kind).values_list("person__user", flat=True))


def goal_due(days, **fields):
    """An agreed goal whose newest version is to be handed in this many days from now."""
    goal = GoalFactory(**({"agreed": True} | fields))
    version = GoalVersionFactory(
        goal=goal, number=2, agreed=True, text="Ik rapporteer", due_on=today() + timedelta(days=days)
    )
    Goal.objects.filter(pk=goal.pk).update(current=version, latest=version)
    goal.refresh_from_db()
    return goal
