"""Acts on many rows as someone presses them: the page of an act, its button, and the one that takes it back."""

import re

from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MandateKind
from tests.factories.partnerships import MandateFactory, MembershipFactory
from tests.factories.programmes import AccreditationFactory, CoreTaskFactory, WorkProcessFactory
from tests.helpers import login
from tests.placements.scene import Scene

BOXES = re.compile(r'name="rij" value="([^"]+)"( checked)?')
READS = re.compile(r'name="read" value="([^"]+)"')


def scene_with_processes():
    """A school and an employer, and a programme of two work processes."""
    scene = Scene()
    task = CoreTaskFactory(qualification=scene.qualification)
    WorkProcessFactory(core_task=task, number=1, title="Ondersteunt bij de maaltijd")
    WorkProcessFactory(core_task=task, number=2, title="Werk voorbereiden")
    return scene


def let_sign(scene):
    """The employer has a practice trainer, and people sign for it and for the school."""
    MembershipFactory(organisation=scene.employer, role=Role.PRACTICE_TRAINER)
    for user in (scene.contact, scene.teacher):
        MandateFactory(membership=user.person.memberships.get(), kind=MandateKind.SIGN)


def accredit(scene):
    AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo)


def many(name, scene, rows, **query):
    page = reverse(name, args=[scene.school.slug])
    return f"{page}?{'&'.join(f'rij={row.public_id}' for row in rows)}"


def sent(response, *, without=(), **fields):
    """What the page of an act sends as it stands, without the boxes of some rows."""
    html = response.content.decode()
    left = {str(row.public_id) for row in without}
    selects = dict(re.findall(r'<select name="([^"]+)".*?<option value="([^"]+)"', html, re.S))
    return {
        "rij": [key for key, ticked in BOXES.findall(html) if ticked and key not in left],
        "read": READS.findall(html),
        **selects,
        **fields,
    }


def press(client, path, **kwargs):
    """Open the page of an act and press its button; gives the page of what came of it."""
    page = client.get(path)
    assert page.status_code == 200, page
    return client.post(path, sent(page, **kwargs), follow=True)


def take_back(client, response):
    """Press the button on the page of what came of it that takes it back."""
    path = response.redirect_chain[-1][0]
    (token,) = re.findall(r'name="ongedaan" value="([^"]+)"', response.content.decode())
    return client.post(path, {"ongedaan": token}, follow=True)


def proposed(teacher, scene, number=3, slots=1):
    for _ in range(slots):
        scene.slot(seats=number)
    rows = [scene.enrolment() for _ in range(number)]
    return rows, press(teacher, many("placements:students-propose", scene, rows))


def say_yes(client, matches):
    """Each student's answer to the own proposal."""
    for match in matches:
        own = login(client, match.enrolment.student.person.user)
        page = own.get(match.get_absolute_url())
        own.post(
            reverse("placements:match-answer", args=[match.public_id]),
            {"answer": "yes", "read": page.context["read"]},
        )
