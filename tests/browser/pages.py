"""Which pages the browser visits, as whom. Most are found by following links; add a row for what no link leads to."""

from portal.demo.people import demo_people

ANONYMOUS = "visitor"
PEOPLE = [ANONYMOUS, *(person.key for person in demo_people())]

# Further first addresses per person: pages behind a form or a mail.
START: dict[str, list[str]] = {
    ANONYMOUS: ["/", "/account/login/", "/account/password/reset/", "/stijlgids/"],
}

# GET addresses of the access matrices that no crawl can reach, each with its reason.
UNREACHED: dict[str, str] = {
    "livez": "for machines",
    "readyz": "for machines",
}


def start_of(person: str) -> list[str]:
    return START.get(person, ["/"])
