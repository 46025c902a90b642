"""A short version of `make drill`: some sequences of each machine agree with the model, and each planted fault is found."""

from contextlib import contextmanager

import pytest

from drills.running import MODELLED, SEED, Modelled, begin, found_after, run

SEQUENCES = 6

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=MODELLED)
def drill_of_module(request, once) -> Modelled:
    chosen = MODELLED[request.param]
    once(lambda: begin(chosen))
    return chosen


def test_portal_does_what_the_model_says(drill_of_module):
    report = run(drill_of_module, sequences=SEQUENCES)
    assert not report.divergence, report.divergence
    assert report.sequences >= SEQUENCES
    assert len(report.done) >= 8


def test_a_planted_fault_is_found(drill_of_module):
    """One here, which shows early; `make drill` plants them all."""
    assert len(drill_of_module.faults) >= 4
    fault = next(iter(drill_of_module.faults.values()))
    assert found_after(drill_of_module, fault, SEED)


def test_a_fault_that_does_not_fit_the_portal_counts_as_none(drill_of_module):
    @contextmanager
    def misfit():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("core.states.advance", lambda: None)
            patch.setattr("students.services.plans.states.advance", lambda: None)
            patch.setattr("placements.services.matches.advance", lambda: None, raising=False)
            yield

    with pytest.raises(TypeError):
        found_after(drill_of_module, misfit, SEED)
