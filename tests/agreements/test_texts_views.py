"""The pages on which a text is written, and put to signature as it was read."""

import pytest

from tests.agreements.cases import url, words
from tests.helpers import edit, login, made_from

pytestmark = pytest.mark.django_db


def form_data(case, **changes):
    version = case.pending
    data = {
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat(),
        "hours_reason": version.hours_reason,
        "trainer": version.trainer_id,
        "contact": version.contact_id,
        "guidance": version.guidance,
        "content": version.content,
        "assessment": version.assessment,
        "ending": version.ending,
        **{f"hours_{year}": hours for year, hours in version.years},
    }
    return data | changes


@pytest.mark.parametrize("who", ["contact", "student"])
def test_first_text_is_the_schools_to_write(client, case, who):
    login(client, getattr(case, who))
    assert client.get(url("agreement-change", case)).status_code == 403
    assert client.post(url("agreement-ask", case), ask_data(case)).status_code == 403


def test_change_saves_the_draft(client, case):
    login(client, case.teacher)
    response = edit(client, url("agreement-change", case), form_data(case, guidance="Anders."))
    assert response.status_code == 302
    assert (case.pending.number, case.pending.guidance) == (1, "Anders.")


def test_change_form_unchanged_saves_nothing(client, case):
    before = case.pending.digest
    login(client, case.teacher)
    page = words(edit(client, url("agreement-change", case), form_data(case), follow=True))
    assert "Er is niets gewijzigd" in page
    assert case.pending.digest == before


def test_change_with_the_same_old_page_twice_keeps_the_first(client, case):
    login(client, case.teacher)
    data = form_data(case, guidance="Eerste.")
    data |= made_from(client, url("agreement-change", case))
    client.post(url("agreement-change", case), data)
    again = client.post(url("agreement-change", case), data | {"guidance": "Tweede."})
    assert again.status_code == 200
    assert "<del>Eerste</del>" in words(again)
    assert "Tweede." in words(again)  # nothing typed is lost
    assert case.pending.guidance == "Eerste."


def test_fewer_hours_than_the_norm_ask_for_a_reason(client, case):
    login(client, case.teacher)
    year = case.pending.years[0][0]
    few = form_data(case, **{f"hours_{year}": 1})
    refused = edit(client, url("agreement-change", case), few)
    assert "minder uren dan de norm" in words(refused)
    edit(client, url("agreement-change", case), few | {"hours_reason": "Vrijstelling."})
    assert case.pending.hours_reason == "Vrijstelling."


def test_longer_period_asks_for_the_hours_of_the_new_year(client, case):
    login(client, case.teacher)
    later = case.pending.ends_on.replace(year=case.pending.ends_on.year + 1)
    case.placement.enrolment.ends_on = later
    case.placement.enrolment.save()
    response = edit(client, url("agreement-change", case), form_data(case, ends_on=later.isoformat()))
    assert response.status_code == 200
    assert len(response.context["hour_fields"]) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_on": ""},
        {"starts_on": "31-02-2026"},
        {"ends_on": "2020-01-01"},
        {"ends_on": "9999-12-31"},
        {"starts_on": "0001-01-01", "ends_on": "9999-12-31"},
        {"trainer": ""},
        {"trainer": "0"},
        {"guidance": "x" * 2001},
        {"content": ""},
        {"guidance": "Zijn bsn is 111222333"},
        {"guidance": "Anders.", "made_from": "x" * 65},
        {"hours": "hostile"},
    ],
)
def test_change_refuses_wrong_values_kindly(client, case, changes):
    login(client, case.teacher)
    if "hours" in changes:
        year = case.pending.years[0][0]
        for value in ("", "-1", "abc", "1e9", "99999", "<script>"):
            response = edit(
                client, url("agreement-change", case), form_data(case, **{f"hours_{year}": value})
            )
            assert response.status_code == 200
    else:
        response = edit(client, url("agreement-change", case), form_data(case, **changes))
        assert response.status_code == 200
        assert 'class="errsum' in words(response) or "errsum" in words(response)
    assert case.pending.guidance != "x" * 2001


def ask_data(case):
    return {"digest": case.pending.digest}


def test_signatures_are_asked_from_a_page_with_the_whole_text(client, case):
    login(client, case.teacher)
    asking = url("agreement-ask", case)
    assert asking in client.get(case.agreement.get_absolute_url()).content.decode()
    page = words(client.get(asking))
    assert "Op de werkplek werkt de student aan deze kerntaken" in page
    assert case.contact.person.full_name in page
    assert f'name="digest" value="{case.pending.digest}"' in page
    assert case.pending.state == "draft"


def test_ask_twice_says_that_it_is_asked(client, case):
    login(client, case.teacher)
    data = ask_data(case)
    for _turn in range(2):
        page = words(client.post(url("agreement-ask", case), data, follow=True))
        assert "De handtekeningen zijn gevraagd." in page
    assert case.pending.state == "signing"


def test_ask_of_a_text_that_changed_meanwhile_asks_nothing(client, case):
    login(client, case.teacher)
    data = ask_data(case)
    case.change(guidance="Van een collega.")
    assert "De overeenkomst is veranderd" in words(client.post(url("agreement-ask", case), data, follow=True))
    client.post(url("agreement-ask", case))
    assert case.pending.state == "draft"
