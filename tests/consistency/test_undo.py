"""What one person does can be taken back, or there is another way to put it right: every transition has decided which."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.module_loading import import_string

from tests.consistency.source import refuse, room
from tests.consistency.test_models import our_models

# A transition without a window in UNDO: the verb that puts it right, and why that is enough.
PUT_RIGHT_BY: dict[str, tuple[str, str]] = {
    "accounts.ErasureRequest.grant": (
        "accounts.services.erasure.withdraw",
        "the person takes it back before it is done",
    ),
    "accounts.ErasureRequest.refuse": ("accounts.services.erasure.ask", "it is asked again"),
    "accounts.ErasureRequest.withdraw": ("accounts.services.erasure.ask", "it is asked again"),
    "accounts.ErasureRequest.carry_out": (
        "accounts.services.retention.carry_out",
        "what was erased is gone: that is its end",
    ),
    "agreements.Agreement.ask": ("agreements.services.versions.change", "a change takes the question back"),
    "agreements.Agreement.reopen": ("agreements.services.versions.ask", "the signatures are asked again"),
    "agreements.Agreement.activate": ("agreements.services.signatures.object", "with the last signature"),
    "agreements.Agreement.object": ("agreements.services.signatures.sign", "it is signed again"),
    "agreements.Agreement.complete": ("agreements.services.agreements.follow_up", "by the clock"),
    "agreements.Agreement.resume": ("agreements.services.agreements.end", "by an objection"),
    "agreements.AgreementVersion.ask": ("agreements.services.versions.withdraw", "until everyone has signed"),
    "agreements.AgreementVersion.sign": ("agreements.services.versions.amend", "all parties; a next version"),
    "agreements.AgreementVersion.object": ("agreements.services.signatures.sign", "it is signed again"),
    "agreements.AgreementVersion.void": ("agreements.services.versions.amend", "it is proposed anew"),
    "agreements.AgreementVersion.withdraw": ("agreements.services.versions.amend", "it is proposed anew"),
    "agreements.AgreementVersion.decline": ("agreements.services.versions.amend", "it is proposed anew"),
    "core.ImportBatch.map": (
        "core.imports.batches.choose",
        "columns are chosen again until the list is saved",
    ),
    "core.ImportBatch.check": ("core.imports.batches.choose", "it is checked again until it is saved"),
    "core.ImportBatch.commit": ("core.imports.batches.undo", "within 24 hours, as far as untouched"),
    "core.ImportBatch.undo": ("core.imports.batches.receive", "the list is handed in again"),
    "core.OutgoingMail.send_again": ("accounts.services.outgoing.cancel", "it is stopped while it waits"),
    "partnerships.CooperationVersion.ask": (
        "partnerships.services.cooperation.withdraw",
        "until everyone has signed",
    ),
    "partnerships.CooperationVersion.withdraw": (
        "partnerships.services.cooperation.save",
        "a next version is made",
    ),
    "partnerships.CooperationVersion.sign": (
        "partnerships.services.cooperation.save",
        "all parties signed; a next version",
    ),
    "partnerships.CooperationVersion.replace": (
        "partnerships.services.cooperation.save",
        "with the last signature under the next; a next version",
    ),
    "playbooks.PlaybookLead.answer": ("playbooks.services.leads.answer", "answered again"),
    "playbooks.PlaybookLead.close": ("playbooks.services.leads.reopen", "opened again"),
    "playbooks.PlaybookLead.reopen": ("playbooks.services.leads.close", "closed again"),
    "playbooks.PlaybookOffer.accept": ("playbooks.services.playbooks.save_part", "it stands in a draft"),
    "playbooks.PlaybookOffer.decline": ("playbooks.services.offers.offer", "it is offered again"),
    "playbooks.PlaybookOffer.withdraw": ("playbooks.services.offers.offer", "it is offered again"),
    "playbooks.PlaybookVersion.publish": ("playbooks.services.playbooks.begin", "a next version"),
    "playbooks.PlaybookVersion.replace": ("playbooks.services.playbooks.begin", "a next version"),
    "meetings.ImprovementProposal.submit": (
        "meetings.services.proposals.withdraw",
        "until someone considers it",
    ),
    "meetings.ImprovementProposal.withdraw": ("meetings.services.proposals.submit", "it is sent again"),
    "meetings.Meeting.cancel": ("meetings.services.meetings.save", "it is planned anew"),
    "meetings.Meeting.close": ("meetings.services.meetings.reopen", "the report is sent again"),
    "meetings.Meeting.hold": ("meetings.services.meetings.attend", "nothing goes out by it"),
    "meetings.Meeting.invite": ("meetings.services.meetings.cancel", "those who were invited hear it"),
    "meetings.Meeting.reopen": ("meetings.services.meetings.close", "it is sent again"),
    "meetings.Need.bundle": ("meetings.services.agenda.remove", "off the agenda"),
    "meetings.Need.unbundle": ("meetings.services.agenda.take_needs", "onto an agenda"),
    "partnerships.InitiativeParticipant.accept": (
        "partnerships.services.initiative_participants.leave",
        "the person stops at any time; who leads ends it with the reason",
    ),
    "partnerships.InitiativeParticipant.decline": (
        "partnerships.services.initiative_participants.ask",
        "the person asks again",
    ),
    "partnerships.InitiativeParticipant.leave": (
        "partnerships.services.initiative_participants.ask",
        "the person asks again",
    ),
    "partnerships.StoryVersion.publish": (
        "partnerships.services.stories.replace",
        "it is taken off the page",
    ),
    "partnerships.StoryVersion.replace": ("partnerships.services.stories.publish", "it is put there again"),
    "partnerships.Milestone.reach": ("partnerships.services.milestones.move", "it is opened again"),
    "partnerships.Milestone.drop": ("partnerships.services.milestones.move", "it is opened again"),
    "partnerships.Milestone.reopen": ("partnerships.services.milestones.move", "it is reached or dropped"),
    "partnerships.InitiativePartner.invite": (
        "partnerships.services.initiative_partners.withdraw",
        "while it waits",
    ),
    "partnerships.InitiativePartner.ask": (
        "partnerships.services.initiative_partners.withdraw",
        "while it waits",
    ),
    "partnerships.InitiativePartner.accept": (
        "partnerships.services.initiative_partners.leave",
        "either side ends it",
    ),
    "partnerships.InitiativePartner.decline": (
        "partnerships.services.initiative_partners.ask",
        "it is asked again, or invited",
    ),
    "partnerships.InitiativePartner.withdraw": (
        "partnerships.services.initiative_partners.ask",
        "it is asked again, or invited",
    ),
    "partnerships.InitiativePartner.leave": (
        "partnerships.services.initiative_partners.ask",
        "it is asked again, or invited",
    ),
    "partnerships.InitiativeProposal.take_on": (
        "partnerships.services.initiatives.move",
        "the idea that was made of it is stopped, with the reason",
    ),
    "partnerships.InitiativeProposal.decline": (
        "partnerships.services.initiative_proposals.propose",
        "it is proposed again",
    ),
    "partnerships.InitiativeProposal.withdraw": (
        "partnerships.services.initiative_proposals.propose",
        "it is proposed again",
    ),
    "partnerships.JoinRequest.expire": ("partnerships.services.join_requests.invite", "by the clock"),
    "partnerships.PledgeCondition.drop": (
        "partnerships.services.conditions.tell",
        "the employer tells it again",
    ),
    "partnerships.PointOfContact.agree": ("partnerships.services.contacts.stop", "one stops at any time"),
    "partnerships.PointOfContact.refuse": ("partnerships.services.contacts.name", "one is asked again"),
    "partnerships.PointOfContact.stop": ("partnerships.services.contacts.name", "one is asked again"),
    "partnerships.RoleRequest.give": (
        "partnerships.services.memberships.end",
        "the role that was given ends",
    ),
    "partnerships.RoleRequest.decline": (
        "partnerships.services.memberships.invite",
        "the role is given after all",
    ),
    "partnerships.RoleRequest.expire": ("partnerships.services.role_requests.ask", "by the clock"),
    "partnerships.RoleRequest.withdraw": ("partnerships.services.role_requests.ask", "one asks again"),
    "placements.Placement.start": ("placements.services.break_offs.break_off", "by the clock"),
    "placements.Placement.complete": ("placements.services.matches.propose", "by the clock"),
    "placements.Placement.resume": ("placements.services.break_offs.break_off", "by an objection"),
    "placements.Match.student_yes": (
        "placements.services.break_offs.break_off",
        "the placement ends, not the yes",
    ),
    "programmes.CohortRequest.confirm": (
        "programmes.services.cohorts.save",
        "the school changes the cohort that it made",
    ),
    "programmes.CohortRequest.withdraw": ("programmes.services.cohort_requests.ask", "it is asked again"),
    "placements.Slot.publish": ("placements.services.slots.close", "others have read it"),
    "placements.Slot.reopen": ("placements.services.slots.close", "those proposed hear it"),
    "students.Enrolment.admit": ("students.services.leavings.drop_out", "with the day and the reason"),
    "students.Goal.agree": ("students.services.plans.change_goal", "all parties; a next text is asked"),
    "students.Goal.begin": ("students.services.goals.lapse", "nothing rests on it"),
    "students.Goal.correct": ("students.services.goals.correct", "each correction stands beside the last"),
    "students.Goal.resume": ("students.services.goals.hand_in", "nothing rests on it"),
    "students.LearningPlan.activate": (
        "students.services.plans.close",
        "with the last answer of all parties",
    ),
    "students.LearningPlan.reopen": ("students.services.plans.close", "it is closed again"),
    "students.LearningPlan.redraft": ("students.services.plans.close", "it is closed again"),
    "students.WorkSituation.plan": ("students.services.situations.take_out", "out of the session"),
    "students.WorkSituation.take_out": ("students.services.situations.put_in_session", "into the session"),
    "students.WorkSituation.treat": ("students.services.situations.treat", "the answer is written anew"),
    # Words about a client must be able to go: nothing is kept to bring back.
    "students.WorkSituation.withdraw": ("students.services.situations.bring_in", "the text is gone"),
    "students.WorkSituation.blank": ("students.services.situations.bring_in", "the text is gone"),
}


# What is taken back without a word to those who were mailed about it: nobody was, or they hear another way.
NOBODY_TO_TELL = {
    "meetings/services/actions.py: take_back": "that an action is begun, done or lapsed is mailed to nobody",
    "agreements/services/agreements.py: _restore_texts": "a change lapses with an end, and of that end all are told",
    "partnerships/services/documents.py: take_back": "that a document is taken away is mailed to nobody",
    "partnerships/services/initiatives.py: take_back": "a step of an initiative is mailed to nobody",
    "partnerships/services/returns.py: call": "that a call closes is mailed to nobody",
}


def transitions() -> dict[str, type]:
    return {
        f"{model._meta.label}.{action}": model
        for model in our_models()
        for action in getattr(model, "TRANSITIONS", {})
    }


def undecided(known: Mapping[str, type], table: Mapping[str, Any]) -> Iterator[str]:
    for name, model in known.items():
        has_window = name.rpartition(".")[2] in getattr(model, "UNDO", {})
        if has_window == (name in table):
            yield f"{name}: {'in UNDO and in the table' if has_window else 'neither in UNDO nor in the table'}"
    yield from (f"{name}: no such transition" for name in table if name not in known)


def test_every_transition_can_be_taken_back_or_put_right():
    known = transitions()
    assert len(known) > 50
    refuse(undecided(known, PUT_RIGHT_BY), frozenset())
    for verb, why in PUT_RIGHT_BY.values():
        assert callable(import_string(verb))
        assert why


def takes_back_in_silence(name: str, text: str) -> Iterator[str]:
    """Functions that take something back and do not hand on who was mailed about it."""
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        called = {_name(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        tells = any("taken_back" in call.rpartition(".")[2] for call in called)
        if called & {"states.take_back", "endings.take_back", "take_back"} and not tells:
            yield f"{name}: {function.name}"


def _name(called: ast.expr) -> str:
    return ast.unparse(called)


def test_whoever_was_mailed_about_an_act_hears_that_it_is_taken_back():
    found = {fault for name, text in room("services").items() for fault in takes_back_in_silence(name, text)}
    assert found == NOBODY_TO_TELL.keys()


def test_guard_sees_who_takes_back_in_silence():
    silent = "def mend(row):\n    back = states.take_back(row)\n    return back"
    told = silent.replace("return back", "letters.taken_back(back.mailed)")
    assert list(takes_back_in_silence("x.py", silent)) == ["x.py: mend"]
    assert list(takes_back_in_silence("x.py", told)) == []


LAST_MOMENTS = {"closed_on", "ended_at"}


def closes_off_the_record(name: str, text: str) -> Iterator[str]:
    """Functions that write when something closed themselves: on no record, so that nobody can take it back."""
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            assigned = node.targets if isinstance(node, ast.Assign) else []
            written = {target.attr for target in assigned if isinstance(target, ast.Attribute)}
            if isinstance(node, ast.Call) and _name(node.func).endswith((".update", ".create")):
                written = {word.arg for word in node.keywords if word.arg}
            if written & LAST_MOMENTS:
                yield f"{name}: {function.name}"


def test_what_closes_does_so_on_record():
    services = room("services")
    assert "endings.end(" in services["partnerships/services/locations.py"]
    refuse(
        (fault for name, text in services.items() for fault in closes_off_the_record(name, text)), frozenset()
    )


def test_guard_sees_what_closes_off_the_record():
    alone = "def close(row):\n    row.closed_on = today()\n    changes.save(row)"
    at_once = "def close(rows):\n    rows.filter(pk=1).update(ended_at=now())"
    on_record = "def close(row):\n    states.advance(row, 'close', closed_on=today())\n    endings.end(row)"
    assert list(closes_off_the_record("x.py", alone)) == ["x.py: close"]
    assert list(closes_off_the_record("x.py", at_once)) == ["x.py: close"]
    assert list(closes_off_the_record("x.py", on_record)) == []


def test_every_window_is_of_a_transition():
    for model in our_models():
        assert set(getattr(model, "UNDO", {})) <= set(getattr(model, "TRANSITIONS", {})), model


def test_guard_sees_what_nobody_decided():
    class Door:
        TRANSITIONS = {"open": ({"shut"}, "open"), "shut": ({"open"}, "shut"), "paint": ({"shut"}, "shut")}
        UNDO = {"open": 3, "paint": 1}

    known = {f"Door.{name}": Door for name in Door.TRANSITIONS}
    found = list(undecided(known, {"Door.paint": ("x", "y"), "Door.lock": ("x", "y")}))
    assert [line.partition(":")[0] for line in found] == ["Door.shut", "Door.paint", "Door.lock"]
