"""Fixtures for all tests. docs/conventions/tests.md says what they refuse."""
