"""`python -m drills.stalls`: a server behind the portal is stopped, locked or full, while people use it.

Every answer must come within three seconds and say what is true: the page, or 503 with when to come back. Ten seconds after
the trouble all pages are there again. Whatever was answered with yes is there at the end, and its mail went out once.
Planted fault: pages that wait for the database as long as it takes.
"""

from __future__ import annotations

import os
import random
import re
import string
import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

from drills import own_site, stopping
from drills.own_site import Portal
from drills.verdicts import Verdict, number, seed
from drills.visitors import Answer, Crowd, Visitor

SECONDS = 60  # for which each lasts
LONGEST = 3.0  # that an answer may take
PATIENCE = 2.5  # WEB_PATIENCE, as production has it
BEFORE = 8.0
RECOVERY = 10.0
MAILS_WITHIN = 100.0  # seconds after it: a mail of which there was doubt waits a minute
PEOPLE = (
    "teacher",
    "contact",
    "student-jong",
    "coordinator",
    "supervisor",
    "trainer",
    "vaart-manager",
    "observer",
)
PAGES = ("/mijn/", "/", "/initiatieven/", "/leerwerkplekken/", "/voorstellen/", "/account/")
LINK = re.compile(r'href="(/organisatie/[\w-]+/mensen/)"')
GOAL = re.compile(r'href="(/doelen/[\w-]+/)"')
DISKS = {"data": 600, "files": 60}  # MB
HANDED_IN = """SELECT evidence.text, stored.path, stored.size FROM students_evidence AS evidence
    JOIN core_storedfile AS stored ON stored.id = evidence.file_id"""
NO_ROOM = "kan nu niet worden bewaard"
BUSY = "Het is nu erg druk"


@dataclass(frozen=True)
class Trouble:
    """What befalls a server; `refuses`: pages, writes or files, that which then may be refused, and must where it `must`."""

    name: str
    begin: Callable[[Portal], AbstractContextManager[None]]
    refuses: str = ""
    must: bool = True


TROUBLES = (
    Trouble("PostgreSQL stopped", lambda on: stopping.stopped(on.servers.state["postgres_pid"]), "pages"),
    Trouble("table locked", lambda on: stopping.locked(on.owner_url, "partnerships_organisation"), "pages"),
    Trouble("Valkey stopped", lambda on: stopping.stopped(on.servers.state["valkey_pid"])),
    Trouble("Valkey full", lambda on: stopping.memory_full(on.valkey())),
    Trouble("SMTP stopped", lambda on: stopping.stopped(on.site.children["mail"].pid)),
    Trouble("disk of files full", lambda on: stopping.filled(on.files), "files"),
    Trouble("disk of the database full", lambda on: stopping.data_full(on.servers), "writes", must=False),
    Trouble("disk of the log full", lambda on: stopping.log_full(on.servers), "pages"),
)


@dataclass
class Yes:
    """What the portal said yes to, and so must still be there at the end."""

    emails: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Writers:
    """A manager who invites, and a student who hands in pictures."""

    def __init__(self, portal: Portal, chance: random.Random) -> None:
        self.yes = Yes()
        self._chance = chance
        self.manager = Visitor(portal.site.url).sign_in("kievit-manager")
        self.student = Visitor(portal.site.url).sign_in("student")
        self._invites = f"{_found(self.manager, '/mijn/', LINK)}uitnodigen/"
        self._adds = f"{_found(self.student, '/mijn/', GOAL)}bewijs/nieuw/"

    def invite(self, _turn: int) -> None:
        name = "".join(self._chance.choices(string.ascii_lowercase, k=14))
        email = f"{name}@drill.example"
        said = self.manager.sends(
            self._invites,
            {
                "email": email,
                "first_name": name[:7].title(),
                "last_name": name[7:].title(),
                "role": "practice_trainer",
            },
        )
        if said.status == 302:
            self.yes.emails.append(email)

    def hand_in(self, _turn: int) -> None:
        text = "".join(self._chance.choices(string.ascii_lowercase, k=20))
        said = self.student.sends(self._adds, {"text": text}, files={"file": _picture(self._chance)})
        if said.status == 302:
            self.yes.texts.append(text)


