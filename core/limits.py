"""Limits that hold in more than one place: how long a text may be, and how much of a list is read."""

REASON = 500  # why something was done, refused, ended, changed or corrected, in one's own words
# Steps of one kind, for one person: far more than anyone has. Who has more still is told that there are more.
MOST_STEPS = 200
# Rows of a list; beyond that it says "1.000+": counting them all would cost more than the page.
MOST_COUNTED = 1_000
