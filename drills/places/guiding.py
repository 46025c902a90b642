"""Who guides at a workplace and who may sign for it, acted on as people do."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import rule

from accounts.enums import Role
from drills.ground import NUMBER, SELDOM, has, pick
from drills.places.proposing import Proposing
from partnerships.actors import actor_of
from partnerships.enums import MandateKind
from partnerships.models import Membership
from partnerships.services import mandates, memberships
from placements.models import Supervision
from placements.services import supervisors


class Guiding(Proposing):
    """Hand-overs on a day, roles of supervisors that end, mandates given and ended."""

    @has("placements")
    @rule(
        placement=NUMBER, to=st.integers(-1, 2), days=st.sampled_from([-3, 0, 0, 1, 6, 20, 300]), wrong=SELDOM
    )
    def hand_over(self, placement: int, to: int, days: int, wrong: bool) -> None:
        row = pick(self.model.placements, placement)
        chosen = self.model.supervisors[to] if to >= 0 else None
        day = self.model.day + dt.timedelta(days)
        by = self.region.teacher if wrong else self._contact(row.slot)
        if self.act(
            "hand over",
            not wrong and self.model.may_hand_over(row, chosen, day),
            lambda: supervisors.hand_over(
                placement_id=row.pk, to=self._guides[chosen.pk] if chosen else None, by=by, starts_on=day
            ),
        ):
            self.model.hand_over(row, chosen, day)

    @rule(number=NUMBER, seldom=SELDOM)
    def end_role(self, number: int, seldom: bool) -> None:
        row = pick(self.model.supervisors, number)
        if not seldom:
            return
        by = self.region.managers[[one.pk for one in self.region.employers].index(row.employer)]
        if self.act("end role", row.runs, lambda: memberships.end(membership_id=row.pk, by=by)):
            self.model.end_role(row)
            self._guides[row.pk].refresh_from_db()
            self._supervising[row.pk] = actor_of(self._guides[row.pk].person.user)

    @rule(employer=st.integers(0, 1), second=st.booleans(), manager=st.integers(0, 5))
    def change_mandate(self, employer: int, second: bool, manager: int) -> None:
        """One who may sign may not any more, or the other way round; only the manager decides."""
        user, key = self.region.signers[employer][second], self.region.employers[employer].pk
        may = self.model.signers[key][user.person.pk]
        role = Membership.objects.get(person__user=user, role__in=(Role.PRACTICE_TRAINER, Role.CONTACT))
        by = self.region.managers[1 - employer if manager == 0 else employer]
        expected = manager > 0 and (not may or self.model.may_lose_mandate(key, user.person.pk))
        kinds = [] if may else [MandateKind.SIGN]
        if self.act(
            "end mandate" if may else "give mandate",
            expected,
            lambda: mandates.change(membership_id=role.pk, kinds=kinds, by=by),
        ):
            self.model.signers[key][user.person.pk] = not may
            self._signers[employer][second] = actor_of(user)

    def look(self) -> None:
        placements = [row.pk for row in self.model.placements]
        rows = Supervision.objects.standing().filter(placement__in=placements)
        portal = sorted(rows.values_list("placement", "membership", "starts_on", "ends_on"), key=str)
        model = [
            (row.pk, one.supervisor.pk, one.starts, one.ends)
            for row in self.model.placements
            for one in self.model.standing(row)
        ]
        self.compare("who guides (placement, supervisor, first, last day)", portal, sorted(model, key=str))