def _found(visitor: Visitor, start: str, wanted: re.Pattern[str]) -> str:
    """An address on the first page of that person, or on one that it leads to."""
    first = _last(visitor, start)
    for path in ["", *re.findall(r'href="(/[^"?#]*)"', first)]:
        page = first if not path else _last(visitor, path)
        if found := wanted.search(page):
            return found.group(1)
    raise LookupError(f"no {wanted.pattern} near {start}")


def _last(visitor: Visitor, path: str) -> str:
    answer = visitor.opens(path)
    return _last(visitor, answer.leads_to) if answer.leads_to else answer.text


def _picture(chance: random.Random) -> bytes:
    """A PNG of some 190 kB that no two turns share."""
    width, height = 256, 256
    rows = b"".join(b"\0" + chance.randbytes(width * 3) for _row in range(height))

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = part(b"IHDR", head), part(b"IDAT", zlib.compress(rows, 0)), part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@dataclass
class Seen:
    """What came of one trouble."""

    counts: str
    faults: list[str]


def main() -> int:
    own_site.may_mount()
    verdict = Verdict("stalls", seed=str(seed()))
    seconds, chance = number("DRILL_SECONDS", SECONDS), random.Random(seed())
    troubles = [
        trouble for trouble in TROUBLES if own_site.OWN_DISKS in os.environ or "disk" not in trouble.name
    ]
    with own_site.portal("stalls", disks=DISKS, WEB_PATIENCE=str(PATIENCE)) as portal:
        seen = [_tried(portal, trouble, seconds, chance) for trouble in troubles]
    with own_site.portal("stalls", WEB_PATIENCE="60", WEB_QUEUE="0") as portal:
        planted = _tried(portal, TROUBLES[0], min(seconds, 15), chance)
    verdict.counts = ", ".join(one.counts for one in seen)
    verdict.faults = [fault for one in seen for fault in one.faults]
    if len(troubles) < len(TROUBLES):
        verdict.faults.append("no file system may be mounted here: no disk was filled")
    shown = [fault for fault in planted.faults if "took" in fault]
    verdict.planted = {"pages that wait without an end": shown[0] if shown else None}
    return verdict.tell()


def _tried(portal: Portal, trouble: Trouble, seconds: float, chance: random.Random) -> Seen:
    crowd, writers = Crowd(), Writers(portal, chance)
    for person in PEOPLE:
        visitor = Visitor(portal.site.url).sign_in(person)
        crowd.add(visitor, partial(_look, visitor), pause=0.2)
    watch = Visitor(portal.site.url)
    crowd.add(watch, lambda _turn: watch.opens("/livez"), pause=0.5)
    crowd.add(writers.manager, writers.invite, pause=1.0)
    crowd.add(writers.student, writers.hand_in, pause=2.0)
    crowd.start()
    time.sleep(BEFORE)
    began = time.monotonic()
    with trouble.begin(portal):
        time.sleep(seconds)
    ended = time.monotonic()
    time.sleep(RECOVERY + 3)
    answers = crowd.stop()
    mails, lacks = _kept(portal, writers.yes, ended)
    _forget(portal)
    faults = [f"{trouble.name}: {fault}" for fault in (*_wrong(trouble, answers, began, ended), *lacks)]
    seen = Seen(f"{trouble.name}: {_counted(answers, began, ended)}, {mails}", faults)
    print(seen.counts, *seen.faults, sep="\n", file=sys.stderr, flush=True)
    return seen


def _look(visitor: Visitor, turn: int) -> None:
    visitor.opens(PAGES[turn % len(PAGES)])


def _counted(answers: list[Answer], began: float, ended: float) -> str:
    during = [one for one in answers if began <= one.asked_at < ended]
    refused = sum(one.status == 503 for one in during)
    back = max(
        (one.asked_at + one.seconds for one in answers if one.asked_at >= ended and one.status >= 400),
        default=ended,
    )
    slowest, before = max(one.seconds for one in during), _slowest_before(answers, began)
    return (
        f"{len(during)} answers, {refused} of them 503, slowest {slowest:.1f} s (before it {before:.1f} s), "
        f"all well after {back - ended:.1f} s"
    )


