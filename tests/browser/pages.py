"""Which pages the browser visits, as whom. Most are found by following links; add a row for what no link leads to."""

import contextlib
from collections.abc import Set

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from demo.people import demo_people
from tests.consistency.test_addresses import access_matrix

ANONYMOUS = "visitor"
PEOPLE = [ANONYMOUS, *(person.key for person in demo_people())]
# Without --cross one person of each kind is enough; these see the pages of another one, in another state.
CROSS_ONLY = {"coordinator-midden", "student-jong", "student-voorstel", "trainer"}

# Further first addresses per person, for pages with something in the path that only a mail or a form leads to.
START: dict[str, list[str]] = {
    ANONYMOUS: [
        "/oproepen/werkgevers-gezocht-leerwerkplaatsen/aanmelden/verzonden/",
        "/draaiboeken/mbo-zorg-innovatie-netwerk-mbo-zin/ook/verzonden/",
    ],
    # Linked when more than one thing waits; in the demo it is one.
    "coordinator": [
        "/coordinatie/zorg-en-welzijnspact-flevoland/taken/",
        "/coordinatie/zorg-en-welzijnspact-flevoland/gegevens/",
        "/coordinatie/",
        # Linked from a public page, which the crawl leaves to the visitor.
        "/draaiboeken/mbo-zorg-innovatie-netwerk-mbo-zin/beginnen/",
    ],
    # Linked until there is a place; tasks where more than one waits.
    "student": ["/student/wensen/", "/student/taken/"],
    "teacher": ["/school/roc-de-delta/taken/"],
    # Linked from the page of a partnership, for whoever takes part in it; and from the public page of an initiative, which
    # the crawl leaves to the visitor.
    "contact": [
        "/werkgever/de-linde/taken/",
        "/samenwerkingen/opleidersplatform-flevoland/behoeften/",
        "/initiatieven/maatje-in-de-nachtdienst/meedoen/",
    ],
    # Linked from the public page of an organisation, which the crawl leaves to the visitor.
    "admin": ["/beheer/organisaties/de-linde/samenvoegen/"],
}

# GET addresses of the access matrices that the crawl cannot reach, each with its reason.
UNREACHED: dict[str, str] = {
    "students:plans-make": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "students:students-invite": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "placements:students-propose": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "placements:matches-accept": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "placements:slots-confirm": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "placements:slots-close": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "agreements:agreements-ask": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "agreements:agreements-sign": "by the buttons under a list, which ask for what was ticked: tests/portal",
    "livez": "for machines",
    "students:enrolment-import-rows": "of a list that was handed in: tests/students",
    "programmes:qualification-import-batch": "of a list that was handed in: the journey",
    "programmes:qualification-import-rows": "of a list that was handed in: tests/programmes",
    "placements:sign-up-places": "of a sign-up that has started, one of many: tests/placements/test_from_sign_ups.py",
    "playbooks:lead-list": "of who publishes a playbook, another coordinator: tests/playbooks",
    "playbooks:lead-detail": "of who publishes a playbook, another coordinator: tests/playbooks",
    "playbooks:offer-decline": "of who publishes a playbook, another coordinator: tests/playbooks",
    "readyz": "for machines",
    "sitemap": "for machines",
    "sitemap-section": "for machines",
    "metrics": "for machines",
    "account_confirm_email": "by a link in a mail: tests/accounts",
    "account_reset_password_from_key": "by a link in a mail: tests/accounts",
    "accounts:invitation": "by a link in a mail: the journey",
    "accounts:own-record-json": "a file, after a fresh password: tests/accounts",
    "accounts:own-record-files": "a file, after a fresh password: tests/accounts",
    "accounts:own-record-pdf": "a file, after a fresh password: tests/accounts",
    "accounts:erasure-ask": "after a fresh password: tests/accounts",
    "agreements:agreement-sign": "after a fresh password: the journey",
    "agreements:agreement-end": "of an agreement past the ones it opens: tests/agreements",
    "agreements:agreement-decline": "from the page of signing, after a fresh password: tests/agreements",
    "agreements:agreement-withdraw": "of the one change that waits, past the agreements it opens: tests/agreements",
    "agreements:agreement-paper": "after a fresh password: tests/agreements",
    "accounts:signing-code": "while one is about to sign: tests/agreements",
    "accounts:personal-link": "by a link in a mail: tests/accounts",
    "agreements:signature-object": "by a link in a mail: tests/agreements",
    "partnerships:cooperation-sign": "after a fresh password: tests/partnerships/test_cooperation.py",
    "meetings:attendance-own": "by a link in a mail: tests/meetings",
    "partnerships:saved-search": "by a link in a mail: tests/partnerships",
    "partnerships:saved-search-end": "leads to the page of a link in a mail: tests/partnerships",
    "partnerships:sign-up-own": "by a link in a mail: the journey",
    "partnerships:support-begin": "after a fresh password: test_support.py",
    "partnerships:support-address": "while a support act runs: test_support.py",
    "partnerships:support-merge": "while two support acts run: tests/partnerships",
    "partnerships:support-close": "while a support act runs: test_support.py",
    "mfa_authenticate": "with a second step pending: tests/accounts",
    "mfa_view_recovery_codes": "after setting up a second step: tests/accounts",
}

# Pages that offer different acts in different states or to different people: one of them does not lead to all.
SAMPLES = {
    "meetings:meeting-detail": 16,
    "meetings:need-detail": 12,
    "meetings:proposal-detail": 12,
    "meetings:action-detail": 8,
    "students:enrolment-import": 8,
    "coordinator-start": 3,
    "agreements:agreement-detail": 40,
    "partnerships:coordination-initiative": 8,
    "partnerships:initiative-inside": 8,
    "partnerships:indicator": 4,
    "partnerships:group-detail": 9,
    "placements:slot-find": 1,
    "cohort-detail": 5,
    "students:session-list": 2,
    "students:session-detail": 3,
    "programmes:session-edit": 3,
    "students:goal-detail": 30,
    "enrolment-detail": 90,
    "students:plan-detail": 16,
    "students:enrolment-situations": 16,
    "partnerships:person-detail": 12,
}


def people(*, cross: bool) -> list[str]:
    return [person for person in PEOPLE if cross or person not in CROSS_ONLY]


def samples_of(name: str, *, cross: bool, public: Set[str]) -> int:
    """How many pages of that url name each person opens; without cross, what is public is left to the visitor."""
    usual = 2 if cross else int(name not in public)
    return SAMPLES.get(name, usual)


def start_of(person: str) -> list[str]:
    first = ["/"] if person == ANONYMOUS else [settings.LOGIN_REDIRECT_URL, "/"]
    return [*first, *START.get(person, [])]


def probes() -> list[str]:
    """Every page without anything in its path; each person tries them all, whether a link leads there or not."""
    found = []
    for (method, name), statuses in access_matrix().items():
        if method == "GET" and 200 in statuses.values() and name not in UNREACHED:
            with contextlib.suppress(NoReverseMatch):
                found.append(reverse(name, urlconf="demo.urls"))
    return found
