"""States and choices around students, plans and work situations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentState(models.TextChoices):
    WAITING = "waiting", _("waiting list")
    ENROLLED = "enrolled", _("enrolled")
    COMPLETED = "completed", _("completed")
    DROPPED_OUT = "dropped_out", _("dropped out")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    CLOSED = "closed", _("closed")


class GoalState(models.TextChoices):
    """How far a goal is; the words on screen are in docs/domain.md 6."""

    PROPOSED = "proposed", _("requested")
    AGREED = "agreed", _("not started yet")
    BUSY = "busy", _("busy")
    DEMONSTRATED = "demonstrated", _("handed in")
    ASSESSED = "assessed", _("assessed")
    LAPSED = "lapsed", _("lapsed")


class GoalResult(models.TextChoices):
    PASSED = "passed", _("achieved")
    NOT_YET = "not_yet", _("not achieved yet")


class GoalOrigin(models.TextChoices):
    QUALIFICATION = "qualification", _("from the qualification")
    EMPLOYER = "employer", _("question of the employer")
    STUDENT = "student", _("own question of the student")


class Party(models.TextChoices):
    """The three parties of every plan and agreement."""

    STUDENT = "student", _("student")
    EMPLOYER = "employer", _("employer")
    SCHOOL = "school", _("school")


class Answer(models.TextChoices):
    YES = "yes", _("agreed")
    CHANGE = "change", _("change requested")


class Reader(models.TextChoices):
    """Who else may read a student's evidence or work situation; the student chooses, and begins with nobody."""

    TEACHERS = "teachers", _("my teachers")
    SUPERVISOR = "supervisor", _("my supervisor at work")
    EMPLOYER = "employer", _("the contact persons and practice trainers at work")


class SituationState(models.TextChoices):
    SUBMITTED = "submitted", _("brought in")
    PLANNED = "planned", _("planned")
    TREATED = "treated", _("treated")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AccessScope(models.TextChoices):
    PLAN = "plan", _("the learning plan")
    EXCHANGE = "exchange", _("the exchange goals only")
