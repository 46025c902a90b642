"""States and choices of meetings; Dutch labels come from the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    MEETING = "meeting", _("meeting")
    DIALOGUE_TABLE = "dialogue_table", _("dialogue table")
    SECTOR_TABLE = "sector_table", _("sector table")
    KICK_OFF = "kick_off", _("kick-off")


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    INVITED = "invited", _("invitations sent")
    HELD = "held", pgettext_lazy("meeting", "held")
    CLOSED = "closed", _("report sent")
    CANCELLED = "cancelled", _("cancelled")


class ItemKind(models.TextChoices):
    """What the table is asked to do with an item."""

    INFORM = "inform", _("to inform")
    DISCUSS = "discuss", _("to discuss")
    DECIDE = "decide", _("to decide")


class Answer(models.TextChoices):
    """What someone says to an invitation."""

    YES = "yes", _("is coming")
    NO = "no", _("is not coming")
    SUBSTITUTE = "substitute", _("someone else is coming")


class ActionState(models.TextChoices):
    OPEN = "open", _("open")
    BUSY = "busy", _("in progress")
    DONE = "done", _("done")
    LAPSED = "lapsed", _("lapsed")


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("not sent yet")
    SUBMITTED = "submitted", _("sent in")
    CONSIDERED = "considered", _("being considered")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    CARRIED_OUT = "carried_out", _("carried out")


class NeedState(models.TextChoices):
    OPEN = "open", _("open")
    BUNDLED = "bundled", _("on an agenda")
    ANSWERED = "answered", _("answered")
    DROPPED = "dropped", _("not taken up")


class RhythmUnit(models.TextChoices):
    """In what the time between two meetings of a rhythm is counted."""

    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