def _slowest_before(answers: list[Answer], began: float) -> float:
    return max(one.seconds for one in answers if one.asked_at + one.seconds < began)


def _wrong(trouble: Trouble, answers: list[Answer], began: float, ended: float) -> Iterator[str]:
    during = [one for one in answers if began <= one.asked_at < ended]
    after = [one for one in answers if one.asked_at >= ended + RECOVERY]
    refused = [one for one in during if one.status == 503]
    slow = [one for one in during if one.seconds > LONGEST]
    if slow:
        worst = max(slow, key=lambda one: one.seconds)
        yield f"{len(slow)} answers took over {LONGEST:.0f} s, {worst.path} {worst.seconds:.1f} s"
    if any(one.status != 200 for one in during if one.path == "/livez"):
        yield "the process says that it does not live"
    odd = Counter((one.status, one.path) for one in during if one.status not in {200, 302, 503})
    if odd:
        yield f"answers that say nothing true: {odd.most_common(5)}"
    if any(not one.says_when for one in refused):
        yield "503 without a time to come back"
    told = [one for one in during if one.is_write and one.status == 200]
    if any(NO_ROOM not in one.text for one in told):
        yield "a form came back without a word on why"
    if trouble.refuses and trouble.must and not refused + told:
        yield "nothing was refused: it did not befall the portal"
    unduly = [one for one in refused if not _may_refuse(trouble, one) and BUSY not in one.text]
    if unduly:
        yield f"refused without need: {Counter(one.path for one in unduly).most_common(5)}"
    late = [one for one in after if one.status not in {200, 302}]
    if late or not after:
        yield f"{RECOVERY:g} s later {len(late)} of {len(after)} answers are not well: {Counter(one.status for one in late)}"


def _may_refuse(trouble: Trouble, answer: Answer) -> bool:
    if trouble.refuses == "pages":
        return True
    if trouble.refuses == "writes":
        return answer.is_write
    return trouble.refuses == "files" and answer.is_write and "bewijs" in answer.path


def _kept(portal: Portal, yes: Yes, ended: float) -> tuple[str, list[str]]:
    """Whether what was answered with yes is there, and its mails went out; waits for the last of them."""
    while (out := _mails(portal)) is not None and not set(yes.emails) <= set(out):
        if time.monotonic() > ended + MAILS_WITHIN:
            break
        time.sleep(0.5)
    waited = time.monotonic() - ended
    rows = portal.rows(HANDED_IN)
    there = {str(text) for text, path, size in rows if _size_of(portal.files / "media" / str(path)) == size}
    faults = [f"mail {email} is not out {waited:.0f} s after" for email in yes.emails if email not in out]
    faults += [f"{text} was handed in and is gone" for text in yes.texts if text not in there]
    faults += [
        f"mail to {email} went out as {len(set(ids))}" for email, ids in out.items() if len(set(ids)) > 1
    ]
    copies = sum(len(ids) - 1 for email, ids in out.items() if email in yes.emails)
    said = f"{len(yes.emails)} mails out{f' with {copies} copies of those in doubt' if copies else ''} after {waited:.0f} s"
    return f"{said}, {len(yes.texts)} pictures kept", faults


def _forget(portal: Portal) -> None:
    """A goal takes fifty pieces of evidence: make room for the next trouble."""
    with portal.servers.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM students_evidence WHERE text ~ '^[a-z]{20}$'")


def _size_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else -1


def _mails(portal: Portal) -> dict[str, list[str]]:
    """The ids of the mails that each address of ours got."""
    found: dict[str, list[str]] = {}
    for file in portal.site.mail.glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        if str(mail["To"]).endswith("@drill.example"):
            found.setdefault(str(mail["To"]), []).append(str(mail["Message-ID"]))
    return found


if __name__ == "__main__":
    sys.exit(main())
