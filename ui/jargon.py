"""Words that students and practice trainers need not know, explained where a page says them first.

`explained` takes the rendered part of a page and puts a hint behind the first mention of each word: a button that opens a
short text (a popover, which a browser opens by itself, by mouse and keyboard and without a script). A word that only stands
where no button may be, such as in a link, a label or a choice, goes into the list under the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Word:
    """A word by its key, as a reader may meet it, with what it means in one or two sentences."""

    key: str
    pattern: re.Pattern[str]
    stems: tuple[
        str, ...
    ]  # one of them stands in each of its forms: what is looked for first, a hundred times as quickly
    meaning: str | Promise

    def named(self, said: str) -> str:
        """The word in a question about it: as it is written, and as the page says it where that is another language."""
        if not said.lower().startswith(self.key):
            return said
        return self.key.upper() if self.pattern.fullmatch(self.key.upper()) else self.key


def _word(key: str, forms: str, meaning: str | Promise, *stems: str) -> Word:
    around = rf"(?<![\w/@.-])(?:{forms})(?![\w@-])"
    return Word(key, re.compile(around), stems or (key,), meaning)


WORDS = (
    _word(
        "crebo",
        r"[Cc]rebo(?:code|['’]?s)?",
        _(
            "A crebo is the number of a diploma in vocational education: five digits, the same for every school."
        ),
    ),
    _word(
        "werkproces",
        r"[Ww]erkproces(?:sen)?|[Ww]ork process(?:es)?",
        _(
            "A work process is a part of the job that you must be able to do for the diploma. "
            "Each diploma has a list of them."
        ),
        "werkproces",
        "work process",
    ),
    _word(
        "sroi",
        r"SROI",
        _(
            "SROI is an agreement with a municipality: who gets an assignment also helps people who "
            "find it hard to get work."
        ),
    ),
    _word(
        "pok",
        r"POK",
        _(
            "POK is short for praktijkovereenkomst: the practice agreement that student, employer and school sign."
        ),
    ),
    _word(
        "bpv",
        r"BPV|bpv",
        _("BPV is short for beroepspraktijkvorming: the part of a programme that you learn at work."),
    ),
    _word(
        "bbl",
        r"BBL(?:-student(?:en)?)?|bbl",
        _("BBL is a route: you work with a contract and go to school about one day a week."),
    ),
    _word(
        "bol",
        r"BOL(?:-student(?:en)?)?",
        _("BOL is a route: you go to school, and learn at a workplace for some weeks or months each year."),
    ),
    _word(
        "kerntaak",
        r"[Kk]erntaak|[Kk]erntaken|[Cc]ore tasks?",
        _("A core task is a large part of the job. It has several work processes."),
        "kerntaak",
        "kerntaken",
        "core task",
    ),
    _word(
        "keuzedeel",
        r"[Kk]euzede(?:el|len)",
        _("A keuzedeel is a part of a programme that a student chooses, on top of what the diploma asks."),
        "keuzede",
    ),
    _word(
        "niveau",
        r"[Nn]iveau [1-4]|[Ll]evel [1-4]",
        _("Vocational education has four levels: at level 1 you help, at level 4 you work on your own."),
        "niveau",
        "level",
    ),
    _word(
        "entree",
        r"[Ee]ntree-?opleiding(?:en)?",
        _("An entree programme is a programme at level 1, for whoever has no diploma yet."),
    ),
    _word(
        "erkenning",
        r"[Ee]rkenning(?:en)?|[Aa]ccreditations?",
        _("An accreditation says that an employer may train students for a diploma. SBB gives it."),
        "erkenning",
        "accreditation",
    ),
    _word(
        "sbb",
        r"SBB",
        _(
            "SBB is the organisation in which schools and employers decide which workplaces may train students."
        ),
    ),
    _word(
        "cohort",
        r"[Cc]ohort(?:en|s)?",
        _("A cohort is a group of students who start the same programme at the same time."),
    ),
    _word(
        "penvoerder",
        r"[Pp]envoerder(?:s)?",
        _("The penvoerder is the organisation that keeps the papers and the money of a partnership."),
    ),
    _word(
        "brin",
        r"BRIN(?:-nummer)?",
        _("A BRIN is the number by which the government knows a school: two digits and two capitals."),
    ),
    _word(
        "vzmz",
        r"VZMZ",
        _("VZMZ is a programme for two diplomas at once: in personal care and in social care."),
    ),
)
# Within these a button may not stand, or nobody expects one.
CLOSED = frozenset(
    (
        "a",
        "button",
        "label",
        "summary",
        "legend",
        "select",
        "option",
        "textarea",
        "code",
        "h1",
        "nav",
        "caption",
        "th",
    )
)
UNSEEN = frozenset(("script", "style", "svg", "title"))
PIECE = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>[^>]*)>|<!--.*?-->|(?P<text>[^<]+)", re.DOTALL
)
HIDDEN = re.compile(r"""class="(?:[^"]* )?vh[" ]""")
# On a phone such a cell is a label with what stands beside it: a button between would fall onto a line of its own.
LABELLED = re.compile(r"\bdata-label=")
# What was just said or refused stands as it was said; the same words are explained in the page below it.
SAID_NOW = re.compile(r"""class="(?:[^"]* )?(?:notice|errsum|field__error)[" ]""")


