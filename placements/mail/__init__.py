"""Mails about places, matches and agreements: a module per aggregate."""
