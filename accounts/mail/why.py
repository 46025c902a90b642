"""Why someone gets a mail, by what it is to its reader: each kind of reader has a sentence, and no mail goes without one."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YOUR_ADDRESS = _("You get this email because it is about your account or your email address.")
SIGNED_UP = _("You get this email because your organisation signed up for a call with this address.")
YOUR_ORGANISATION = _("You get this email because you act for your organisation in this partnership.")
YOUR_PLACES = _("You get this email because you answer for training places at your organisation.")
ADDED = _("You get this email because you added this file.")

# By the app and the first word of a text, which is its reader; by the whole name where that says it better.
WHY: dict[str, Promise] = {
    "accounts": YOUR_ADDRESS,
    "accounts.invitation": _("You get this email because this organisation or group invited you."),
    "accounts.stranger": _("You get this email because someone asked for an account with this address."),
    "accounts.reader": _("You get this email because we mailed you about this before."),
    "agreements.named": _("You get this email because your name is on this agreement."),
    "agreements.party": _("You get this email because you are a party to this agreement, or speak for one."),
    "agreements.recorder": _("You get this email because you recorded this signature."),
    "agreements.signer": _("You get this email because you can sign this agreement."),
    "agreements.teacher": _("You get this email because you teach this student."),
    "meetings.adder": ADDED,
    "meetings.answerer": _("You get this email because you answer for this proposal at your organisation."),
    "meetings.author": _("You get this email because you wrote this proposal."),
    "meetings.bringer": _("You get this email because you raised this in the partnership."),
    "meetings.coordinator": _("You get this email because you coordinate this partnership."),
    "meetings.invited": _("You get this email because you were asked to this meeting."),
    "meetings.owner": _("You get this email because this action is yours."),
    "meetings.receiver": _("You get this email because you receive proposals for your organisation."),
    "partnerships.adder": ADDED,
    "partnerships.asker": _("You get this email because you asked for this role."),
    "partnerships.coordinator": _("You get this email because you coordinate this partnership."),
    "partnerships.employer": SIGNED_UP,
    "partnerships.manager": _("You get this email because you are a manager of your organisation."),
    "partnerships.member": _("You get this email because your organisation takes part in this partnership."),
    "partnerships.namer": _("You get this email because you asked this person."),
    "partnerships.parties": YOUR_ORGANISATION,
    "partnerships.party": YOUR_ORGANISATION,
    "partnerships.people": _("You get this email because you take part in this group or organisation."),
    "partnerships.person": _("You get this email because it is about what you do in Leerpact."),
    "partnerships.proposer": _("You get this email because you proposed this initiative."),
    "partnerships.visitor": _(
        "You get this email because someone asked for it on Leerpact with this address."
    ),
    "placements.colleague": YOUR_PLACES,
    "placements.employer": YOUR_PLACES,
    "placements.manager": _("You get this email because you are a manager of your organisation."),
    "placements.parties": _("You get this email because you take part in these proposals or placements."),
    "placements.proposer": _("You get this email because you proposed this student."),
    "placements.student": _("You get this email because it is about your training place."),
    "placements.supervisor": _("You get this email because you are a work supervisor."),
    "placements.teacher": _("You get this email because you teach this student."),
    "programmes.coordinator": _("You get this email because you coordinate this partnership."),
    "programmes.school": _("You get this email because you answer for your school."),
    "playbooks.asker": _("You get this email because you asked about a playbook with this address."),
    "playbooks.coordinator": _("You get this email because you coordinate this partnership."),
    "playbooks.offerer": _("You get this email because you coordinate a partnership that offered this."),
    "portal.watcher": _("You get this email because this address is in the settings of Leerpact."),
    "students.author": _("You get this email because you wrote or added this."),
    "students.parties": _(
        "You get this email because you agree to this learning plan, as student, employer or school."
    ),
    "students.party": _(
        "You get this email because you agree to this learning plan, as student, employer or school."
    ),
    "students.student": _("You get this email because you are a student."),
    "students.teacher": _("You get this email because you teach this student."),
    "students.teachers": _("You get this email because you teach this student."),
}


def why(template: str) -> Promise:
    """The sentence for the reader of a text, `<app>/mail/<reader>_<thing>_<what happened>.txt`.

    Raises KeyError for a reader that has none.
    """
    path = PurePosixPath(template)
    app, reader = path.parts[0], path.stem.partition("_")[0]
    sentence = WHY.get(f"{app}.{reader}")
    return WHY[app] if sentence is None else sentence
