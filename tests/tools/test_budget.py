"""The largest modules are told after a whole run."""

from collections import Counter

from tests.budget import LEAST, TOLD, told


def test_largest_modules_are_told_of_a_long_run_only() -> None:
    spent = Counter({f"tests/test_{number}.py": float(number) for number in range(30)})
    lines = told(spent)
    assert lines[0].startswith("435 seconds")
    assert lines[1].split() == ["29.0", "tests/test_29.py"]
    assert len(lines) == TOLD + 1
    assert told(Counter({"tests/test_a.py": LEAST - 1})) == []
