"""The transition table: applied once, recorded, refused in words."""

import pytest
from django.core.exceptions import ValidationError

from core import states
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance, allowed
from tests.factories.accounts import UserFactory
from tests.factories.core import OutgoingMailFactory

S = OutgoingMail.State


@pytest.fixture
def thing(db, monkeypatch):
    """Any model with a state will do."""
    table = {"hold": ({S.QUEUED}, S.HELD), "fail": ({S.QUEUED, S.HELD}, S.FAILED)}
    monkeypatch.setattr(OutgoingMail, "TRANSITIONS", table, raising=False)
    monkeypatch.setattr(OutgoingMail, "REASON_REQUIRED", {"fail"}, raising=False)
    return OutgoingMailFactory()


def test_advance_saves_the_state_alone_and_records_it(thing):
    person = UserFactory().person
    thing.subject = "niet bewaard"
    change = advance(thing, "hold", by=person.pk, reason=" later ")
    assert thing.state == S.HELD
    stored = OutgoingMail.objects.get()
    assert (stored.state, stored.subject == "niet bewaard") == (S.HELD, False)
    assert StateChange.objects.get() == change
    assert (change.model, change.object_id, change.action) == ("core.outgoingmail", str(thing.pk), "hold")
    assert (change.from_state, change.to_state, change.by, change.reason) == (
        "queued",
        "held",
        person,
        "later",
    )


def test_advance_from_another_state_is_refused_and_leaves_nothing(thing):
    advance(thing, "hold", by=None)
    with pytest.raises(IllegalTransition) as caught:
        advance(thing, "hold", by=None)
    assert "vastgehouden" in caught.value.messages[0]
    assert (StateChange.objects.count(), OutgoingMail.objects.get().state) == (1, S.HELD)


def test_advance_after_someone_else_did_is_refused(thing):
    stale = OutgoingMail.objects.get()
    advance(thing, "hold", by=None)
    with pytest.raises(IllegalTransition):
        advance(stale, "hold", by=None)
    assert (stale.state, StateChange.objects.count()) == (S.HELD, 1)


@pytest.mark.parametrize("reason", ["", "  "])
def test_action_that_disappoints_needs_a_reason(thing, reason):
    with pytest.raises(ValidationError) as caught:
        advance(thing, "fail", by=None, reason=reason)
    assert caught.value.code == "reason_required"
    assert OutgoingMail.objects.get().state == S.QUEUED


def test_allowed_asks_the_table(thing):
    assert (allowed(thing, "hold"), allowed(OutgoingMail(state=S.SENT), "hold")) == (True, False)


def test_history_is_of_this_object_in_order(thing, django_assert_num_queries):
    advance(thing, "hold", by=UserFactory().person.pk)
    advance(thing, "fail", by=None, reason="kapot")
    advance(OutgoingMailFactory(), "hold", by=None)
    with django_assert_num_queries(1):
        assert [(change.action, change.by is None) for change in states.history(thing)] == [
            ("hold", False),
            ("fail", True),
        ]
