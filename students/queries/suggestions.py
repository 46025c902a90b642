"""A first wording of a goal, for a teacher to make better."""

from __future__ import annotations

# Dutch verbs whose stem itself ends in t, so that "verricht" stays "verricht" in the first person.
STEM_IN_T = ("richt", "zet", "let", "meet", "sluit", "zit", "weet", "start", "test")
IRREGULAR = {"heeft": "heb", "is": "ben", "gaat": "ga", "staat": "sta", "doet": "doe", "ziet": "zie"}
NOUNS = ("contact", "icht", "teit", "dienst", "budget", "rapport", "document")
LONGEST = 200


def first_person(title: str) -> str:
    """Say a work process as a goal.

    Files write them as "he or she does" ("Ondersteunt bij de maaltijd" → "Ik ondersteun bij de maaltijd") or as what
    is done ("Werk voorbereiden" → "Ik kan werk voorbereiden").
    """
    verb, _space, rest = title.strip().partition(" ")
    verb = verb.lower()
    if verb in IRREGULAR:
        verb = IRREGULAR[verb]
    elif not verb.endswith("t") or (verb.endswith(NOUNS) and not verb.endswith(STEM_IN_T)):
        verb = f"kan {verb}"
    elif not verb.endswith(STEM_IN_T):
        verb = verb[:-1]
    return " ".join(part for part in ("Ik", verb, rest) if part)[:LONGEST]
