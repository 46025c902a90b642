"""Agreements written, signed, changed and ended, acted on as people do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from agreements.models import Agreement
from agreements.services import agreements, signatures, versions
from core import attachments
from core.dates import today
from drills.ground import NUMBER, SELDOM, has, pick
from drills.places import rows as plain
from drills.places.guiding import Guiding
from partnerships.actors import Actor

ENDS = st.sampled_from([-20, 0, 10, 45, 90])
# Kinds of change that leave the days as they are: what each touches, and two ways to put it.
WORDS: dict[str, tuple[str, tuple[Any, Any]]] = {
    "content": ("content", ("Eerst kijken.", "Zelf doen.")),
    "trainer": ("guidance", ("Elke week.", "Elke dag.")),
    "hours": ("minutes_per_week", (1501, 1502)),
}
SHORTER = {"hours_reason": "Korter jaar."}


class Contracting(Guiding):
    """Texts asked, signed by all who must, changed from a day on, withdrawn, and agreements that end."""

    @precondition(lambda self: self.is_fourth or self.model.with_state("draft"))
    @rule(agreement=NUMBER)
    def ask(self, agreement: int) -> None:
        self._ask(self._agreement(agreement, "draft"))

    def _ask(self, row: plain.Agreement) -> None:
        if self.act(
            "ask",
            self.model.may_ask(row),
            lambda: versions.ask(agreement_id=row.pk, by=self.region.teacher, from_digest=None),
        ):
            self.model.ask(row)

    @precondition(lambda self: self.model.with_state("draft", "signing"))
    @rule(
        agreement=NUMBER,
        first=st.sampled_from([-6, 0, 0, 3]),
        last=st.sampled_from([-15, 0, 12]),
        wrong=SELDOM,
    )
    def change_draft(self, agreement: int, first: int, last: int, wrong: bool) -> None:
        """Other days in a first text: the placement follows when all have signed."""
        row = self._agreement(agreement, "draft", "signing")
        text = row.pending
        if text is None or text.kind != "base":
            return
        starts = text.starts + dt.timedelta(first if row.follows is None else 0)
        ends = text.ends + dt.timedelta(last)
        by = self._signer(row, "employer") if wrong else self.region.teacher
        if self.act(
            "change first text",
            not wrong and starts <= ends,
            lambda: versions.change(
                agreement_id=row.pk, by=by, starts_on=starts, ends_on=ends, **SHORTER, from_digest=None
            ),
        ):
            self.model.change_draft(row, starts, ends, SHORTER)

    def _agreement(self, number: int, *states: str) -> plain.Agreement:
        """Mostly one in such a state, now and then any."""
        wanted = self.model.with_state(*states)
        return pick(wanted if wanted and number < 10 else self.model.agreements, number)

    def _signer(self, row: plain.Agreement, party: str) -> Actor:
        placement = row.placement
        people = {
            "student": self.region.student(placement.enrolment),
            "employer": self._contact(placement.slot),
        }
        return people.get(party, self.region.teacher)

    def _sign(self, row: plain.Agreement, party: str, by: Actor) -> None:
        may = by != self.region.coordinator and self.model.may_sign(row, party)
        if party == "employer":
            may = may and self.model.signers[row.placement.slot.employer].get(by.person_id, False)
        if self.act(f"sign as {party}", may, lambda: self._signature(row, party, by)):
            self.model.sign(row, party)

    @staticmethod
    def _signature(row: plain.Agreement, party: str, by: Actor) -> Any:
        found = Agreement.objects.for_page().get(pk=row.pk)
        shown = (found.pending or found.texts[0]).pk
        if party == "representative":
            return signatures.record_on_paper(
                agreement_id=row.pk,
                version_id=shown,
                signer=party,
                signed_on=today(),
                scan=attachments.check(SimpleUploadedFile("getekend.pdf", b"%PDF-1.7 een handtekening")),
                by=by,
                name="Karin Voorbeeld",
                email="karin@example.nl",
            )
        return signatures.sign(
            agreement_id=row.pk, version_id=shown, signer=party, by=by, is_same_person=True
        )

    @precondition(lambda self: self.is_fourth or self.model.with_state("signing"))
    @rule(agreement=NUMBER, party=st.sampled_from([*plain.PARTIES, "representative"]), wrong=SELDOM)
    def sign(self, agreement: int, party: str, wrong: bool) -> None:
        row = self._agreement(agreement, "signing", "active")
        self._sign(row, party, self.region.coordinator if wrong else self._signer(row, party))

    @has("agreements")
    @rule(agreement=NUMBER)
    def sign_all(self, agreement: int) -> None:
        self._sign_all(pick(self.model.agreements, agreement))

    def _sign_all(self, row: plain.Agreement) -> None:
        if self.model.may_ask(row):
            self._ask(row)
        text = row.pending
        if text and text.state == "signing":
            for party in sorted(set(row.needed(text, self.model.day)) - set(text.signed)):
                self._sign(row, party, self._signer(row, party))

    @precondition(lambda self: self.is_fourth or self.model.with_state("active"))
    @rule(
        agreement=NUMBER,
        kind=st.sampled_from(["period", "period", "early_end", "early_end", *WORDS]),
        days=ENDS,
        later=st.sampled_from([0, 0, 25]),
        at_once=st.booleans(),
    )
    def amend(self, agreement: int, kind: str, days: int, later: int, at_once: bool) -> None:
        row = self._agreement(agreement, "active")
        agreed, ends = row.agreed, self.model.day + dt.timedelta(days)
        first = max(self.model.day, agreed.holds_from if agreed else self.model.day) + dt.timedelta(later)
        terms: dict[str, Any] = {"ends_on": ends}
        if kind in WORDS:
            field, values = WORDS[kind]
            terms = {field: values[days > 0]}
            ends = agreed.ends if agreed else ends
        elif kind == "period":
            ends = max(ends, self.model.day, agreed.starts + dt.timedelta(1) if agreed else ends)
            terms = {"ends_on": ends, **SHORTER}
        said = {name: value for name, value in terms.items() if name != "ends_on"}
        change = plain.Change(kind, ends, first, said)
        by = self._signer(row, "employer")

        def verb() -> Any:
            found = Agreement.objects.for_page().get(pk=row.pk)
            return versions.amend(
                agreement_id=row.pk,
                kind=kind,
                effective_from=first,
                by=by,
                from_version_id=found.agreed.pk if found.agreed else 0,
                reason="Zo is het beter.",
                ask_now=True,
                **terms,
            )

        again = self.model.waits_already(row, change, by.person_id)
        done = self.act(f"amend {kind}", again or self.model.may_amend(row, change), verb)
        if done and not again:
            self.model.amend(row, change, by.person_id)
        if done and at_once:
            self._sign_all(row)

    @precondition(lambda self: self.model.with_state("active"))
    @rule(agreement=NUMBER, days=ENDS)
    def move(self, agreement: int, days: int) -> None:
        """Other days, signed by all on the spot: the placement follows."""
        self.amend(agreement, "period", days, 0, True)

    @has("agreements")
    @rule(agreement=NUMBER, decline=st.booleans())
    def withdraw_change(self, agreement: int, decline: bool) -> None:
        row = self._agreement(agreement, "signing", "active")
        by = self._signer(row, "employer")
        found = Agreement.objects.for_page().get(pk=row.pk)
        shown = (found.pending or found.texts[0]).pk
        if decline:
            said = {"reason": "Dit klopt niet.", "by": by}
            if self.act(
                "decline to sign",
                self.model.may_decline(row, "employer")
                and self.model.has_signer(row.placement.slot.employer),
                lambda: versions.decline(agreement_id=row.pk, version_id=shown, **said),
            ):
                self.model.decline(row)
        elif self.act(
            "withdraw change",
            self.model.may_withdraw_change(row),
            lambda: versions.withdraw(agreement_id=row.pk, version_id=shown, by=by),
        ):
            assert row.pending is not None
            row.pending.state = "withdrawn"

    @precondition(lambda self: self.is_fourth)
    @rule(agreement=NUMBER, days=ENDS, then=st.sampled_from(["placement", "next"]))
    def end(self, agreement: int, days: int, then: str) -> None:
        row = self._agreement(agreement, "active")
        last = self.model.day + dt.timedelta(days)
        if self.act(
            f"end, then {then}",
            self.model.may_end(row, last, then),
            lambda: agreements.end(
                agreement_id=row.pk,
                last_day=last,
                then=then,
                reason="Andere plek.",
                by=self.region.teacher,
                read=None,
            ),
        ):
            newest = Agreement.objects.filter(placement=row.placement.pk).order_by("-number")[0].pk
            self.model.end(row, last, then, newest)

    @precondition(lambda self: self.is_fourth or self.model.with_state("ended"))
    @rule(agreement=NUMBER)
    def take_back_end(self, agreement: int) -> None:
        row = self._agreement(agreement, "ended")
        if self.act(
            "take back end",
            self.model.may_take_back_end(row),
            lambda: agreements.take_back_end(agreement_id=row.pk, by=self.region.teacher, read=None),
        ):
            self.model.take_back_end(row)
