"""Whatever a form takes can be printed: every sign of Unicode, lists as lists, and all of it as PDF/UA."""

import io
import re
import unicodedata

import page
import pypdf
import pytest
import typst
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as careful
from hypothesis import strategies as st

from core import pasted
from tests.fonts import signs_in
from tests.pdfs import tags_of, text_of
from ui import pdf

TEMPLATE = "agreements/agreement.typ"
AT_ONCE = 12_000
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def contents(text="", *, title="Overeenkomst"):
    """The data of a document with this text wherever a text can stand."""
    return {
        **{
            "language": "nl",
            "brand": "Leerpact",
            "title": title,
            "author": text,
            "description": text,
            "lead": text,
        },
        **{
            "example": text,
            "status": text,
            "version": text,
            "footer": text,
            "digest": "abc",
            "page": "Pagina",
        },
        "sections": [{"title": f"Kop {text}", "rows": [{"label": text, "value": pdf.blocks(text)}]}],
        "signing": {
            **{"title": "Handtekeningen", "head": ["Partij", "Naam", "Op", "Hoe"], "note": text},
            "rows": [{"signed": True, "cells": [text, text, text, text]}],
        },
    }


def drawn(data):
    """The document by its first way, in which nothing falls back on numbers for all that is not plain."""
    return pdf._compiled(TEMPLATE, pdf.printable(data))


def lines_of(signs, width=60):
    return "\n".join(" ".join(signs[at : at + width]) for at in range(0, len(signs), width))


PRINTABLE = [
    chr(code)
    for code in range(32, 0x110000)
    if unicodedata.category(chr(code)) not in {"Cc", "Cs", "Co", "Cn"}
]


@pytest.mark.parametrize("at", range(0, len(PRINTABLE), AT_ONCE))
def test_every_printable_sign_of_unicode_is_printed(at):
    """Each comes out of the PDF as itself, or as the number that stands in its place; nothing is lost or another sign."""
    signs = PRINTABLE[at : at + AT_ONCE]
    data = contents()
    data["sections"][0]["rows"][0]["value"] = [{"kind": "lines", "lines": lines_of(signs).split("\n")}]
    letters, numbers = said_by(drawn(data))
    lost = [
        f"{ord(sign):04X}" for sign in signs if sign not in BLANK and not is_there(sign, letters, numbers)
    ]
    assert lost == []


BLANK = "\u115f\u1160\u3164\uffa0"  # fillers of Hangul: letters that are drawn as nothing
NUMBERED = re.compile(r"\[U\+([0-9A-F]+)\]")


