"""Mails about slots, matches and placements: a module per aggregate."""
