"""Drills: the portal's services against plain models of what they ought to do, over random sequences (docs/drills.md)."""
