"""Fixtures of the agreements tests."""

from copy import deepcopy

import pytest

from tests.agreements.cases import Case, agreement_case


@pytest.fixture(scope="module")
def case_of_module(once) -> Case:
    return once(agreement_case)


@pytest.fixture
def case(case_of_module, db) -> Case:
    return deepcopy(case_of_module)
