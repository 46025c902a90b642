"""The short form of each kind of change: what it asks, what it refuses, and what it puts to signature."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.conf import settings

from agreements.enums import VersionKind, VersionState
from agreements.forms.amendments import SLUGS
from agreements.models import Agreement
from agreements.services import agreements
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from tests.agreements.cases import agreement_case, url, words
from tests.factories.partnerships import LocationFactory, MembershipFactory
from tests.helpers import edit, login

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def in_force():
    case = agreement_case(week=[480, 480, 480, 0, 0, 0, 0])
    agreed = case.pending
    case.change(ends_on=agreed.ends_on - 30 * DAY)  # room to move the end within the enrolment
    case.ask()
    case.sign_all()
    return case


@pytest.fixture(scope="module")
def case_in_force(once):
    return once(in_force)


@pytest.fixture
def case(case_in_force, db):
    return deepcopy(case_in_force)


def data_of(case, kind, **changes):
    agreed = case.agreed
    known = {
        "version": agreed.pk,
        "effective_from": (today() + 14 * DAY).isoformat(),
        "reason": "Het past zo beter.",
        "hours_reason": "Deeltijd.",
    }
    own = {
        "period": {
            "ends_on": (agreed.ends_on + 20 * DAY).isoformat(),
            "starts_on": agreed.starts_on.isoformat(),
        },
        "hours": {"week": ["8", "8", "4", "", "7,5"]},
        "trainer": {
            "trainer": MembershipFactory(organisation=case.employer, role="practice_trainer").pk,
            "contact": agreed.contact_id,
            "guidance": agreed.guidance,
        },
        "location": {"location": LocationFactory(organisation=case.employer).pk},
        "break": {
            "pause_from": (today() + 20 * DAY).isoformat(),
            "pause_until": (today() + 60 * DAY).isoformat(),
            "ends_on": agreed.ends_on.isoformat(),
        },
        "early_end": {"ends_on": (today() + 40 * DAY).isoformat()},
        "content": {"content": agreed.content, "assessment": "Anders.", "ending": agreed.ending},
        "correction": {
            "starts_on": agreed.starts_on.isoformat(),
            "ends_on": agreed.ends_on.isoformat(),
            "trainer": agreed.trainer_id,
            "contact": agreed.contact_id,
            "guidance": "Zonder de fout.",
            "content": agreed.content,
            "assessment": agreed.assessment,
            "ending": agreed.ending,
            **{f"hours_{year}": hours for year, hours in agreed.years},
        },
    }[kind]
    return known | own | changes


def address(case, kind):
    slug = next(slug for slug, known in SLUGS.items() if known == kind)
    return url("agreement-amend", case, slug)


KINDS = list(SLUGS.values())


@pytest.mark.parametrize("who", ["teacher", "contact"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_its_form_and_asks_the_signatures(client, case, kind, who):
    login(client, getattr(case, who))
    assert client.get(address(case, kind)).status_code == 200
    response = client.post(address(case, kind), data_of(case, kind))
    assert response.status_code == 302, response.context["form"].errors
    pending = case.pending
    assert (pending.kind, pending.state) == (kind, VersionState.SIGNING)
    assert case.now.in_force(case.agreed.starts_on) == case.agreed
    assert pending.changed_since(case.agreed)


def test_hours_change_counts_the_study_year_anew_from_its_day(client, case):
    login(client, case.contact).post(address(case, "hours"), data_of(case, "hours"))
    pending, agreed = case.pending, case.agreed
    assert pending.week == [480, 480, 240, 0, 450, 0, 0]
    assert pending.minutes_per_week == 27.5 * 60
    assert agreed.total_hours < pending.total_hours < agreed.total_hours * 27.5 / 24


def test_varying_days_take_the_hours_a_week_alone(client, case):
    sent = data_of(case, "hours", hours_per_week="28", week=[])
    login(client, case.contact).post(address(case, "hours"), sent)
    assert (case.pending.week, case.pending.minutes_per_week) == ([], 28 * 60)


def test_two_weeks_in_turn_are_agreed_by_their_mean_and_read_apart(client, case):
    sent = data_of(case, "hours", week=["8", "8", "8", *[""] * 4, "", "", "", "4,5", *[""] * 3])
    login(client, case.contact).post(address(case, "hours"), sent)
    assert case.pending.week == [480, 480, 480, 0, 0, 0, 0, 0, 0, 0, 270, 0, 0, 0]
    assert case.pending.minutes_per_week == (24 + 4.5) / 2 * 60
    page = words(client.get(case.agreement.get_absolute_url()))
    assert "oneven weken: maandag, dinsdag en woensdag elk 8 uur; even weken: donderdag 4,5 uur" in page
    assert page.count("Oneven weken") == 2 - 1 + page.count('aria-label="Oneven weken"')
    again = words(client.get(address(case, "hours")))
    assert 'value="4,5"' in again
    assert '<details class="fold" open>' in again


def test_days_filled_in_take_over_from_the_hours_a_week_that_were_there(client):
    case = agreement_case(hours_per_week=24)
    case.ask()
    case.sign_all()
    sent = data_of(case, "hours", hours_per_week="24")
    login(client, case.contact).post(address(case, "hours"), sent)
    assert case.pending.minutes_per_week == 27.5 * 60


def test_break_leaves_its_days_out_of_the_hours(client, case):
    login(client, case.teacher).post(address(case, "break"), data_of(case, "break"))
    assert case.pending.pauses == [(today() + 20 * DAY, today() + 60 * DAY)]
    assert case.pending.total_hours < case.agreed.total_hours


def test_early_end_counts_the_hours_until_its_day(client, case):
    login(client, case.teacher).post(address(case, "early_end"), data_of(case, "early_end"))
    assert case.pending.ends_on == today() + 40 * DAY
    assert case.pending.total_hours < case.agreed.total_hours


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("period", {"ends_on": "2090-01-01"}, "ends_on"),
        ("period", {"ends_on": (today() - DAY).isoformat()}, "ends_on"),
        ("period", {"reason": ""}, "reason"),
        ("period", {"effective_from": (today() - DAY).isoformat()}, "effective_from"),
        ("hours", {"week": ["25"]}, "week"),
        ("hours", {"week": ["", "veel"]}, "week"),
        ("hours", {"week": [""] * 14}, "week"),
        ("hours", {"hours_per_week": "12"}, "hours_per_week"),
        ("trainer", {"trainer": ""}, "trainer"),
        ("trainer", {"contact": "0"}, "contact"),
        ("location", {"location": "0"}, "location"),
        ("break", {"pause_until": (today() + 10 * DAY).isoformat()}, "pause_until"),
        ("break", {"pause_until": "2090-01-01"}, "pause_until"),
        ("early_end", {"ends_on": (today() - DAY).isoformat()}, "ends_on"),
        ("early_end", {"ends_on": "2090-01-01"}, "ends_on"),
        ("early_end", {"ends_on": ""}, "ends_on"),
        ("content", {"assessment": "x" * 2001}, "assessment"),
        ("correction", {"reason": ""}, "reason"),
    ],
)
def test_wrong_values_are_refused_kindly_and_kept(client, case, kind, changes, field):
    login(client, case.teacher)
    response = client.post(address(case, kind), data_of(case, kind, **changes))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "Het past zo beter." in words(response) or "reason" in changes
    assert case.now.pending is None


@pytest.mark.parametrize(
    ("typed", "nl", "en"),
    [
        (
            "acht",
            "“acht” is geen aantal uren. Schrijf 7:30 of 7,5.",
            "“acht” is not a number of hours. Write 7:30 or 7.5.",
        ),
        ("7,505", "“7,505” kan 7,505 of 7505 zijn.", "or less."),
        ("123456,75", "of minder in.", "or less."),
        ("-1", "Vul 0 of meer in.", "Fill in 0 or more."),
    ],
)
@pytest.mark.parametrize("field", ["week", "hours_per_week"])
def test_hours_that_are_none_are_answered_in_our_own_words(client, case, field, typed, nl, en):
    login(client, case.teacher)
    for language, said in (("nl", nl), ("en", en)):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        response = client.post(address(case, "hours"), data_of(case, "hours", **{field: typed}))
        assert response.context["form"].errors[field]
        assert said in words(response)


def test_fewer_hours_than_the_norm_ask_for_a_reason(client, case):
    login(client, case.teacher)
    sent = data_of(case, "hours", week=["1"], hours_reason="")
    assert "hours_reason" in client.post(address(case, "hours"), sent).context["form"].errors


def test_same_change_sent_twice_is_made_once_and_says_so(client, case):
    login(client, case.teacher)
    sent = data_of(case, "location")
    OutgoingMail.objects.all().delete()
    for _turn in range(2):
        page = words(client.post(address(case, "location"), sent, follow=True))
        assert "De handtekeningen zijn gevraagd." in page
    assert OutgoingMail.objects.filter(kind="signer_agreement_asked", person__user=case.student).count() == 1


def test_other_change_while_one_waits_keeps_what_was_typed(client, case):
    case.amend("location", location=LocationFactory(organisation=case.employer))
    login(client, case.contact)
    response = client.post(address(case, "content"), data_of(case, "content"))
    assert "Er wacht al een wijziging" in words(response)
    assert "Het past zo beter." in words(response)


def test_change_of_a_text_that_was_changed_meanwhile_says_so(client, case):
    sent = data_of(case, "content")
    case.amend("location", location=LocationFactory(organisation=case.employer))
    case.sign_all()
    response = login(client, case.teacher).post(address(case, "content"), sent)
    assert "De overeenkomst is veranderd" in words(response)


def test_draft_is_saved_asks_nobody_and_can_be_adjusted(client, case):
    OutgoingMail.objects.all().delete()
    login(client, case.contact).post(address(case, "content"), data_of(case, "content", draft="1"))
    assert (case.pending.state, OutgoingMail.objects.count()) == (VersionState.DRAFT, 0)
    page = client.get(address(case, "content"))
    assert page.context["form"].initial["assessment"] == "Anders."
    newer = data_of(case, "content", assessment="Nog anders.")
    assert edit(client, address(case, "content"), newer).status_code == 302
    assert (case.pending.assessment, case.pending.state) == ("Nog anders.", VersionState.SIGNING)


def test_change_page_of_a_pending_change_leads_to_its_own_form(client, case):
    case.amend()
    response = login(client, case.teacher).get(url("agreement-change", case))
    assert response["Location"] == address(case, VersionKind.CONTENT)


def test_withdrawn_twice_says_what_it_did(client, case):
    change = case.amend()
    login(client, case.contact)
    for _turn in range(2):
        page = words(client.post(url("agreement-withdraw", case), {"version": change.pk}, follow=True))
        assert "De wijziging is ingetrokken" in page
    assert case.now.pending is None


def test_page_before_a_change_is_withdrawn_says_whose_signatures_go(client, case):
    change = case.amend()
    login(client, case.contact)
    assert "tellen niet meer" not in words(client.get(url("agreement-withdraw", case)))
    case.sign("student", case.student)
    page = words(client.get(url("agreement-withdraw", case)))
    assert f"Al getekend door {case.now.pending.signatures.get().name}" in page
    client.post(url("agreement-withdraw", case), {"version": change.pk, "reason": "Het hoeft niet meer."})
    assert case.now.pending is None
    mails = OutgoingMail.objects.filter(kind="party_change_withdrawn")
    assert mails
    assert all("Het hoeft niet meer." in mail.body for mail in mails)


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999", "0"])
def test_withdraw_of_what_was_not_on_the_page_withdraws_nothing(client, case, version):
    case.amend()
    login(client, case.contact).post(url("agreement-withdraw", case), {"version": version})
    assert case.now.pending is not None


def test_unknown_kind_is_404(client, case):
    login(client, case.teacher)
    assert client.get(url("agreement-amend", case, "iets")).status_code == 404


# Ending without signatures, and what follows


def end_data(**changes):
    return {
        "last_day": (today() + 9 * DAY).isoformat(),
        "reason": "De locatie sluit.",
        "then": "placement",
    } | changes


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"last_day": "2090-01-01"}, {"last_day": "x"}, {"then": ""}, {"then": "x"}]
)
def test_end_with_wrong_values_ends_nothing(client, case, changes):
    login(client, case.teacher)
    assert client.post(url("agreement-end", case), end_data(**changes)).status_code == 200
    case.agreement.refresh_from_db()
    assert case.agreement.state == "active"


def test_end_twice_says_what_it_did_and_can_be_taken_back(client, case):
    login(client, case.teacher)
    read = Agreement.objects.get().edition
    for _turn in range(2):
        page = words(client.post(url("agreement-end", case), end_data(read=read), follow=True))
        assert "De overeenkomst eindigt." in page
    assert "Beëindigen terugdraaien" in page
    read = Agreement.objects.get().edition
    for _turn in range(2):
        page = words(client.post(url("agreement-end-undo", case), {"read": read}, follow=True))
        assert "Het beëindigen is teruggedraaid." in page
    case.agreement.refresh_from_db()
    assert case.agreement.state == "active"


def test_next_agreement_is_begun_from_the_page_once(client, case):
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=today() + 9 * DAY,
        then="next",
        reason="Andere afdeling.",
        by=actor_of(case.teacher),
        read=None,
    )
    following = case.agreement.followers.get()
    login(client, case.teacher)
    read = Agreement.objects.get(pk=case.agreement.pk).edition
    for _turn in range(2):
        response = client.post(url("agreement-follow-up", case), {"read": read})
        assert response["Location"] == following.get_absolute_url()
    assert case.placement.agreements.count() == 2
