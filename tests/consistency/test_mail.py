"""Every mail is read by a test: each function that writes one, and each text."""

import re

from tests.consistency import known
from tests.consistency.source import (
    ROOT,
    Texts,
    modules,
    public_functions,
    refuse,
    room,
    text_of,
)


def functions_of(mail: Texts) -> dict[str, str]:
    """`file: function` → its source, of each function that writes a mail; not of those that only say who is told."""
    found = {
        f"{name}: {node.name}": "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])
        for name, text in mail.items()
        for node in public_functions(text)
    }
    return {name: source for name, source in found.items() if ".txt" in source}


def kinds_of(reminders: Texts) -> dict[str, str]:
    """`reminder_<kind>`, as the mail of a reminder is known → the source of its class."""
    found = {}
    for text in reminders.values():
        for part in re.split(r"^class ", text, flags=re.MULTILINE)[1:]:
            if kind := re.search(r'^    kind = "(\w+)"', part, re.MULTILINE):
                found[f"reminder_{kind[1]}"] = part
    return found


def untested(written: list[str], functions: dict[str, str], kinds: dict[str, str], tests: str) -> list[str]:
    """Functions and texts that no test names. A text also counts by the function or the reminder that sends it."""
    senders = {name.rpartition(" ")[2]: source for name, source in functions.items()} | kinds

    def is_named(name: str) -> bool:
        return re.search(rf"\b{name}\b", tests) is not None

    return [name for name in functions if not is_named(name.rpartition(" ")[2])] + [
        path
        for path in written
        if not is_named(stem := path.rpartition("/")[2].removesuffix(".txt"))
        and not any(stem in source and is_named(sender) for sender, source in senders.items())
    ]


def test_every_mail_is_read_by_a_test():
    functions = functions_of({name: text for name, text in room("mail").items() if name != "core/mail.py"})
    written = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "templates").glob("*/mail/*"))]
    kinds = kinds_of(room("reminders"))
    assert len(functions) >= 33
    assert len(written) >= 39
    assert len(kinds) >= 5
    tests = "\n".join(text_of(path) for path in modules("tests") if "consistency" not in path.parts)
    refuse(untested(written, functions, kinds, tests), known.MAIL)


def test_guard_of_mails_sees_what_it_is_for():
    functions = functions_of(
        {
            "students/mail/goals.py": "def student_goal_due(goal):\n    send('goal_due.txt')\ndef parties(): ...\n"
        }
    )
    written = ["templates/students/mail/goal_due.txt", "templates/students/mail/plan_due.txt"]
    kinds = kinds_of(
        {"students/reminders.py": 'class PlanDue:\n    kind = "plan"\n    text = "plan_due.txt"\n'}
    )
    both = ["students/mail/goals.py: student_goal_due", *written]
    assert untested(written, functions, kinds, "") == both
    assert untested(written, functions, kinds, "student_goal_due reminder_plan") == []
