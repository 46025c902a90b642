"""What a text says in numbers (days, hours, letters, megabytes) is what the rule behind it holds to, in both languages."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from accounts import validators
from accounts.models import invitations, links, privacy, security
from accounts.queries import sign_ups as account_sign_ups
from accounts.services import codes, throttles
from accounts.services import invitations as invitation_service
from accounts.views import links as link_views
from agreements import enums as agreement_enums
from agreements.forms import amendments
from core import attachments, endings, outbox
from core.imports import files
from core.imports import models as import_models
from partnerships import reminders
from partnerships.models import join_requests, role_requests
from partnerships.models.partnerships import LONGEST_TERM
from partnerships.presenters import next_steps
from partnerships.queries import merging
from partnerships.queries import role_requests as role_queries
from partnerships.services import role_requests as role_service
from placements import enums as placement_enums
from placements.forms import slots
from placements.queries import supervising
from portal import pulse
from programmes.forms import cohorts
from students.models import enrolments, remarks
from students.services import enrolments as enrolment_service

MEGABYTE = 1024 * 1024
ENGLISH = tuple("one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split())  # noqa: SIM905  easier to read
DUTCH = tuple("één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien".split())  # noqa: SIM905  easier to read
UNITS = {
    "day": ("days?", "dag(?:en)?"),
    "week": ("weeks?", "we(?:ek|ken)"),
    "month": ("months?", "maand(?:en)?"),
    "hour": ("hours?", "uur|uren"),
    "minute": ("minutes?", "minuten|minuut"),
    "year": ("years?", "jaar|jaren"),
    "character": ("characters?", "tekens?"),
    "MB": ("MB", "MB"),
    "letter": ("letters?", "letters?"),
    "digit": ("digits?", "cijfers?"),
    "request": ("requests?", "aanvragen|aanvraag"),
}
FEWEST = 60
Quantity = tuple[int, str]


def days(span: timedelta) -> Quantity:
    return span.days, "day"


def hours(span: timedelta) -> Quantity:
    return span.total_seconds() // 3600, "hour"  # type: ignore[return-value]  # whole hours


def minutes(span: timedelta) -> Quantity:
    return span.total_seconds() // 60, "minute"  # type: ignore[return-value]  # whole minutes


def weeks(number: int) -> Quantity:
    return number // 7, "week"


# What texts say, each with the rule that they speak of; the first that fits counts.
SAID: list[tuple[str, list[Quantity]]] = [
    ("At least 12 characters", [(validators.LEAST, "character")]),
    (
        "mail with a link. The link works for four hours|works once, for four hours",
        [(settings.PASSWORD_RESET_TIMEOUT // 3600, "hour")],
    ),
    ("page stays open for twelve hours", [hours(link_views.OPEN_FOR)]),
    (r"A link works for 21 days", [days(links.VALID_FOR)]),
    (
        r"[Ll]inks? (?:in it )?works? for three days|Links work for three days",
        [days(account_sign_ups.VALID_FOR)],
    ),
    ("invitation was sent a moment ago", [minutes(enrolment_service.INVITATION_PAUSE)]),
    ("who signs|code works for|Wait ten minutes, or use|code is not right", [minutes(codes.VALID_FOR)]),
    ("[Ff]ive minutes", [minutes(throttles.FIVE_MINUTES)]),
    ("request for a role within|asked for a role", [days(role_requests.VALID_FOR)]),
    ("took back three requests", [(role_service.MOST_OPEN, "request"), hours(role_service.REST)]),
    ("A yes can be taken back", [(join_requests.MENDED_WITHIN, "day")]),
    ("three letters of the name", [(merging.SHORTEST, "letter")]),
    (
        "email six months and two months before",
        [(-rung.days * 12 // 366, "month") for rung in reminders.BEFORE_MONEY_ENDS],
    ),
    ("without news for three months", [(next_steps.STALE_AFTER.days // 30, "month")]),
    ("(?:in the|the last) (?:last )?three months", [(pulse.QUARTER.days // 30, "month")]),
    ("written here for three months", [(next_steps.STALE_AFTER.days // 30, "month")]),
    (
        "30 days or more. After 45",
        [(placement_enums.CONFIRM_AFTER_DAYS, "day"), (placement_enums.FRESH_DAYS, "day")],
    ),
    ("45 days", [(placement_enums.FRESH_DAYS, "day")]),
    ("between 1 and 90 days", [(LONGEST_TERM, "day")]),
    ("more than 40 hours", [(slots.MOST_HOURS, "hour")]),
    ("more than 60 hours", [(amendments.LONGEST_WEEK, "hour")]),
    ("training place lasts six years", [(slots.LONGEST_PERIOD.days // 366, "year")]),
    ("cohort lasts 6 years", [(cohorts.LONGEST_YEARS, "year")]),
    ("list of Excel", [(files.MOST_BYTES // MEGABYTE, "MB")]),
    ("10 MB", [(attachments.MOST_BYTES // MEGABYTE, "MB")]),
    ("taken back for 24 hours|take it back for 24 hours", [hours(import_models.UNDO_FOR)]),
    ("read it once and do not keep it", [days(import_models.WIPED_AFTER)]),
    ("could object|Print the PDF|scan or photo of the signed", [(agreement_enums.OBJECTION_DAYS, "day")]),
    ("others cannot sign that it stops", [(agreement_enums.UNDO_DAYS, "day")]),
    (
        "taken out of the cohort|with everything in this list|nobody can change anything in it",
        [(enrolments.UNDO_DAYS, "day")],
    ),
    ("(?:no|a) work supervisor.* two weeks", [weeks(supervising.NAMED_BEFORE.days)]),
    ("in the last two weeks", [weeks(endings.DAYS)]),
    ("You can take it back for two weeks", [weeks(remarks.DAYS)]),
    (
        "[Ii]nvitation|mail with a link that is valid|email with a link",
        [days(invitations.VALID_FOR)],
    ),
    (
        "(?:taken?|take (?:this|it)) back.* 14 days|undo this for 14 days|come back, until 14 days|last day.* 14 days"
        "|brought back for 14 days",
        [(endings.DAYS, "day")],
    ),
    ("Device and address", [weeks(settings.SESSION_COOKIE_AGE // 86400)]),
    ("The last seven days", [days(security.LATELY)]),
    ("Could not be delivered in five days", [days(outbox.GIVE_UP_AFTER)]),
    ("We remove your address after 30 days", [(privacy.DEFAULTS[privacy.Term.UNCONFIRMED][1], "day")]),
    ("12 months after you sent", [(privacy.DEFAULTS[privacy.Term.CALL_CONTACT][0], "month")]),
    ("12 months after the call", [(privacy.DEFAULTS[privacy.Term.CALL_CONTACT][0], "month")]),
    ("kept for two years", [(privacy.DEFAULTS[privacy.Term.CONTRACT][0] // 12, "year")]),
    ("kept for seven years", [(privacy.DEFAULTS[privacy.Term.SUBSIDY][0] // 12, "year")]),
    ("A checksum|Needed without a file", [(64, "letter")]),  # of SHA-256, in hexadecimals
]
# Numbers that no rule of ours holds, with the reason.
NO_RULE = {
    "from a year ago until three years": "so far that a slip of the pen is seen, and no plan is held up",
    "(?:five|5|four|4|8|six|two) digits": "as the registers, the calendar and the app have them; refused by their formats",
    "more than 59 minutes": "an hour has no more",
    "It takes two minutes": "an estimate",
    "No email after ten minutes": "an estimate",
    "PDF or image, 5 MB": "a sample that shows how it looks",
    "ends in 30 days": "a sample that shows how it looks",
    "one day a week|at least one day": "a figure of speech",
}


def quantities(text: str, language: int) -> list[Quantity]:
    """The numbers with a unit in a text; language: 0 for English, 1 for Dutch."""
    words = (ENGLISH, DUTCH)[language]
    found = []
    for unit, names in UNITS.items():
        for number in re.findall(rf"(?<!%\()\b(\d+|{'|'.join(words)}) (?:{names[language]})\b", text):
            found.append((int(number) if number.isdigit() else words.index(number) + 1, unit))
    return found


def faults(english: str, dutch: str) -> Iterator[str]:
    """What is not as the rule has it; both texts in their plural."""
    said = quantities(english, 0)
    if not said or any(re.search(words, english) for words in NO_RULE):
        return
    rule = next((expected for words, expected in SAID if re.search(words, english)), None)
    if rule is None:
        yield f"no rule is named for: {english}"
    elif Counter(said) != Counter(rule):
        yield f"says {said}, the rule {rule}: {english}"
    if Counter(quantities(dutch, 1)) != Counter(said):
        yield f"in Dutch otherwise, {quantities(dutch, 1)}: {dutch}"


def texts() -> Iterator[tuple[str, str]]:
    with Path(settings.ROOT, "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                english, dutch = message.id, message.string
                yield (english, dutch) if isinstance(english, str) else (english[-1], dutch[-1])


def test_what_is_said_in_numbers_is_the_rule():
    found = list(texts())
    assert sum(bool(quantities(english, 0)) for english, _dutch in found) >= FEWEST
    assert [fault for text in found for fault in faults(*text)] == []


def test_every_rule_is_said_somewhere():
    every = [english for english, _dutch in texts() if quantities(english, 0)]
    assert [
        words
        for words in [words for words, _rule in SAID] + list(NO_RULE)
        if not any(re.search(words, text) for text in every)
    ] == []


def test_same_things_have_the_same_limit():
    assert merging.SHORTEST == role_queries.SHORTEST
    assert invitation_service.NEW_LINK_PAUSE == enrolment_service.INVITATION_PAUSE
    assert endings.DAYS == enrolments.UNDO_DAYS == agreement_enums.UNDO_DAYS


@pytest.mark.parametrize(
    ("english", "dutch", "number"),
    [
        ("It can be taken back for 14 days.", "Je kunt dit 14 dagen terugdraaien.", 0),
        ("It can be taken back for 10 days.", "Je kunt dit 10 dagen terugdraaien.", 1),
        ("It can be taken back for 14 days.", "Je kunt dit tien dagen terugdraaien.", 1),
        ("A file of at most 12 MB.", "Een bestand van hoogstens 12 MB.", 1),
        ("Wait five days.", "Wacht vijf dagen.", 1),
    ],
)
def test_number_that_is_not_the_rule_is_seen(english, dutch, number):
    assert len(list(faults(english, dutch))) == number
