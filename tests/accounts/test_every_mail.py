"""Every mail, as it comes out of the SMTP server: it ends with whom to ask, why one gets it and what Leerpact is."""

import datetime as dt
import re
from email.message import EmailMessage
from pathlib import PurePosixPath

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.mail import letters
from accounts.mail.why import why
from core import outbox
from core.models import OutgoingMail
from partnerships.enums import Audience
from tests.consistency.source import ROOT, text_of
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import ContactCardFactory, OrganisationFactory
from tests.helpers import member

TEXTS = sorted((ROOT / "templates").glob("*/mail/*.txt"))
FOOT = ROOT / "templates/core/mail/foot.txt"
# Variables that are no people: whatever else stands in a subject counts as a person's full name, and is refused there.
THINGS = {
    *(
        "act",
        "action",
        "call",
        "cohort",
        "condition",
        "crebo",
        "dropped",
        "employer",
        "get_state_display",
        "goal",
        "group",
        "offerer",
        "publisher",
        "initiative",
        "kept",
        "letter",
        "location",
        "meeting",
        "need",
        "adoption",
        "proposal",
        "of",
    ),
    *(
        "organisation",
        "organisation_name",
        "partnership",
        "party",
        "party_name",
        "programme",
        "school",
        "sign_up",
        "slot",
        "subject",
    ),
    *("proposal", "title"),
}
FAMILY_NAME = "Vanachteren"
SURROUNDED = {"name", "link", "site_url"}  # given by the letter itself

DATES = r"([\w.]+)\|(?:day|short_day|moment|date|until)\b|(?<=until:)([\w.]+)"
NUMBERS = r"count \w+=([\w.]+)|([\w.]+) > \d"
LISTS = r"{% for \w+ in ([\w.]+)"
PRINTED = r"{{ ([\w.]+)|\w=([\w.]+)"
CHOICES = r"{% (?:el)?if ([^%]+) %}"


def names(pattern, text):
    """The last parts of the names that a pattern finds: `first` and `number` are asked of what is before them."""
    return {
        name
        for found in re.findall(pattern, text)
        for name in ([found] if isinstance(found, str) else found)
        if name
    }


class Known(str):
    """Something in a mail: it reads as a person's name or as a thing's, and has whatever is asked of it."""

    __slots__ = ("key", "text_of")

    def __new__(cls, key, parent, text_of):
        if key in {"first_name", "first"} or key.endswith("_first"):
            shown = "Anna"
        elif key in THINGS or (key == "name" and parent in THINGS):
            shown = "Zorg & huis"  # as it is typed, also in a text that is no page
        else:
            shown = f"Anna {FAMILY_NAME}"
        known = super().__new__(cls, shown)
        known.key, known.text_of = key, text_of
        return known

    def __getattr__(self, key):
        return self.text_of(key, self.key)


def context_of(text, *, number, choice):
    """Everything that a text prints, counts and asks; `choice` is the answer to what it only asks."""
    dates, numbers, lists = (
        {name.rpartition(".")[2] for name in names(pattern, text)} for pattern in (DATES, NUMBERS, LISTS)
    )

    def value(key, parent=""):
        if key in dates:
            return timezone.now() + dt.timedelta(days=3)
        if key in numbers:
            return number
        if key in lists:
            return [Known("item", "", value) for _each in range(number)]
        return Known(key, parent, value) if key in printed or choice else ""

    printed = {part for name in names(PRINTED, text) for part in name.split(".")}
    asked = {word for found in names(CHOICES, text) for word in re.findall(r"[A-Za-z_][\w.]*", found)}
    every = {
        name.partition(".")[0] for name in names(PRINTED, text) | names(DATES, text) | names(NUMBERS, text)
    }
    every |= {name.partition(".")[0] for name in names(LISTS, text) | asked}
    inside = set(re.findall(r"{% for (\w+) in", text))
    return {key: value(key) for key in every - inside - SURROUNDED if key not in {"and", "or", "not"}}


def write(person, template, *, number=1, choice=True, **known):
    """One mail, with stand-ins for what is not `known`."""
    context = context_of(text_of(ROOT / "templates" / template), number=number, choice=choice)
    letters.to_person(person, template, link="/mijn/", **{**context, **known})


@pytest.fixture
def reader():
    """Someone at an organisation that has a manager, whom one asks there."""
    organisation = OrganisationFactory(name="Zorghuis")
    manager = member(organisation, Role.MANAGER)
    user = member(organisation, Role.COLLEAGUE)
    return user.person, manager.person


LONGEST_SUBJECT = 70  # with usual names: what a phone shows of one in its list
MARKUP = re.compile(r"</?[a-z]+[ >]|&(?:[a-z]+|#\d+);")


def arrived(smtp_server):
    """All that waits is sent; the mails as they came."""
    while outbox.deliver_due():  # some at a time
        pass
    assert not OutgoingMail.objects.exclude(state=OutgoingMail.State.SENT).exists()
    return smtp_server.messages


