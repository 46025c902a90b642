"""What the schedule of the tests names is there, so that no move makes a long file an ordinary one."""

import pytest

from tests import databases, schedule
from tools.local.paths import ROOT


def test_the_files_that_the_schedule_names_are_there():
    assert [name for name in (*schedule.PAGES, *schedule.JOURNEYS) if not any(ROOT.glob(f"{name}*"))] == []


def test_a_pattern_that_names_no_file_is_refused():
    with pytest.raises(ValueError, match="names no file"):
        databases.fingerprint("Makefile", "portal/nothing/**/*.py")
