"""Text pasted from Word, a phone or a spreadsheet: lists are lists, what is invisible goes, no letter is lost."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import pasted

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RAINBOW = "\U0001f3f3\ufe0f\u200d\U0001f308"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
NURSE = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"

# What the clipboard of each program holds, as text.
PASTED = {
    "Word": ("Taken:\r\n•\tWassen\r\n•\tAankleden\r\n", "Taken:\n- Wassen\n- Aankleden\n"),
    "Word, deeper": ("•\tZorg\ro\tWassen\r▪\tHaren\r", "- Zorg\n  - Wassen\n    - Haren\n"),
    "Word, its own signs": (
        "\uf0b7\tEen\n\uf0a7\tTwee\n\uf0d8\tDrie\nü\tVier",
        "- Een\n    - Twee\n- Drie\n- Vier",
    ),
    "Word, dashes": ("–\tEen\n-\tTwee\n—\tDrie", "- Een\n- Twee\n- Drie"),
    "Word, numbers": ("1.\tEen\n2.\tTwee\na)\tDrie", "1. Een\n2. Twee\na) Drie"),
    "Word, a break in a paragraph": ("Een\x0bTwee", "Een\nTwee"),
    "Word, an arrow and a smile": ("A \uf0e0 B \uf04a", "A → B ☺"),
    "a phone": ("• Een\n●Twee\n◦ Drie\n* Vier", "- Een\n- Twee\n  - Drie\n- Vier"),
    "a middle dot": ("· Een\n·Twee", "- Een\n- Twee"),
    "a web page": ("Een\u2028Twee\u2029Drie\x85Vier", "Een\nTwee\nDrie\nVier"),
    "spaces that do not break": ("1\xa0000\u202f000 uur  \nklaar\xa0", "1 000 000 uur\nklaar"),
    "a soft hyphen": ("ver\xadpleeg\u200bkun\ufeffdige", "verpleegkundige"),
    "a Mac": ("Zoe\u0308 en Nguye\u0302\u0303n", "Zoë en Nguyễn"),
    "text turned round": ("bank\u202egnp.exe\u2066\u2069", "bankgnp.exe"),
    "a mark in Dutch": ("Jan\u200e Jansen\u200f", "Jan Jansen"),
    "a joiner in Dutch": ("Jan\u200csen\u200d Ja\ufe0fn", "Jansen Jan"),
    "what is no list": (
        "-5 graden\n•\nom 5 uur · elke dag\no ja\n*vet*",
        "-5 graden\n•\nom 5 uur · elke dag\no ja\n*vet*",
    ),
}


@pytest.mark.parametrize("program", PASTED)
def test_what_a_program_puts_on_the_clipboard_becomes_plain_text(program):
    typed, kept = PASTED[program]
    assert pasted.text(typed) == kept
    assert pasted.text(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeffZoe\u0308\xa0 van\tder\r\nBerg ", "Zoë van der Berg"),
        ("•\tZorg bij ouderen", "Zorg bij ouderen"),
        ("• Een\n• Twee", "Een Twee"),
        ("- liever ochtend", "- liever ochtend"),
        ("+31 6 12345678", "+31 6 12345678"),
        ("8224\xa0AB", "8224 AB"),
        ("", ""),
    ],
)
def test_name_title_or_cell_is_one_line(typed, kept):
    assert pasted.line(typed) == kept


@pytest.mark.parametrize(
    "said",
    [
        FAMILY,
        RAINBOW,
        ENGLAND,
        NURSE,
        "1\ufe0f\u20e3",
        "❤\ufe0f",
        "می\u200cخواهم",  # Persian: a joiner between two parts of a word
        "ක\u0dca\u200dෂ",  # Sinhala
        "क्\u200dष",
        "שלום, \u200fWorld",
        "王小明",
        "Ø 5 cm",
        "Łukasz Šćepanović-İşçi",
        "ﬁets",  # a ligature that someone typed is theirs
    ],
)
def test_what_carries_meaning_stays(said):
    assert pasted.text(said) == said
    assert pasted.line(said) == said


LETTERS = ("L", "N")
ANY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "•·o\t -–*\n\r\x0b\xa0\u200b\u200c\u200d\ufe0f\u034f\u200füØ§\uf0b7ée\u0301שक王\U0001f3f4\U000e0067"
        ),
    ),
    max_size=40,
)


def letters(text):
    """Letters and figures in their composed form, but for those that Word writes for a bullet, with a tab behind."""
    without_bullets = re.sub(r"(?m)^([ \t•]*)[oØü](?=\t[ \t]*[^ \t])", r"\1", text)
    return [
        one
        for one in unicodedata.normalize("NFC", without_bullets)
        if unicodedata.category(one)[0] in LETTERS
    ]


@given(ANY)
@example("• o\tx")
@example("e\ufe0f\u0301")
@example("\u202f•\t\u200b•x")
def test_cleaning_is_done_once_and_for_all(typed):
    once = pasted.text(typed)
    assert pasted.text(once) == once
    one_line = pasted.line(typed)
    assert pasted.line(one_line) == one_line
    assert "\n" not in one_line
    assert pasted.line(once.strip()) == pasted.line(pasted.line(once.strip()))


@given(st.text(st.characters(), max_size=60))
def test_no_letter_is_lost(typed):
    assert letters(pasted.text(typed)) == letters(typed.replace("\t", " "))[: len(letters(typed))]
    assert letters(pasted.line(typed)) == letters(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "• " * 50_000,
        "\u200d" * 100_000,
        "😀\u200d" * 50_000,
        "\U000e0067" * 100_000,
        " " * 100_000,
        "a " * 50_000,
        "\t" * 100_000 + "x",
        "e\u0301" * 50_000,
        "a" * 50_000 + "é",
        "Zorg bij de cliënt. " * 5_000,
        "Een regel\n" * 10_000 + "-",
    ],
)
def test_long_text_takes_no_time(typed):
    begin = time.process_time()
    pasted.text(typed)
    pasted.line(typed)
    assert time.process_time() - begin < 2
