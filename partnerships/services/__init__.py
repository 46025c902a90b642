"""Verbs that write more than one row."""