# What a page quotes, such as the title of a place, stands as it was written; the title may say its language in a tag.
QUOTED = re.compile(r"“[^”]*(?:”|$)")
WITHIN_QUOTES = frozenset(("span", "b", "a"))


def _blank(quoted: re.Match[str]) -> str:
    return " " * len(quoted.group())


@dataclass
class Mentions:
    """`said`: each word as the page says it first; `ends`: the place behind its first mention in plain text."""

    said: dict[str, str]
    ends: dict[str, int]


def mentions(html: str) -> Mentions:
    """The first mentions of our words on a page; what is hidden from sight does not count."""
    found = Mentions({}, {})
    plain_html = html.lower()
    left = [
        word for word in WORDS if any(stem in plain_html for stem in word.stems) and word.pattern.search(html)
    ]
    inside, depth = "", 0  # the closed element we are in, and how often its tag is open
    unseen = is_quoting = False
    for piece in PIECE.finditer(html):
        if not left:
            break
        tag, text = piece["tag"], piece["text"]
        if tag and tag not in WITHIN_QUOTES:
            is_quoting = False
        if tag and inside:
            depth += (-1 if piece["end"] else 1) if tag == inside else 0
            inside = inside if depth else ""
        elif tag and not piece["end"]:
            unseen = tag in UNSEEN or bool(HIDDEN.search(piece["rest"]))
            is_closed = tag in CLOSED or (tag == "td" and LABELLED.search(piece["rest"]))
            if unseen or is_closed or SAID_NOW.search(piece["rest"]):
                inside, depth = tag, 1
        elif text and not (inside and unseen) and not text.isspace():
            quoted = QUOTED.sub(_blank, ("“" if is_quoting else " ") + text)[1:]
            plain = "" if inside else quoted
            is_quoting = (text if not is_quoting else f"“{text}").rfind("“") > text.rfind("”")
            for word in left:
                if said := word.pattern.search(text):
                    found.said.setdefault(word.key, said.group())
                if said := word.pattern.search(plain):
                    found.ends[word.key] = piece.start() + said.end()
            left = [word for word in left if word.key not in found.ends]
    return found


def explained(html: str) -> SafeString:
    """The same page with a hint behind the first mention of each word in plain text, and a list of the other ones."""
    found = mentions(html)
    by_key = {word.key: word for word in WORDS}
    for key, end in sorted(found.ends.items(), key=lambda item: item[1], reverse=True):
        word = by_key[key]
        html = html[:end] + _hint(word, word.named(found.said[key]), get_language()) + html[end:]
    others = [(said, by_key[key].meaning) for key, said in found.said.items() if key not in found.ends]
    if others:
        html += render_to_string("components/words.html", {"words": others})
    return mark_safe(html)  # noqa: S308 # nosec B308 B703 - what came in was rendered, and so is what was added


@lru_cache(maxsize=256)
def _hint(word: Word, name: str, language: str | None) -> str:
    """On one line and without spaces around it: it stands within a sentence, and may stand in what someone typed."""
    html = render_to_string("components/hint.html", {"word": word, "name": name, "language": language})
    return "".join(line.strip() for line in html.splitlines())
