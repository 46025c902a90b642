"""The check of the translations: each fault is planted."""

import gettext
import re
import threading

import pytest
from babel.messages.catalog import Catalog

from tools.local import catalogue as command
from tools.local.catalogue import faults, texts

GOOD = [
    {"id": "Save", "string": "Opslaan"},
    {"id": "Save", "string": "Bewaren", "context": "a plan"},
    {"id": "From %(start)s", "string": "Vanaf %(start)s"},
    {"id": "Hello {name}", "string": "Dag {name}"},
    {"id": ("%(number)s place", "%(number)s places"), "string": ("één plek", "%(number)s plekken")},
]


def catalogue(*messages):
    made = Catalog(locale="nl")
    for message in messages:
        made.add(**message)
    return made


def wanted():
    return catalogue(*({**message, "string": "", "locations": [("a.py", 7)]} for message in GOOD))


def test_good_catalogue_has_no_faults():
    assert list(faults(catalogue(*GOOD), wanted())) == []


@pytest.mark.parametrize(
    ("number", "changes", "fault"),
    [
        (0, {"string": ""}, "untranslated: 'Save' (a.py:7)"),
        (1, {"context": "a row"}, "untranslated: 'Save' (a.py:7)"),
        (2, {"flags": ["fuzzy"]}, "fuzzy: 'From %(start)s' (a.py:7)"),
        (2, {"string": "Vanaf"}, "lost placeholder %(start)s: 'From %(start)s' (a.py:7)"),
        (3, {"string": "Dag {name} {town}"}, "unknown placeholder {town}: 'Hello {name}' (a.py:7)"),
        (3, {"string": "Dag"}, "lost placeholder {name}: 'Hello {name}' (a.py:7)"),
        (4, {"string": ("één plek", "")}, "untranslated: '%(number)s place' (a.py:7)"),
        (4, {"string": ("één plek", "plekken")}, "lost placeholder %(number)s: '%(number)s place' (a.py:7)"),
    ],
)
def test_fault_is_found(number, changes, fault):
    planted = [*GOOD[:number], {**GOOD[number], **changes}, *GOOD[number + 1 :]]
    assert fault in list(faults(catalogue(*planted), wanted()))


def test_text_without_translation_and_translation_without_text_are_found():
    planted = [*GOOD[1:], {"id": "Store", "string": "Opslaan"}]
    assert list(faults(catalogue(*planted), wanted())) == [
        "untranslated: 'Save' (a.py:7)",
        "used nowhere: 'Store'",
    ]


def test_texts_of_code_and_templates_are_found():
    found = texts()
    assert len(found) > 2_000
    places = {path for message in found for path, _line in message.locations}
    assert {path.partition("/")[0] for path in places} >= {"core", "students", "templates"}
    assert any(path.endswith(".txt") for path in places)


COUNTED = re.compile(
    r"(%\((number|count|places|capacity|seats|total|goals)\)[sd]|\{(number|count|places)\}) (?!is |was |has )[a-z]+s\b"
)
# Shown only of more than one: the templates say so with `number > 1`, and limits are never 1.
NEVER_ONE = {
    "%(number)s students learnt at your organisation in this period.",  # fewer than five are said so
    "%(number)s actions for you to do",
    "The money of %(number)s initiatives ends",
    "Say whether you are coming to %(number)s meetings",
    "%(number)d people sit in this group. End a seat first, or choose a larger size.",
    "A cohort has at most %(count)d students.",
    "Answer %(number)s proposed training places",
    "Answer %(number)s proposals for your training places",
    "Confirm your %(number)s training places",
    "Hand in %(number)s goals by %(day)s",
    "Hand in %(number)s goals today",
    "%(number)s goals have not been handed in yet",
    "%(number)s hours a week",
    "%(number)s requests to join wait for your answer",
    "More than %(number)s tasks",
    "More than %(number)s tasks: these are the most urgent ones.",
    "This text is too long: at most %(count)d characters.",
}


def one_form_only(catalogue):
    """Texts that count things and have no form for one of them: "1 goals"."""
    for message in catalogue:
        if isinstance(message.id, str) and COUNTED.search(message.id) and message.id not in NEVER_ONE:
            yield message.id


def test_what_is_counted_has_a_form_for_one():
    found = texts()
    assert sum(isinstance(message.id, tuple) for message in found) >= 70
    assert list(one_form_only(found)) == []


def test_text_that_counts_in_one_form_is_found():
    planted = catalogue({"id": "%(number)s goals wait", "string": "%(number)s doelen wachten"}, *GOOD)
    assert list(one_form_only(planted)) == ["%(number)s goals wait"]


def test_two_that_start_at_once_compile_both(tmp_path, monkeypatch):
    """Two drills, or a demo and its tests, in one clone."""
    source = tmp_path / "nl/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Save"\nmsgstr "Opslaan"\n'
    )
    monkeypatch.setattr(command, "catalogues", lambda: [source])
    write, side_by_side = command.write_mo, threading.Barrier(2)

    def written(*given):
        write(*given)
        side_by_side.wait(10)

    monkeypatch.setattr(command, "write_mo", written)
    broken = []

    def start():
        try:
            command.compile_catalogues()
        except OSError as error:
            broken.append(error)

    threads = [threading.Thread(target=start) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert broken == []
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Save") == "Opslaan"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
