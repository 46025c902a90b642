"""The one journey that must always work, as steps per role; tests/browser/test_journey.py walks it."""
