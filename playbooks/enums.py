"""States and kinds of playbooks and their parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """A version of a playbook, from its first word to the next one that takes its place."""

    DRAFT = "draft", _("being written")
    PUBLISHED = "published", _("published, newest")
    REPLACED = "replaced", _("replaced by a newer version")


class PartKind(models.TextChoices):
    """What a part of a playbook is about, in the order in which they are shown."""

    TEXT = "text", _("text")
    GROUP = "group", _("group")
    RHYTHM = "rhythm", _("rhythm of meetings")
    STEP = "step", _("step")
    ACTION_LINE = "action_line", _("action line")
    THEME = "theme", _("theme")
    PROGRAMME = "programme", _("outline of a programme")


class StepUnit(models.TextChoices):
    """In what the time from the beginning to a step is counted."""

    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class LeadState(models.TextChoices):
    """An organisation from outside that wants to begin with a playbook too."""

    NEW = "new", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class Choice(models.TextChoices):
    """What a partnership did with a piece of a newer version."""

    TAKE = "take", _("took over")
    KEEP = "keep", _("kept its own")
    UNDO = "undo", _("took that back")


class OfferState(models.TextChoices):
    """An improvement that a partnership offers to whose playbook it began with."""

    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted into the next version")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
