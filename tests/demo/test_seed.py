"""The demo region: complete, invented where it runs, the same after a second loading.

One test for all: loading takes seconds, and each question about it none.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from agreements.enums import AgreementState, Signer, SigningMethod, VersionKind, VersionState
from agreements.models import Agreement, AgreementVersion, Signature, SignatureObjection
from core import changes
from core.models import FieldChange, OutgoingMail
from demo.people import demo_people, rows_of
from partnerships.enums import PartnershipShape
from partnerships.models import Initiative, JoinRequest, Organisation, Partnership
from partnerships.queries.people import without_manager
from placements.models import Slot
from portal import watching
from programmes.models import AccreditationCheck
from tests.agreements.test_signers import assert_same_answer
from tests.browser.sites import loaded_database
from tests.students.standing import counted

REAL = {row["slug"] for row in rows_of("organisations.csv") if row["real"] == "yes"}


def counts() -> dict[str, int]:
    own = (
        "core",
        "accounts",
        "partnerships",
        "meetings",
        "programmes",
        "students",
        "placements",
        "agreements",
        "playbooks",
        "search",
    )
    models = [model for app in own for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._base_manager.count() for model in models}


@pytest.fixture
def _loaded(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The region as `make demo` loads it, on a copy of its own."""
    with loaded_database("seed") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        yield
        connection.close()
        connection.settings_dict["NAME"] = usual


@pytest.mark.usefixtures("_loaded")
def test_demo_region_is_whole_invented_and_loaded_once():
    first = counts()
    call_command("seed_demo")
    assert counts() == first
    assert watching.look(dry_run=True).keys == {}

    written = FieldChange.objects.select_related("by").order_by("at", "pk")
    latest = {(change.model, change.object_id, change.field): change for change in written}
    assert {model for model, _id, _field in latest} == {
        "accounts.person",
        "meetings.improvementproposal",
        "partnerships.socialreturnactivity",
        "placements.placement",
        "playbooks.adoptedpart",
        "placements.slot",
        "placements.supervision",
        "programmes.session",
        "students.evidence",
        "students.student",
        "students.worksituation",  # reported
        "partnerships.location",
        "partnerships.organisation",
    }
    for (model, pk, field), change in latest.items():
        assert changes.stored(apps.get_model(model)._base_manager.get(pk=pk))[field] == change.after
        assert change.at <= timezone.now()
        assert change.by

    assert set(Partnership.objects.values_list("shape", flat=True)) == set(PartnershipShape.values)
    assert Initiative.objects.published().count() == 25
    assert first["students.Student"] == 151
    assert first["placements.Slot"] == 63
    assert not OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).exists()

    # Who must sign, and what waits for whom: the same from the database as from the rows.
    assert assert_same_answer() > 50
    waits = counted()
    assert waits["waits employer"]
    assert waits["waits student"]
    assert waits["back all"]

    # Real organisations are examples without people, places, accreditations or agreements.
    real = Organisation.objects.filter(slug__in=REAL)
    assert real.count() == len(REAL)
    assert not real.exclude(kvk="", brin="", learning_company_id="").exists()
    assert not real.filter(memberships__isnull=False).exists()
    assert not Slot.objects.filter(organisation__in=real).exists()
    assert not AccreditationCheck.objects.filter(organisation__in=real).exists()
    assert not Organisation.objects.filter(is_example=False).exists()

    # Who asked to join and has no answer yet, from either side, and who got a no.
    joining = set(JoinRequest.objects.values_list("kind", "state"))
    assert joining >= {("invited", "open"), ("asked", "open"), ("asked", "declined"), ("invited", "accepted")}
    assert JoinRequest.objects.open().filter(organisation__in=without_manager()).exists()

    # What is active is complete, and nobody can be reached.
    active = AgreementVersion.objects.filter(agreement__state=AgreementState.ACTIVE)
    assert not active.filter(practice_trainer="").exists()

    # Each state of an agreement is there: a change beside what is in force, one that took over, an end that another
    # followed, a scan, a signature that is disputed.
    in_force = Agreement.objects.filter(state=AgreementState.ACTIVE)
    changing = in_force.filter(versions__kind=VersionKind.HOURS, versions__state=VersionState.SIGNING)
    assert changing.filter(versions__signatures__objection=None).exists()
    assert in_force.filter(versions__kind=VersionKind.HOURS, versions__state=VersionState.SIGNED).exists()
    assert Agreement.objects.filter(
        state=AgreementState.ENDED, followers__state=AgreementState.DRAFT
    ).exists()
    assert Signature.objects.filter(method=SigningMethod.PAPER, signer=Signer.EMPLOYER).exists()
    assert SignatureObjection.objects.filter(signature__version__state=VersionState.SIGNING).exists()
    assert not User.objects.exclude(email__endswith=".example").exists()
    assert {person.email for person in demo_people()} <= set(User.objects.values_list("email", flat=True))
