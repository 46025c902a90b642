"""What can be found."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Found(TextChoices):
    """The kinds of things that the search knows by their words, in the order in which they are shown."""

    INITIATIVE = "initiative", _("Initiatives")
    PARTNERSHIP = "partnership", _("Partnerships")
    ORGANISATION = "organisation", _("Organisations")
    CALL = "call", _("Calls")
    GROUP = "group", _("Groups")
    ACTION_LINE = "action_line", _("Action lines")
    MEETING = "meeting", _("Meetings")
    DECISION = "decision", _("Decisions")
    ACTION = "action", _("Actions")
    NEED = "need", _("Needs")
    PROPOSAL = "proposal", _("Proposals")
    DOCUMENT = "document", _("Documents")


class Live(TextChoices):
    """What is asked when someone searches, and is copied nowhere: people, and what is theirs."""

    STUDENT = "student", _("Students")
    PERSON = "person", _("People")
    SLOT = "slot", _("Training places")
