"""Mails about places, matches and agreements."""
