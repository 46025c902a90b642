"""Whoever acts is asked about again by the service, under its lock, and says what was read: a page asks for its own sake."""

import ast
from collections.abc import Iterator

from tests.consistency.source import room

ASKED_BY_WHO_CALLS = "a part of an act, whose right is asked by the service that calls it"
FOLLOWS = "what follows from an act, whose right its own service asked"
OF_EACH = "asks about each row, through the service of one"
LOCK = "takes a lock, and says who asks only to read whether that one teaches"
# Services that know who acts and ask no rule, each with the reason.
ASK_NOTHING = {
    "agreements/services/agreements.py: restore_for_placement": FOLLOWS,
    "agreements/services/locks.py: all_of": LOCK,
    "agreements/services/locks.py: all_with_placement": LOCK,
    "agreements/services/many.py: ask": OF_EACH,
    "agreements/services/signatures.py: sign": "asks whether who acts is among those who can sign for the party",
    "meetings/services/agenda.py: drop": FOLLOWS,
    "meetings/services/answers.py: give_back_needs": FOLLOWS,
    "partnerships/services/action_lines.py: save": "what it shares with themes asks (parts.save)",
    "partnerships/services/action_lines.py: take_over": FOLLOWS,
    "partnerships/services/doubles.py: of_organisations": ASKED_BY_WHO_CALLS,
    "partnerships/services/locations.py: make_one": ASKED_BY_WHO_CALLS,
    "partnerships/services/mandates.py: end": ASKED_BY_WHO_CALLS,
    "partnerships/services/members.py: undo": ASKED_BY_WHO_CALLS,
    "partnerships/services/role_requests.py: ask": "anyone asks for a role of one's own",
    "placements/services/enrolments.py: end": FOLLOWS,
    "placements/services/enrolments.py: reinstate": FOLLOWS,
    "placements/services/many.py: accept": OF_EACH,
    "placements/services/matches.py: take_back_expire": FOLLOWS,
    "placements/services/members.py: close_slots": FOLLOWS,
    "placements/services/members.py: reopen_slots": FOLLOWS,
    "placements/services/slots.py: bring_back": FOLLOWS,
    "placements/services/social_returns.py: count": "asks through the service that keeps what was done",
    "placements/services/supervisors.py: hand_over_all": FOLLOWS,
    "programmes/services/cohorts.py: take_over": FOLLOWS,
    "programmes/services/programmes.py: of_employers": FOLLOWS,
    "programmes/services/programmes.py: tell_apart": FOLLOWS,
    "students/services/enrolments.py: tell": ASKED_BY_WHO_CALLS,
    "students/services/leavings.py: end_with": ASKED_BY_WHO_CALLS,
    "students/services/locks.py: cohort": LOCK,
    "students/services/locks.py: enrolment": LOCK,
    "students/services/locks.py: seen_goal": "takes a lock, for whom the goal is to be seen",
    "students/services/plans.py: activate_if_agreed": ASKED_BY_WHO_CALLS,
    "students/services/plans.py: go_on": ASKED_BY_WHO_CALLS,
}
APPS = ("partnerships", "meetings", "students", "placements", "programmes", "agreements", "accounts")


def functions(text: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


def knows_who(function: ast.FunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return any(
        one.arg == "by" and one.annotation and ast.unparse(one.annotation) == "Actor" for one in arguments
    )


def asks(function: ast.FunctionDef, known: dict[str, ast.FunctionDef], depth: int = 2) -> bool:
    """Whether it hands the verdict on who acts to `ensure`, itself or through another function of its module."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        given = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
        if "by" not in given:
            continue
        if name == "ensure" or (name in known and depth and asks(known[name], known, depth - 1)):
            return True
    return False


def unasked(text: str) -> Iterator[str]:
    known = functions(text)
    for name, function in known.items():
        if not name.startswith("_") and knows_who(function) and not asks(function, known):
            yield name


def test_every_service_asks_whether_who_acts_may():
    found = {path: text for path, text in room("services").items() if path.split("/")[0] in APPS}
    assert sum(knows_who(one) for text in found.values() for one in functions(text).values()) >= 90
    assert {f"{path}: {name}" for path, text in found.items() for name in unasked(text)} == set(ASK_NOTHING)


def test_service_that_asks_nothing_is_found():
    text = """
def asks(*, by: Actor): ensure(rules.can_act(by, row))
def lets_ask(*, by: Actor): _inner(row, by)
def forgets(*, by: Actor): ensure(rules.is_open(row)); versions.ensure(read, row)
def knows_nobody(*, by: int | None): row.save()
def _inner(row, by: Actor): ensure(can_act(by, row))
"""
    assert list(unasked(text)) == ["forgets"]


SENT = {"read", "version", "digest", "from_digest"}  # by a page: what it showed


def left_out(text: str) -> Iterator[str]:
    """Services that can be called without a word on what was read, and calls that say None instead of who read nothing."""
    for function in functions(text).values():
        for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
            if argument.arg in SENT and default is not None:
                yield f"{function.name}({argument.arg}={ast.unparse(default)})"
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        for given in call.keywords:
            if given.arg in SENT and isinstance(given.value, ast.Constant) and given.value.value is None:
                yield f"{ast.unparse(call.func)}({given.arg}=None)"


def test_what_a_page_sends_is_never_left_out_unsaid():
    """A service that acts on what was read is told what that was; whoever acts without a page says so: `NO_PAGE`."""
    found = room("services")
    asked = [
        argument
        for text in found.values()
        for function in functions(text).values()
        for argument in function.args.kwonlyargs
        if argument.arg in SENT
    ]
    assert len(asked) >= 100
    rooms = found | room("tasks") | room("receivers") | room("reminders") | room("views") | room("imports")
    assert [f"{path}: {fault}" for path, text in rooms.items() for fault in left_out(text)] == []


def test_what_is_left_out_is_found():
    text = """
def renew(*, read: str | None = None): ...
def save(*, row, version=""): other.end(row=row, read=None)
def end(*, read: str | None): other.end(row=row, read=NO_PAGE)
"""
    assert list(left_out(text)) == ["renew(read=None)", "save(version='')", "other.end(read=None)"]
