"""Texts that read wrong once do not come back, in either language and on any page."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

DUTCH = (
    "Nu aan jou|Je bent bij\\.|andere? dingen? wacht|Klaar vóór|Lever in vóór|te laat vóór"
    "|Er wordt je akkoord gevraagd op|om haar opnieuw aan te bieden|zien anderen haar niet|Anderen zien haar nu niet"
    "|haar heeft bevestigd|Klopt ze nog|haar mag vinden|koppel haar|Je nee is doorgegeven|Je ja is doorgegeven"
    "|zei nee tegen %\\(first|niet op de plek|zegt ja tegen jou|^Allebei ja gezegd\\.$|nog niet alles wat nodig is"
    "|Wie dit afspreken|^Stand$|Plekken naast vraag|^Wat er gebeurt$|We zijn in gesprek|valt af|Vaste partners"
    "|Geef een zetel|zetel is gegeven|Stemmen die|stemmen ontbreken|Spreekt als|zit aan tafel|^Je begint aan een doel"
    "|^Je levert een doel|pak je weer op|Alleen de student beantwoordt|Wat je aanvinkt|Herschrijf de doelen|Laat open"
    "|Breng er een in|Breng het in|^Behandel$|opleiden, zoals iemand|Waar opleidingen voor|heeft erom gevraagd"
    "|voorziening van|weten ervan|hoe ver de oproep|rekenblad|Wiens werk|die de Nederlandse wet volgt|waarmee je leest"
    "|Hier is niets te zien|^Vul dit in\\.$|één klik|Waar het gebeurt|^Annuleer$|inste aantal contracturen"
    "|^Bewaard?\\b(?! ze)|(is|zijn|niets) bewaard\\b|amenwerkingsverband|Vaste plekken, van"
    "|^(Zoek|Toon|Wijzig|Vergelijk|Sorteer|Leg vast|Schrijf uit)$"
)
ENGLISH = (
    "do not belong together|Too many tries|looks on with you|more things? waits? for you|what waits for you|Look and answer"
    "|Who learns where|places still stand|” still right|does not want to have|^Answer the school where|See to another place"
    "|going to guide|read along|seat has been given|What runs there|Leave it open|holds for 14 days|what is your turn"
    "|We are in conversation|ward De Linde|\\be-mails?\\b|learning workplace|\\bnew workplace|Ready before"
    "|\\bthis mail\\b|\\bby mail\\b|\\bgets? a mail\\b|goes on (?:as it was|once)|stands? twice"
)


# In English a "plek" is a training place; these speak of another place.
PLACE = re.compile(r"(?<![Tt]raining )(?<![%({])\b[Pp]laces?\b(?![)}])")
OTHER_PLACE = re.compile(
    "wrong place|safe place|One place|in one place|^place$|Where places lie|place on the waiting list|place in the store"
    "|^in place of$"
)


def old_texts(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        for texts, old, flags in ((message.id, ENGLISH, re.I), (message.string, DUTCH, 0)):
            for text in (texts,) if isinstance(texts, str) else texts:
                if re.search(old, text, flags):
                    yield text
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            if PLACE.search(text) and not OTHER_PLACE.search(text):
                yield text


def test_no_text_that_read_wrong_is_left():
    path = settings.ROOT / "locale/nl/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    assert len(catalogue) > 2500
    assert list(old_texts(catalogue)) == []


@pytest.mark.parametrize(
    ("english", "dutch", "found"),
    [
        ("Your turn", "Nu aan jou", 1),
        ("Your turn", "Jij bent aan de beurt", 0),
        ("E-mail address", "E-mailadres", 1),
        ("Email address", "E-mailadres", 0),
        (("%(n)s thing waits", "%(n)s more things wait for you"), ("1 taak", "%(n)s taken"), 1),
        ("Save", "Bewaar", 1),
        ("Saved.", "Je antwoord is bewaard.", 1),
        ("Partnership", "Samenwerkingsverband", 1),
        ("Search", "Zoek", 1),
        ("Find a place", "Zoek een plek", 1),
        ("Find a training place", "Zoek een plek", 0),
        ("Keep them in a safe place", "Bewaar ze op een veilige plek", 0),
    ],
)
def test_planted_text_is_found(english, dutch, found):
    catalogue = Catalog(locale="nl")
    catalogue.add(english, dutch)
    assert len(list(old_texts(catalogue))) == found