def faults_of(message, template, language, asked):
    """What is wrong with one mail."""
    text, subject = message.get_content().replace("\r\n", "\n"), message["Subject"]
    with translation.override(language):
        closing = {"nl": "Met vriendelijke groet,\nLeerpact", "en": "Kind regards,\nLeerpact"}[language]
        ask = {"nl": "Vragen? Vraag het aan:\n", "en": "Questions? Ask:\n"}[language]
        reason = str(why(template))
    wanted = [
        (message["Reply-To"] == asked.address, "an answer goes elsewhere"),
        (closing in text, "no closing"),
        (ask in text, "nobody to ask"),
        (f"- {asked.full_name}, " in text and asked.address in text, "not how to reach who is asked"),
        (reason in text and reason.split()[0] == {"nl": "Je", "en": "You"}[language], "not why one gets it"),
        (f"Leerpact {'regelen' if language == 'nl' else 'students'}" in text, "not what Leerpact is"),
        (text.rstrip().endswith(django_settings.SITE_URL), "something after the end"),
        (text.count("Leerpact\n\n") == 1, "two closings"),
        (FAMILY_NAME not in subject and subject, "a full name in the subject"),
        (not re.search(r"{{|%\(|\n\n\n\n", text + subject), "a text that was not filled in"),
        (message["Content-Language"] == language, "not in which language it is"),
        (len(subject) <= LONGEST_SUBJECT, f"a subject of {len(subject)} signs"),
        (not MARKUP.search(text + subject), "markup in a text that is no page"),
    ]
    return [f"{template} ({language}): {fault}: {subject}" for holds, fault in wanted if not holds]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "number", "choice"),
    [("nl", 1, True), ("nl", 2, False), ("en", 1, False), ("en", 2, True)],
)
def test_every_mail_says_whom_to_ask_and_why_one_gets_it(
    smtp_server, socket_enabled, reader, language, number, choice
):
    person, manager = reader
    person.language = language
    person.save()
    texts = [path for path in TEXTS if path != FOOT]
    assert len(texts) >= 90
    assert all(path.parent.parent.name != "core" for path in texts)
    templates = [PurePosixPath(*path.parts[-3:]).as_posix() for path in texts]
    with transaction.atomic():
        for template in templates:
            write(person, template, number=number, choice=choice)
    kinds = dict(OutgoingMail.objects.values_list("message_id", "kind"))
    messages = arrived(smtp_server)
    assert len(messages) == len(texts)
    of_kind = {letters.kind_of(template): template for template in templates}
    faults = []
    for message in messages:
        faults += faults_of(message, of_kind[kinds[message["Message-ID"]]], language, manager)
    assert not faults, "\n".join(faults)


def test_no_mail_is_written_outside_its_room():
    rooms = {path.parent for path in (ROOT / "templates").rglob("*.txt") if path.parent.name == "mail"}
    assert rooms == {path.parent for path in TEXTS}


@pytest.mark.django_db
def test_text_without_a_reason_is_refused():
    assert why("students/mail/student_plan_closed.txt")
    with pytest.raises(KeyError):
        why("placements/mail/neighbour_plan_closed.txt")


@pytest.mark.django_db
def test_what_who_is_asked_hides_is_in_no_mail(reader):
    person, manager = reader
    manager.phone = "0612345678"
    manager.save()
    ContactCardFactory(person=manager, show_email=Audience.NOBODY, show_phone=Audience.NOBODY)
    write(person, "placements/mail/employer_match_proposed.txt", by=manager)
    mail = OutgoingMail.objects.get()
    assert manager.full_name in mail.body
    assert manager.address not in mail.body + mail.reply_to
    assert manager.phone not in mail.body
    assert mail.reply_to == django_settings.OPERATOR.email  # somebody must be able to answer
    assert django_settings.OPERATOR.email in mail.body


@pytest.mark.django_db
def test_what_who_is_asked_shows_is_in_the_mail(reader):
    person, manager = reader
    manager.phone = "0612345678"
    manager.save()
    ContactCardFactory(person=manager, show_email=Audience.NOBODY, show_phone=Audience.PARTNERSHIPS)
    write(person, "placements/mail/employer_match_proposed.txt", by=manager)
    body = OutgoingMail.objects.get().body
    assert manager.phone in body
    assert manager.address not in body


@pytest.mark.django_db
def test_nobody_is_told_to_ask_oneself(reader):
    _person, manager = reader
    letters.to_person(
        manager, "partnerships/mail/person_contact_ended.txt", link="/mijn/", by=manager, of="X"
    )
    mail = OutgoingMail.objects.get()
    assert f"- {manager.full_name}" not in mail.body
    assert mail.reply_to == django_settings.OPERATOR.email


@pytest.mark.django_db
def test_who_has_no_role_yet_asks_who_runs_the_portal():
    user = UserFactory()
    write(user.person, "accounts/mail/owner_account_known.txt")
    assert OutgoingMail.objects.get().reply_to == django_settings.OPERATOR.email


@pytest.mark.django_db
def test_bad_mail_is_seen(reader):
    bad = EmailMessage()
    bad["Subject"], bad["Reply-To"] = f"Anna {FAMILY_NAME} komt", "iemand@voorbeeld.test"
    bad.set_content('Hallo %(name)s,\n\n<span lang="nl">Plek &amp; co</span>\n\nLeerpact\n')
    found = faults_of(bad, "students/mail/student_plan_closed.txt", "nl", reader[1])
    assert len(found) == 12


def spoken(sources):
    """Mails that mark stored words as a page does: a text says its language as a whole, and has no markup."""
    return [str(path) for path, text in sources.items() if re.search(r"ui\.languages|\|dutch|in_dutch", text)]


def test_no_mail_marks_words_as_a_page_does():
    written = {path for pattern in ("*/mail/*.py", "*/mail.py") for path in ROOT.glob(pattern)}
    assert len(written) >= 20
    assert spoken({path.relative_to(ROOT): text_of(path) for path in [*written, *TEXTS]}) == []
    assert spoken({"a": "{{ slot|dutch }}", "b": "from ui.languages import dutch", "c": "{{ slot }}"}) == [
        "a",
        "b",
    ]
