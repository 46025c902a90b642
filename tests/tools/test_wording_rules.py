"""What a machine can hold of plain words: one verb for an act, days that count, short sentences, buttons of one kind."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

Pair = tuple[str, str]  # English and Dutch

# "Vóór 3 oktober" leaves open whether the third is in time; "uiterlijk" and "eerder dan" do not.
DEADLINE = re.compile(
    r"\b[Vv]óór\b|\b[Vv]oor (?:%\((?:day|until|end)\)s|\{(?:day|until)\}|\d{1,2} [a-z]+ 20)"
)

# The verb or word that stands for it everywhere, and what does not.
ONE_WORD = {
    "opslaan": r"\b(?:bewaar je wijziging|wegschrijven|vasthouden)\b",
    "annuleren": r"\b(?:cancelen|afblazen)\b",
    "versturen": r"\b(?:verzend\w*|opsturen|opnieuw sturen)\b",
    "beëindigen": r"\b(?:stopzetten|stopgezet|opheffen|opgeheven)\b",
    "tekenen": r"\b[Oo]ndertek(?:en\w*|end)\b",
    "terugdraaien": r"\bongedaan\b|\bterugn[ea]m\w*|\bteruggenomen\b|\bneem\b[^.]*\bterug\b",
    "corrigeren": r"\b(?:Verbeterd op|Verbetering opslaan|is verbeterd|verbeterd worden|te verbeteren)\b",
    "controleren": r"\b(?:nakijken|na te kijken|nagekeken|kijkt dit na)\b",
    "verwijderen": r"\b(?:weggooien|weggegooid|wegdoen)\b",
    "printen": r"\b(?:afdrukken|Druk af)\b",
    "mail": r"\be-mails?\b(?! en wachtwoord)",
    "plek": r"\b[Ll]eerwerkplek(?:ken)?\b",
    "plaats in een groep": r"\b[Zz]etels?\b",
    "waarnemer": r"\b[Tt]oehoorders?\b",
    "Leerpact": r"\b[Pp]ortaal\b",
    "“ ” om een titel": "‘",
    "die of deze, voor een plek, overeenkomst of organisatie": r"\b(?:haar|hem)\b",
}
# Where a reader meets the whole word first, which is a longer one.
FIRST_MENTION = {
    "<b>%(number)s</b> open training place",
    "Employers register training places and say how many students they can guide.",
    "First you need a training place. Your teacher looks for one with you and proposes it; you say yes or no.",
    "I look for a training place",
    "Leerpact is where students, care employers and vocational schools of a region arrange training places, sign agreements "
    "and follow learning plans.",
    "Offer a training place",
    "Open training places",
    "Partnerships that look for employers with training places. You sign up without an account.",
    "Register a training place in three steps: the training place, the guidance, and a check. You choose who can find it.",
}
# A label that stands alone and is a thing, not an act.
LABELS = {"email"}

WORDS_DUTCH, WORDS_ENGLISH = 22, 30
LONG = {"Only ones that are needed: to stay signed in"}  # a list of cookies, each with its name

# What an administrator of Leerpact is called; the manager of an organisation is a "beheerder" too.
ADMINISTRATOR = re.compile(r"\badministrators?\b", re.I)
SAID_BEFORE = {
    "An administrator sees your account only with a reason",
    "Administrators: nothing of a student's learning.",
    "What happened around your account: signing in",
}


def catalogue() -> Catalog:
    with (settings.ROOT / "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="nl")


def pairs(found: Catalog) -> Iterator[Pair]:
    """English and Dutch of each text, the forms of one and of many apart."""
    for message in found:
        if message.id:
            english, dutch = (
                (text,) if isinstance(text, str) else text for text in (message.id, message.string)
            )
            yield from zip(english, dutch, strict=True)


def says_otherwise(english: str, dutch: str) -> Iterator[str]:
    for word, others in ONE_WORD.items():
        first_mention = word == "plek" and any(english.startswith(text[:40]) for text in FIRST_MENTION)
        of_browser = "menu of your browser" in english
        if (
            re.search(others, dutch, re.IGNORECASE)
            and not first_mention
            and not of_browser
            and english not in LABELS
        ):
            yield f"{word}: {dutch}"


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:;])\s+|\n+", text)


def words_of(sentence: str) -> int:
    return len(re.findall(r"\S+", re.sub(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>", "x", sentence)))


def too_long(english: str, dutch: str) -> Iterator[str]:
    if any(english.startswith(text) for text in LONG):
        return
    for text, most in ((english, WORDS_ENGLISH), (dutch, WORDS_DUTCH)):
        for sentence in sentences(text):
            if words_of(sentence) > most:
                yield f"{words_of(sentence)} words: {sentence}"


def faults(found: Catalog) -> list[str]:
    said = []
    for english, dutch in pairs(found):
        said += [f"a day that may or may not count: {dutch}"] if DEADLINE.search(dutch) else []
        said += says_otherwise(english, dutch)
        said += too_long(english, dutch)
        if (
            ADMINISTRATOR.search(english)
            and "Leerpact" not in dutch
            and not any(english.startswith(text) for text in SAID_BEFORE)
        ):
            said.append(f"which administrator: {dutch}")
    return said


def test_texts_keep_the_rules():
    found = catalogue()
    assert len(found) > 4_000
    assert faults(found) == []


def test_exceptions_are_still_there():
    texts = [english for english, _dutch in pairs(catalogue())]
    for text in FIRST_MENTION | LONG | SAID_BEFORE | LABELS:
        assert any(english.startswith(text) for english in texts), text


@pytest.mark.parametrize(
    ("english", "dutch", "fault"),
    [
        ("Finish by %(day)s", "Klaar voor %(day)s", "a day that"),
        ("Finish by 3 October", "Klaar vóór 3 oktober", "a day that"),
        ("Send it again", "Je kunt de link opnieuw sturen", "versturen: "),
        ("Sign", "Onderteken de overeenkomst", "tekenen: "),
        ("Undo", "Je kunt dit ongedaan maken", "terugdraaien: "),
        ("Undo", "Je kunt dit terugnemen", "terugdraaien: "),
        ("Check", "De school moet dit nakijken", "controleren: "),
        ("Delete", "Concept weggooien", "verwijderen: "),
        ("You get an email", "Je krijgt een e-mail", "mail: "),
        ("Your training place", "Je leerwerkplek", "plek: "),
        ("Your seat", "Je zetel in de groep", "plaats in een groep: "),
        ("Close it", "Sluit haar", "die of deze"),
        ("About “x”", "Over ‘x’", "“ ”"),
        ("Ask an administrator", "Vraag een beheerder", "which administrator"),
        ("word " * 31, "kort", "31 words"),
        ("short", "woord " * 23, "23 words"),
    ],
)
def test_planted_text_breaks_a_rule(english, dutch, fault):
    planted = Catalog(locale="nl")
    planted.add(english, dutch)
    found = faults(planted)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("Finish by %(day)s", "Klaar uiterlijk %(day)s"),
        ("Email address", "E-mailadres"),
        ("Ask an administrator", "Vraag een beheerder van Leerpact"),
        ("short", "woord " * 22),
    ],
)
def test_plain_text_breaks_none(english, dutch):
    planted = Catalog(locale="nl")
    planted.add(english, dutch)
    assert faults(planted) == []


BUTTON = re.compile(
    r'\{% button _\("([^"]+)"|\bsubmit=_\("([^"]+)"|\{% empty [^%]*act=_\("([^"]+)"|\bbutton=_\("([^"]+)"'
)
ACTS = re.compile(
    r"\b(?:"
    "aanbieden|aanmelden|aannemen|aanpassen|aanvullen|aanwijzen|aanzetten|afronden|afsluiten|afwijzen|annuleren|"
    "aanvragen|antwoorden|beantwoorden|beginnen|behandelen|beheren|bekijken|beoordelen|bevestigen|bewerken|beëindigen|bijwerken|controleren|"
    "corrigeren|delen|doen|downloaden|gebruiken|geven|halen|houden|inleveren|inlezen|inbrengen|inloggen|inschrijven|instellen|"
    "intrekken|kiezen|kopiëren|koppelen|laten|lezen|loskoppelen|maken|meedoen|meetellen|meenemen|melden|noteren|openen|overnemen|overslaan|oppakken|"
    "opslaan|overplaatsen|plannen|printen|samenvoegen|schrijven|sluiten|sorteren|stoppen|tekenen|terugdraaien|"
    "terughalen|toelaten|toevoegen|tonen|uitloggen|uitnodigen|uitschrijven|uitzetten|vastleggen|"
    "vergelijken|versturen|vertellen|vervallen|vervangen|verwijderen|voorstellen|vragen|wachten|weghalen|wijzigen|wissen|"
    "zeggen|zetten|zien|zoeken"
    r")\b"
)
# A yes or a no in one's own words, a way to a page, a new thing; and what the list of better words asks for.
OWN_WORDS = re.compile(r"^(?:Ja|Nee|Ik|Naar|Terug|Nieuwe?|Verder)\b")
NAMED = {
    "Add someone": "the list of better words says it so",
    "Change who may find it": "the list of better words says it so",
    "Actions": "leads to a page",
    "Board": "leads to a page",
    "Another address": "leads to a page with a form",
    "Another file": "leads to a page with a form",
    "Columns": "leads back to a step",
    "Decisions": "leads to a page",
    "Documents": "leads to a page",
    "Done": "ends a set of steps",
    "Help": "leads to a page",
    "The files (ZIP)": "what one gets of three kinds",
    "Programmes": "leads to a page",
    "Work supervisors": "leads to a page",
    "Still available": "what the employer says of the training place",
    "These are not the same": "what one says of two entries",
    "This signature is not right": "what one says of a signature",
    "We begin too": "what one says of a proposal",
    "Someone else or another day": "leads to a page with a form",
    "Meetings": "leads to a page",
    "Outline": "in the styleguide",
    "Ink": "in the styleguide",
}


def buttons() -> dict[str, str]:
    """The English words of each button, with a file where it stands."""
    found = {}
    sources = [*(settings.ROOT / "templates").rglob("*.html")]
    for app in (
        "partnerships",
        "meetings",
        "programmes",
        "students",
        "placements",
        "agreements",
        "search",
        "portal",
        "accounts",
    ):
        sources += (settings.ROOT / app).rglob("*.py")
    for path in sources:
        for groups in BUTTON.findall(path.read_text(encoding="utf-8")):
            found["".join(groups)] = path.name
    return found


def says_the_act(dutch: str) -> bool:
    return bool(OWN_WORDS.match(dutch) or ACTS.search(dutch.lower()))


def test_buttons_say_the_act_in_an_infinitive():
    dutch = {}
    for message in catalogue():
        if message.id and not message.context:
            english, said = (
                text if isinstance(text, str) else text[0] for text in (message.id, message.string)
            )
            dutch[english] = said
    found = buttons()
    assert len(found) > 200
    wrong = {
        text: (dutch[text], where)
        for text, where in found.items()
        if text in dutch and text not in NAMED and not says_the_act(dutch[text])
    }
    assert wrong == {}
    assert found.keys() >= NAMED.keys()


def test_imperative_on_a_button_is_found():
    assert not says_the_act("Voeg een doel toe")
    assert not says_the_act("Bekijk de plek")
    assert says_the_act("Doel toevoegen")
    assert says_the_act("Ja, ik wil deze plek")
