"""The order in which the parts of the demo region are loaded."""

import datetime as dt

from demo.seed import (
    accreditations,
    clock,
    cohort_requests,
    cohorts,
    contacts,
    documents,
    erasures,
    initiatives,
    later,
    letters,
    lists,
    mails,
    meetings,
    organisations,
    partnerships,
    people,
    playbooks,
    proposals,
    slots,
    social_returns,
    students,
    support,
)
from demo.seed.context import Seed


def load(loaded_on: dt.date) -> None:
    """Load everything; what is there already is left as it is, so that running twice changes nothing."""
    seed = Seed(loaded_on=loaded_on)
    organisations.load(seed)
    organisations.merge_doubles(seed, people.administrator())
    people.load(seed)
    organisations.close_left_location(seed)
    partnerships.load(seed)
    cohorts.load(seed)
    accreditations.load(seed)
    slots.load(seed)
    students.load(seed)
    accreditations.load_later(seed)
    partnerships.load_student_seats(seed)
    people.load_invitations(seed)
    people.load_role_requests(seed)
    initiatives.load_partners(seed)
    initiatives.load_proposals(seed)
    initiatives.load_indicators(seed)
    initiatives.load_plans(seed)
    contacts.load(seed)
    support.load(seed)
    erasures.load(seed)
    lists.load(seed)
    seed.history.save()
    meetings.load(seed)
    cohort_requests.load(seed)
    documents.load(seed)
    proposals.load(seed)
    letters.load(seed)
    social_returns.load(seed)
    playbooks.load(seed)
    later.load(seed)
    mails.load(seed)
    clock.load(seed)
