"""Modules stay small enough to be read at once."""

from tests.consistency.source import APPS, Texts, modules, refuse, texts

LINES_OF_CODE, LINES_OF_TESTS = 400, 800


def too_long(found: Texts, limit: int) -> list[str]:
    sizes = {name: len(text.splitlines()) for name, text in found.items()}
    return [f"{name} has {lines} lines" for name, lines in sizes.items() if lines > limit]


def test_modules_stay_small():
    code, tests = texts(modules(*APPS, "tools")), texts(modules("tests"))
    assert (len(code) >= 300, len(tests) >= 130) == (True, True)
    refuse(too_long(code, LINES_OF_CODE) + too_long(tests, LINES_OF_TESTS))


def test_guard_of_sizes_sees_what_it_is_for():
    found = {"core/a.py": "x\n" * 400, "core/b.py": "x\n" * 401}
    assert too_long(found, LINES_OF_CODE) == ["core/b.py has 401 lines"]
