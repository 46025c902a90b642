"""The entry of a meeting for people's own agendas (RFC 5545), as mails bring it (RFC 5546): asked, changed, called off."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import Person
from core.links import absolute_url
from meetings.models import Meeting

Method = Literal["REQUEST", "CANCEL"]


def entry(meeting: Meeting, reader: Person, *, method: Method, by: Person) -> str:
    """The entry for one reader. The answer is given on the page of the meeting, so none is asked back by the agenda."""
    calendar = Calendar()
    calendar.add("prodid", "-//Leerpact//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, reader, method=method, by=by))
    text: str = calendar.to_ical().decode()
    return text.replace("\r\n", "\n")


def _event(meeting: Meeting, reader: Person, *, method: Method, by: Person) -> Event:
    event = Event()
    event.add("uid", f"{meeting.public_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("summary", f"{meeting.title} ({meeting.table})")
    event.add("location", meeting.place or meeting.link)
    event.add("description", absolute_url(meeting.get_absolute_url()))
    organizer = vCalAddress(f"mailto:{_sender()}")
    organizer.params["CN"] = vText(by.full_name)
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{reader.address}")
    attendee.params["CN"] = vText(reader.full_name)
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    return event


def _sender() -> str:
    """The bare address that mails come from, out of "Leerpact <…>"."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
