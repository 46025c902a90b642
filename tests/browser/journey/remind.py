"""`python -m tests.browser.journey.remind`: what the beat's task does at nine this morning, whatever the time is."""

import datetime as dt

import django

if __name__ == "__main__":
    django.setup()
    from core.dates import AMSTERDAM, today
    from placements.services import reminders

    print(reminders.tick(reminders.RULES, dt.datetime.combine(today(), dt.time(9), AMSTERDAM)))