def said_by(content):
    """The signs that are copied out of a PDF, also where it says itself what is drawn, and the numbers of others."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    drawn_as = b"".join(page.get_contents().get_data() for page in pages)
    spans = re.findall(rb"/ActualText<FEFF([0-9A-F]+)>", drawn_as)
    text = "".join(text_of(content).split())
    words = text + "".join(bytes.fromhex(span.decode()).decode("utf-16-be") for span in spans)
    return set(unicodedata.normalize("NFD", words)), set(NUMBERED.findall(text))


def is_there(sign, letters, numbers):
    """Whether a sign is among them, however its marks are put together, or what stands for it."""
    if sign.isspace() or set(unicodedata.normalize("NFD", sign)) <= letters:
        return True
    shown = pdf.printable(sign)
    rest = unicodedata.normalize("NFD", NUMBERED.sub("", shown).replace(pdf.CIRCLE, ""))
    if not shown:  # dropped as what prints nothing, which no letter is
        return unicodedata.category(sign)[0] not in "LNP" and not pasted.text(sign)
    return set(NUMBERED.findall(shown)) <= numbers and {one for one in rest if not one.isspace()} <= letters


@pytest.mark.parametrize(("sign", "found"), [("A", "B"), ("\u0301", "A"), ("\U0001e6c0", "[U+1E6C1]")])
def test_sign_that_came_out_as_another_is_seen(sign, found):
    assert not is_there(sign, set(found), set(NUMBERED.findall(found)))


@given(WORDS, WORDS)
@example("e\u0301\u20dd\u0338", "\u0301")
@example("\u0600\u0601", "ك\u200dك\u0301")
@example("1\ufe0f\u20e3 \U0001f469\U0001f3fd\u200d\u2695\ufe0f", "\U0001f3f4\U000e0067\U000e0062\U000e007f")
@example("\u1100\u1161\u11a8\u0301", "क\u094d\u0301\u200dष")
@careful(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_printed_wherever_it_stands(one, two):
    assert pdf.made(TEMPLATE, contents(one)).startswith(b"%PDF-")
    assert pdf.made(TEMPLATE, contents(f"- {one}\n  - {two}\n1. {two}\n{one}")).startswith(b"%PDF-")


def test_last_resort_says_all_that_is_not_plain_by_number():
    shown = pdf.printable(contents("Zoë 王"), only_plain=True)
    assert shown["lead"] == "Zoë [U+738B]"
    assert "Zoë [U+738B]" in text_of(pdf._compiled(TEMPLATE, shown))


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Ánh",
        "王小明",
        "Łukasz Šćepanović-İşçi",
        "Ωμέγα Жуковский",
        "አበበ",
        "✓ 5 ≤ 7 → 9",
        "😀 🎉",
        "• punt",
    ],
)
def test_text_is_copied_as_it_was_written(text):
    assert text in text_of(drawn(contents(title=text)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\U0001e6c0", "[U+1E6C0]"),
        ("\ue000", "[U+E000]"),
        ("x\u20dd", "x[U+20DD]"),
        ("王\u0301", "王[U+0301]"),
        ("\u0378", "[U+0378]"),
    ],
)
def test_what_no_font_draws_is_shown_by_its_number(typed, shown):
    assert pdf.printable(f"a {typed}") == f"a {shown}"
    assert shown in text_of(drawn(contents(title=f"a {typed}")))


def test_coverage_says_what_the_fonts_have():
    """The list beside the fonts is what decides; a font that is newer than its list would leave holes."""
    listed = [line.split("\t") for line in pdf.COVERAGE.read_text().splitlines()][1:]
    files = {path.name for path in pdf.COVERAGE.parent.iterdir()} - {pdf.COVERAGE.name}
    assert {file for file, _family, _ranges in listed} == files
    assert {family for _file, family, _ranges in listed} <= set(pdf._fonts().families())
    for file, _family, ranges in listed:
        said = set()
        for one in ranges.split():
            first, _dash, last = one.partition("-")
            said |= set(range(int(first, 16), int(last or first, 16) + 1))
        assert said - signs_in(pdf.COVERAGE.parent / file) == set(), file


PASTED = (
    "Je leert:\r\n•\tWassen\r\no\tHaren\r\n•\tAankleden\r\nEn ook:\r\n1.\tEten\r\n2.\tDrinken\r\n\r\nKlaar."
)


def test_pasted_list_is_lines_and_items():
    assert pdf.blocks(PASTED) == [
        {"kind": "lines", "lines": ["Je leert:"]},
        {
            "kind": "list",
            "start": 1,
            "items": [
                {
                    "text": "Wassen",
                    "blocks": [{"kind": "list", "start": 1, "items": [{"text": "Haren", "blocks": []}]}],
                },
                {"text": "Aankleden", "blocks": []},
            ],
        },
        {"kind": "lines", "lines": ["En ook:"]},
        {
            "kind": "numbers",
            "start": 1,
            "items": [{"text": "Eten", "blocks": []}, {"text": "Drinken", "blocks": []}],
        },
        {"kind": "lines", "lines": ["Klaar."]},
    ]


@given(WORDS)
def test_blocks_lose_no_word(text):
    def words(blocks):
        for block in blocks:
            yield from block.get("lines", [])
            for item in block.get("items", []):
                yield item["text"]
                yield from words(item["blocks"])

    whole = "".join("".join(words(pdf.blocks(text))).split())
    letters = [sign for sign in pasted.text(text) if sign.isalpha()]
    assert [sign for sign in whole if sign.isalpha()] == letters


def test_pasted_list_is_a_list_to_a_screen_reader():
    data = contents("Gewoon.")
    data["sections"] = [{"title": "Leren", "rows": [{"label": "Wat", "value": pdf.blocks(PASTED)}]}]
    root = tags_of(pdf.made(TEMPLATE, data))
    lists = list(root.all("L"))
    assert [len(each.children_of("LI")) for each in lists] == [2, 1, 2]
    assert [tag.kind for tag in lists[0].children_of("LI")[0].children] == ["Lbl", "LBody"]
    assert [tag.kind for tag in root.walk() if tag.kind.startswith("H")] == ["H1", "H2", "H2"]
    assert len(list(root.all("TH"))) == 4


def test_document_is_pdf_ua():
    made = pdf.made(TEMPLATE, contents(PASTED + " 王 😀"))
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total > 100
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert str(reader.trailer["/Root"]["/Lang"]) == "nl"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_validator_sees_what_is_missing():
    """The control: the same words without tags, and with a title that nobody gave."""
    source = b'#set text(font: "Noto Sans")\nWoorden'
    plain = typst.compile(source, font_paths=[str(pdf.FOLDER)], ignore_system_fonts=True, pdf_tags=False)
    report = page.validate_pdf_bytes(plain, profile="ua1")
    assert not report.is_compliant
    assert {failure.rule_id for failure in report.failures} >= {
        "PDFUA1-TAGGED-DOCUMENT-001",
        "PDFUA1-ID-SCHEMA-001",
    }


def test_every_template_of_a_pdf_is_known_here():
    """Another document gets its own validation: see test_documents of its app."""
    found = {
        str(path.relative_to(settings.ROOT / "templates"))
        for path in (settings.ROOT / "templates").rglob("*.typ")
    }
    assert found == {TEMPLATE, "pdf/house.typ", "accounts/record.typ", "portal/report.typ"}
