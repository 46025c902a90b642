"""How long a text may be that is asked for in more than one place: one fact has one limit, wherever it is typed or kept."""

REASON = 500  # why something was done, refused, ended, changed or corrected, in one's own words
