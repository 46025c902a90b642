"""Work situations in every state, shown to whom the student chose."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import Person
from demo.seed.context import Seed
from demo.seed.history import made_at
from programmes.models import Session
from students.enums import Party, SituationState
from students.models import Enrolment, Treatment, WorkSituation

TEXTS = (
    "Een bewoner wilde niet gewassen worden en ik wist niet hoe lang ik moest blijven vragen.",
    "Bij de overdracht spraken twee collega's elkaar tegen. Wat doe ik dan?",
    "Een familielid vroeg mij iets wat ik niet mag vertellen.",
    "Ik moest voor het eerst alleen met de lift werken en de accu was leeg.",
)
ANSWER = "We hebben dit nagespeeld. Blijf rustig en haal een collega."
LATER = "Het kwam terug in de les: vraag eerst wat iemand zelf wil."
NAMED = "Mevrouw De Boer van kamer 12 wilde vanmorgen niet eten. Wat doe ik dan?"
REASON = "Er stond een kamernummer in. Schrijf het nog eens op zonder gegevens van bewoners."


@dataclass(frozen=True)
class Past:
    """What became of one: the sessions it was put in, those in which something came out, and how it went away."""

    planned: tuple[Session, ...] = ()
    treated: tuple[Session, ...] = ()
    gone: str = ""  # "withdraw" or "blank"
    reported: bool = False


def make(seed: Seed, enrolment: Enrolment, parties: Mapping[Party, Person], number: int) -> None:
    """One brought in; some planned, treated once or twice, reported, withdrawn, or removed by a teacher."""
    now = seed.at(0, 0)
    past = list(enrolment.cohort.sessions.filter(ends_at__lt=now).order_by("-starts_at")[:2])
    coming = tuple(enrolment.cohort.sessions.filter(starts_at__gt=now).order_by("starts_at")[:1])
    pasts = [Past(reported=number % 12 == 7)]
    if number % 2 and coming:
        pasts.append(Past(planned=coming))
    if number % 3 == 0 and past:
        pasts.append(Past(treated=tuple(past[: 1 + number % 2]), planned=coming if number % 4 == 0 else ()))
    if number % 5 == 0:
        pasts.append(Past(gone="withdraw"))
    if number % 7 == 0:
        pasts.append(Past(gone="blank"))
    for index, became in enumerate(pasts):
        text = NAMED if became.reported else TEXTS[(number + index) % len(TEXTS)]
        _one(seed, enrolment, parties, text, became, number)


def _one(
    seed: Seed,
    enrolment: Enrolment,
    parties: Mapping[Party, Person],
    text: str,
    became: Past,
    number: int,
) -> None:
    student, teacher = parties[Party.STUDENT], parties[Party.SCHOOL]
    sessions = sorted({*became.treated, *became.planned}, key=lambda session: session.starts_at)
    first = min([seed.at(-1), *(session.starts_at for session in sessions)]) - dt.timedelta(days=3)
    with made_at(first):
        situation = WorkSituation.objects.create(
            enrolment=enrolment,
            text="" if became.gone else text,
            state=_state(became),
            removed_because=REASON if became.gone == "blank" else "",
            reported_at=seed.at(-1) if became.reported else None,
            for_teachers=bool(sessions) or became.gone == "blank" or number % 4 != 1,
            for_supervisor=number % 3 == 1,
            for_employer=number % 6 == 1,
        )
    if became.reported:
        subject = enrolment.student.public_id
        seed.history.changed(situation, "reported_at", None, seed.at(-1), parties[Party.EMPLOYER], subject)
    if sessions:
        seed.history.note(situation, "plan", first + dt.timedelta(days=1), teacher)
    for session in sessions:
        is_treated = session in became.treated
        Treatment.objects.create(
            situation=situation,
            session=session,
            answer=(ANSWER if session is became.treated[0] else LATER) if is_treated else "",
            treated_at=session.ends_at if is_treated else None,
            by=teacher if is_treated else None,
        )
        if is_treated:
            seed.history.note(situation, "treat", session.ends_at, teacher)
    if became.gone:
        by, reason = (student, "") if became.gone == "withdraw" else (teacher, REASON)
        seed.history.note(situation, became.gone, first + dt.timedelta(days=1), by, reason)


def _state(became: Past) -> SituationState:
    if became.gone:
        return SituationState.WITHDRAWN
    if became.treated:
        return SituationState.TREATED
    return SituationState.PLANNED if became.planned else SituationState.SUBMITTED
