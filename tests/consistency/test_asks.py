"""Every mail names whom to ask about it: those who know, or its reader's own people where the table says why."""

import ast
from collections.abc import Iterator

from tests.consistency.source import ROOT

READ_ONLY = {"why", "kind_of"}  # what is asked about a text, by its name
SAYS_WHOM = {"ask", "by"}  # `by`: who did it is asked

OWN_TEACHERS = "a student asks the own teachers, whom the signal finds"
OWN_PEOPLE = "what it asks is between the reader and the own organisation, whose managers the signal finds"
OWN_ACCOUNT = "it is about the reader's own account: the own organisation, or who runs the portal"
SEVERAL = "several things that wait, each with a page that names who is asked about it"

# Texts that are written without saying whom one asks, and why the answer of the signal `who_is_asked` is right.
WITHOUT = {
    "answerer_proposal_waiting": SEVERAL,
    "invited_meeting_waiting": SEVERAL,
    "manager_match_waiting": SEVERAL,
    "manager_cooperation_waiting": SEVERAL,
    "owner_action_due": SEVERAL,
    "party_initiative_money_ends": SEVERAL,
    "proposer_match_waiting": SEVERAL,
    "asker_lead_received": "from outside: a coordinator answers, and is named then",
    "administrator_erasure_asked": OWN_ACCOUNT,
    "email_confirmation": OWN_ACCOUNT,
    "holder_link_renewed": OWN_ACCOUNT,
    "owner_account_known": OWN_ACCOUNT,
    "password_reset": OWN_ACCOUNT,
    "person_account_unused": OWN_ACCOUNT,
    "person_second_step_missing": OWN_ACCOUNT,
    "security_notice": OWN_ACCOUNT,
    "stranger_account_asked": OWN_ACCOUNT,
    "user_signing_code_asked": OWN_ACCOUNT,
    "student_enrolment_made": OWN_TEACHERS,
    "student_goal_assessed": OWN_TEACHERS,
    "student_goal_corrected": OWN_TEACHERS,
    "student_goal_dropped": OWN_TEACHERS,
    "student_goal_due": OWN_TEACHERS,
    "student_match_withdrawn": OWN_TEACHERS,
    "student_own_words_going": OWN_TEACHERS,
    "student_placement_broken_off": OWN_TEACHERS,
    "student_placement_confirmed": OWN_TEACHERS,
    "student_situation_blanked": OWN_TEACHERS,
    "author_text_removed": OWN_TEACHERS,
    "author_text_reported": OWN_TEACHERS,
    "student_situation_treated": OWN_TEACHERS,
    "student_slot_closed": OWN_TEACHERS,
    "asker_role_request_declined": OWN_PEOPLE,
    "asker_role_request_expired": OWN_PEOPLE,
    "asker_role_request_given": OWN_PEOPLE,
    "coordinator_sign_up_changed": "the reader coordinates it: whoever signed up stands on the page behind the link",
    "coordinator_sign_up_confirmed": "the reader coordinates it: whoever signed up stands on the page behind the link",
    "employer_slot_unconfirmed": OWN_PEOPLE,
    "employer_supervisor_left": OWN_PEOPLE,
    "manager_organisations_merged": OWN_PEOPLE,
    "manager_role_request_expired": OWN_PEOPLE,
    "manager_role_request_made": "the reader answers it: whoever asks stands in the text",
    "namer_contact_answered": "the reader asked: whoever answers stands in the text",
    "teacher_student_changed": OWN_PEOPLE,
    "teacher_student_takes_part": OWN_PEOPLE,
    "teacher_student_transferred": OWN_PEOPLE,
    "teachers_goal_handed_in": "the reader teaches the student, whose work it is",
    "teachers_text_reported": "the reader decides about it: whose report it is stands on the page behind the link",
    "colleague_match_waiting": SEVERAL,
    "employer_match_waiting": SEVERAL,
    "student_match_waiting": SEVERAL,
    "party_join_request_waiting": SEVERAL,
    "party_plan_waiting": SEVERAL,
    "signer_agreement_waiting": SEVERAL,
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def texts_in(tree: ast.AST) -> set[str]:
    """The texts that stand in a piece of source, by name."""
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {
        text.rpartition("/")[2].removesuffix(".txt")
        for text in found
        if isinstance(text, str) and text.endswith(".txt")
    }


def says_whom(tree: ast.AST) -> bool:
    """Whether whom to ask is given in a call, or in a record that is handed on with it."""
    given = {word.arg for call in calls(tree) for word in call.keywords}
    keys = {
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    return bool(SAYS_WHOM & (given | keys))


def without(source: str) -> set[str]:
    """The texts that a module writes without saying whom to ask."""
    tree = ast.parse(source)
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    saying = {name for name, node in functions.items() if says_whom(node)}
    while more := {name for name, node in functions.items() if _hands_on(node, saying)} - saying:
        saying |= more
    found = set()
    for call in calls(tree):
        if called(call) not in READ_ONLY and not says_whom(call) and not _hands_on(call, saying):
            found |= texts_in(call)
    chosen = [node for node in ast.walk(tree) if isinstance(node, ast.Dict) and texts_in(node)]
    return found | set().union(*(texts_in(node) for node in chosen if not says_whom(node)))


def _hands_on(tree: ast.AST, saying: set[str]) -> bool:
    """Whether a function is called in it, of the same module, that says whom to ask."""
    return any(called(call) in saying for call in calls(tree))


def sources() -> dict[str, str]:
    paths = [*ROOT.glob("*/mail/*.py"), *ROOT.glob("*/reminders.py")]
    return {str(path.relative_to(ROOT)): path.read_text() for path in sorted(paths)}


def test_every_mail_says_whom_to_ask_or_stands_in_the_table():
    found = set().union(*(without(source) for source in sources().values()))
    written = set().union(*(texts_in(ast.parse(source)) for source in sources().values()))
    assert len(written) >= 90
    assert sorted(found - WITHOUT.keys()) == []
    assert sorted(WITHOUT.keys() - found) == [], "says whom to ask, or is no more"


def test_mail_that_names_nobody_is_seen():
    told = 'def told(person):\n    letters.to_person(person, "placements/mail/x.txt", link=""{})\n'
    assert without(told.format("")) == {"x"}
    assert without(told.format(", ask=of_cohort(1)")) == set()
    of_many = (
        "def one(person):\n    _many(person, 'a/mail/y.txt')\n"
        "def _many(person, text):\n    letters.to_person(person, text, link=''{})\n"
    )
    assert without(of_many.format("")) == {"y"}
    assert without(of_many.format(", ask=[]")) == set()
