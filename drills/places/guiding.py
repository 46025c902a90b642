"""Who guides at a workplace and who may sign for it, acted on as people do."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from accounts.enums import Role
from drills.ground import NUMBER, SELDOM, has, pick
from drills.places import rows as plain
from drills.places.proposing import Proposing
from partnerships.actors import Actor, actor_of
from partnerships.enums import MandateKind
from partnerships.models import Membership
from partnerships.services import mandates, memberships, returns
from placements.models import Supervision
from placements.queries.supervising import guided_by_nobody
from placements.services import supervisors

LEAVES = st.sampled_from([None, None, 1, 7, 25, -1])  # in how many days a role ends; at once for None


class Guiding(Proposing):
    """Hand-overs on a day, roles of supervisors that end and come back, gaps that are filled, mandates given and ended."""

    @has("placements")
    @rule(placement=NUMBER, to=NUMBER, days=st.sampled_from([-3, 0, 0, 1, 6, 20, 300]), wrong=SELDOM)
    def hand_over(self, placement: int, to: int, days: int, wrong: bool) -> None:
        row = pick(self.model.placements, placement)
        chosen = self._guide(row.slot.employer, to)
        day = self.model.day + dt.timedelta(days)
        by = self.region.teacher if wrong else self._contact(row.slot)
        if self.act(
            "hand over",
            not wrong and self.model.may_hand_over(row, chosen, day),
            lambda: supervisors.hand_over(
                placement_id=row.pk,
                to=self._guides[chosen.pk] if chosen else None,
                by=by,
                starts_on=day,
                read=None,
            ),
        ):
            self.model.hand_over(row, chosen, day)

    @precondition(lambda self: self.is_fourth or not self._former())
    @rule(number=NUMBER, to=NUMBER, days=LEAVES, places=st.booleans(), wrong=SELDOM)
    def end_role(self, number: int, to: int, days: int | None, places: bool, wrong: bool) -> None:
        """At once or after a day; students go to a colleague, or to nobody."""
        guiding = [row for row in self.model.supervisors if row.stays and self.model.standing_of(row)]
        row = pick(guiding if guiding and number < 10 else self.model.supervisors, number)
        if row.ended and row.is_there(self.model.day):
            return  # another last day is left to the tests
        chosen = self._guide(row.employer, to, but=row)
        last = None if days is None else self.model.day + dt.timedelta(days)
        by = self._manager(row, wrong=wrong)
        successors = dict.fromkeys(("students", "slots")[: 1 + places], chosen.pk) if chosen else {}
        if self.act(
            "end role" if days is None else "end role on a day",
            not wrong and self.model.may_end_role(row, chosen, last),
            lambda: memberships.end(
                membership_id=row.pk, by=by, last_day=last, successors=successors, read=None
            ),
        ):
            self.model.end_role(row, chosen, last, places=places)
            self._know_again(row)

    def _guide(self, employer: int, number: int, but: object = None) -> plain.Supervisor | None:
        """Mostly nobody or one of the employer's, now and then any."""
        own = [
            row for row in self.model.supervisors if row.employer == employer and row.stays and row is not but
        ]
        return pick([None, *(own if number < 10 else self.model.supervisors)], number)

    @precondition(lambda self: not self._former())
    @rule(number=NUMBER, to=NUMBER, last=LEAVES, days=st.sampled_from([0, 2, 14, 15, 22]))
    def regret_role(self, number: int, to: int, last: int | None, days: int) -> None:
        """Ended, and taken back so many days later, as far as it still can be."""
        self.end_role(number, to, last, False, False)
        if days:
            self.days_pass(days)
        if self._former():
            self.take_back_role(0, False)

    @precondition(lambda self: self._former())
    @rule(number=NUMBER, wrong=SELDOM)
    def take_back_role(self, number: int, wrong: bool) -> None:
        row = pick(self._former(), number)
        by = self._manager(row, wrong=wrong)
        if self.act(
            "take back role",
            not wrong and self.model.may_take_back_role(row),
            lambda: [returns.role(membership_id=row.pk, by=by, read=None)],
        ):
            self.model.take_back_role(row)
            self._know_again(row)

    def _former(self) -> list[plain.Supervisor]:
        """Who left, or is to leave."""
        return [row for row in self.model.supervisors if not row.stays]

    def _manager(self, row: plain.Supervisor, *, wrong: bool) -> Actor:
        """Of the supervisor's employer, or of the other one."""
        mine = [one.pk for one in self.region.employers].index(row.employer)
        return self.region.managers[1 - mine if wrong else mine]

    def _know_again(self, row: plain.Supervisor) -> None:
        """What the next request reads of a supervisor whose role ended or came back."""
        self._guides[row.pk].refresh_from_db()
        self._supervising[row.pk] = actor_of(self._guides[row.pk].person.user)

    @precondition(lambda self: self._gaps())
    @rule(to=NUMBER, wrong=SELDOM)
    def fill_gaps(self, to: int, wrong: bool) -> None:
        """All students of an employer without supervisor get one; who asks it once more is too late."""
        first = self._gaps()[0]
        rows = [row for row in self._gaps() if row.slot.employer == first.slot.employer]
        own = [one for one in self.model.supervisors if self.model.may_fill(first, one)]
        chosen = pick(own if own and to < 10 else self.model.supervisors, to)
        by = self.region.teacher if wrong else self._contact(first.slot)
        for _turn in range(2):
            may = not wrong and all(self.model.may_fill(row, chosen) for row in rows)
            if self.act(
                "fill gaps",
                may,
                lambda: supervisors.fill_gaps(
                    chosen={row.pk: self._guides[chosen.pk] for row in rows}, by=by
                ),
            ):
                for row in rows:
                    self.model.fill(row, chosen)

    def _gaps(self) -> list[plain.Placement]:
        return [row for row in self.model.placements if self.model.is_gap(row)]

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
            lambda: mandates.change(membership_id=role.pk, kinds=kinds, by=by, version=None),
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
        gaps = set(guided_by_nobody().filter(pk__in=placements).values_list("pk", flat=True))
        self.compare("whom nobody guides", gaps, {row.pk for row in self._gaps()})
