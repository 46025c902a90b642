"""`python -m tests.browser.journey.remind`: what the beat's task does at nine this morning, twice, whatever the time is."""

import datetime as dt

import django

if __name__ == "__main__":
    django.setup()
    from django.db import transaction

    from core import reminding
    from core.dates import AMSTERDAM, today
    from core.models import Holiday, OutgoingMail
    from portal.reminders import REMINDERS

    Holiday.objects.filter(day=today()).delete()  # the journey is walked at Christmas too
    nine = dt.datetime.combine(today(), dt.time(9), AMSTERDAM)
    with transaction.atomic():
        print(*(reminding.tick(REMINDERS, nine) for _time in range(2)))
        OutgoingMail.objects.filter(by_day=True).update(by_day=False)  # nor does it wait for the morning
