"""What can lack before anyone can begin: in the words of whoever sees to it, and of whoever can only ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ui.next_steps import Text


@dataclass(frozen=True)
class Lack:
    """Something that a manager sees to: the act, what others ask for, why, and the page of the act with its button."""

    title: Text
    ask: Text
    why: Text
    page: str
    button: Text


EMPLOYER: Mapping[str, Lack] = {
    "location": Lack(
        _("Add your first location"),
        _("Ask for a first location"),
        _("A training place belongs to a location, so this comes first."),
        "partnerships:location-create",
        _("Add a location"),
    ),
    "contact": Lack(
        _("Invite a contact person"),
        _("Ask for a contact person"),
        _("A contact person or practice trainer responds to proposals. Nobody here does that yet."),
        "partnerships:people-invite",
        _("Invite someone"),
    ),
    "trainer": Lack(
        _("Invite a practice trainer"),
        _("Ask for a practice trainer"),
        _("Every practice agreement names a practice trainer. The contact person may be that too."),
        "partnerships:people-invite",
        _("Invite someone"),
    ),
    "signer": Lack(
        _("Choose who signs agreements"),
        _("Ask who signs agreements"),
        _("Nobody may sign practice agreements for your organisation yet."),
        "partnerships:people-list",
        _("Choose who signs"),
    ),
}
SCHOOL: Mapping[str, Lack] = {
    "programme": Lack(
        _("Add your first programme"),
        _("Ask for a first programme"),
        _("Students enrol in a cohort of a programme, so this comes first."),
        "programmes:programme-create",
        _("Add a programme"),
    ),
    "cohort": Lack(
        _("Add a cohort"),
        _("Ask for a cohort"),
        _("The school has no cohort that runs or is to come."),
        "programmes:programme-list",
        _("Choose the programme"),
    ),
    "teacher": Lack(
        _("Invite a teacher"),
        _("Ask for a teacher"),
        _(
            "A teacher looks for training places with students and makes their plans. The school has no teacher yet."
        ),
        "partnerships:people-invite",
        _("Invite someone"),
    ),
    "teaching": Lack(
        _("Choose the teachers of each cohort"),
        _("Ask who teaches each cohort"),
        _("A cohort has no teacher yet, so its students have nobody to ask."),
        "students:cohort-list",
        _("View the cohorts"),
    ),
    "signer": Lack(
        _("Choose who signs agreements"),
        _("Ask who signs agreements"),
        _("Nobody may sign practice agreements for the school yet."),
        "partnerships:people-list",
        _("Choose who signs"),
    ),
    "student": Lack(
        _("Enrol the first students"),
        _("Ask for the first students to be enrolled"),
        _("The teachers of a cohort enrol students one by one, or from a list."),
        "students:cohort-list",
        _("View the cohorts"),
    ),
}
PARTNERSHIP: Mapping[str, Lack] = {
    "employer": Lack(
        _("Invite the first employer"),
        "",
        _("No employer takes part yet: it brings the training places."),
        "partnerships:coordination-member-invite",
        _("Invite an organisation"),
    ),
    "school": Lack(
        _("Invite the first school"),
        "",
        _("No school takes part yet: it brings the students."),
        "partnerships:coordination-member-invite",
        _("Invite an organisation"),
    ),
    "initiative": Lack(
        _("Write the first initiative"),
        "",
        _("Say what you want to do together, so that others know what they can join."),
        "partnerships:coordination-initiative-create",
        _("New initiative"),
    ),
}
