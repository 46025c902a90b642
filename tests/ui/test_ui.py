"""The component tags: what each state prints."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from ui.charts import Gauge
from ui.components import AgendaItem, Figure, LineBlock, LineGroup, SignParty, SummaryRow
from ui.maps import map_cells
from ui.next_steps import FirstStep, NextStep
from ui.pages import Page, PageLink


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_icon_is_hidden_from_screen_readers():
    assert render('{% icon "check" %}') == (
        '<svg class="ico" aria-hidden="true" focusable="false"><use href="/static/img/sprite.svg#check"/></svg>'
    )


@pytest.mark.parametrize("kind", ["done", "busy", "wait", "back", "todo"])
def test_status_has_word_glyph_and_class(kind):
    html = render("{% status kind text %}", kind=kind, text="Bezig & meer")
    assert f"status--{kind}" in html
    assert "sprite.svg#" in html
    assert "Bezig &amp; meer" in html


def test_tag_escapes_and_links():
    assert render("{% tag text %}", text="<b>") == '<span class="tag">&lt;b&gt;</span>'
    assert 'href="/x"' in render('{% tag "VVT" url="/x" kind="branch" %}')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% button "Opslaan" %}', '<button class="btn" type="submit">Opslaan</button>'),
        (
            '{% button "Naar plan" href="/plan/" variant="ink" %}',
            '<a class="btn btn--ink" href="/plan/">Naar plan</a>',
        ),
        (
            '{% button "Kies" name="answer" value="yes" size="small" %}',
            '<button class="btn btn--small" type="submit" name="answer" value="yes">Kies</button>',
        ),
    ],
)
def test_button_forms(source, expected):
    assertHTMLEqual(render(source), expected)


def test_button_that_may_not_be_used_gives_the_reason_and_does_nothing():
    html = render('{% button "Teken" href="/x" why_not="Wacht op de school." %}')
    assert 'aria-disabled="true"' in html
    assert "Wacht op de school." in html
    assert "href" not in html


@pytest.mark.parametrize("variant", ["", "ink", "narcis", "second"])
def test_button_that_may_not_be_used_is_not_the_main_one(variant):
    html = render(f'{{% button "Teken" variant="{variant}" why_not="Wacht op de school." %}}')
    assert 'class="btn btn--second"' in html


def test_notice_speaks_only_when_live():
    assert 'role="status"' in render('{% notice tone="ok" live=True %}<p>Bewaard</p>{% endnotice %}')
    assert "role=" not in render("{% notice %}<p>Let op</p>{% endnotice %}")


def test_panel_is_named_by_its_heading():
    html = render('{% panel title="Komende data" ident="data" %}x{% endpanel %}')
    assert 'aria-labelledby="data"' in html
    assert '<h2 id="data">Komende data</h2>' in html


def test_fold_opens_only_when_told():
    assert " open" not in render('{% fold title="Filters" %}x{% endfold %}')
    assert "<details" in render('{% fold title="Filters" is_open=True phone_only=True %}x{% endfold %}')


def test_remark_escapes_what_people_wrote():
    html = render(
        '{% remark party="school" author=name %}{{ text }}{% endremark %}', name="J. Vink", text="<i>Goed</i>"
    )
    assert "remark--school" in html
    assert "&lt;i&gt;Goed&lt;/i&gt;" in html


def test_empty_offers_one_act():
    assert 'href="/nieuw/"' in render(
        '{% empty act="Maak een plek" url="/nieuw/" %}Nog geen plekken.{% endempty %}'
    )
    assert "<a" not in render("{% empty %}Nog geen plekken.{% endempty %}")


PARTIES = [
    SignParty("student", "ok", "Samira Bouzid", dt.date(2026, 11, 2)),
    SignParty("employer", "wait"),
    SignParty("school"),
]


def test_sign_strip_shows_words_beside_shapes():
    html = render("{% sign_strip parties %}", parties=PARTIES)
    assert [word for word in ("Akkoord", "Gevraagd", "Nog niet") if word in html] == [
        "Akkoord",
        "Gevraagd",
        "Nog niet",
    ]
    assert "is-whole" not in html
    assert "Samira" not in html


def test_sign_strip_of_what_nobody_signs_is_a_dash():
    assert render('{% sign_strip parties size="mini" %}', parties=[]).strip() == "–"


def test_large_sign_strip_has_names_and_days():
    html = render('{% sign_strip parties size="l" %}', parties=PARTIES)
    assert "Samira Bouzid" in html
    assert "2 november" in html


def test_sign_strip_is_whole_when_all_agree():
    parties = [SignParty(party, "ok") for party in ("student", "employer", "school", "representative")]
    html = render('{% sign_strip parties kind="signature" %}', parties=parties)
    assert "sign sign--4 is-whole" in html
    assert html.count("Getekend") == 4


GROUPS = [
    LineGroup("B1-K1-W2", [LineBlock("done", "Ochtendzorg", "#a"), LineBlock("busy", "Rapporteren", "#b")]),
    LineGroup("B1-K2-W1", [LineBlock("back", "Injecteren", "#c"), LineBlock("todo", "Feedback", "#d")]),
]


def test_progress_line_names_each_goal_with_its_state():
    html = render("{% progress_line groups %}", groups=GROUPS)
    assert 'aria-label="Ochtendzorg: Behaald"' in html
    assert 'aria-label="Injecteren: Aanpassing gevraagd"' in html
    assert html.count("<a ") == 4


def test_mini_progress_line_is_one_sentence():
    html = render("{% progress_line groups mini=True %}", groups=GROUPS)
    assert "1 van 4 doelen behaald" in html
    assert "<a" not in html


def test_next_step_shows_the_act_and_how_many_wait():
    step = NextStep("Vul je reflectie aan", "", "/doelen/1/", "Reflectie aanvullen")
    item = FirstStep(step, more=4, more_url="/taken/")
    html = render("{% next_step item %}", item=item)
    assert 'href="/doelen/1/"' in html
    assert "Jij bent aan de beurt" in html
    assert "Nog 4 taken" in html


def test_no_next_step_is_a_quiet_sentence():
    html = render("{% next_step item next_up=text %}", item=None, text="voortgangsgesprek")
    assert "Je hoeft nu niets te doen. Volgende: voortgangsgesprek" in " ".join(html.split())


def test_agenda_prints_day_and_month():
    html = render(
        "{% agenda items %}", items=[AgendaItem(dt.date(2026, 11, 26), "Gesprek", ["14.00 uur, Molenhof"])]
    )
    assertInHTML('<time datetime="2026-11-26"><span>do</span><b>26</b><span>nov</span></time>', html)


def test_empty_agenda_says_so():
    assert "Geen afspraken gepland." in render("{% agenda items %}", items=[])


def test_version_diff_marks_words_not_lines():
    html = render(
        "{% version_diff old new %}", old="Ik meet de bloedsuiker", new="Ik meet zelf de bloedsuiker"
    )
    assert "<del>" not in html
    assert "<ins>zelf </ins>" in html


def test_pager_prints_gap_and_links():
    page = Page(
        [],
        5,
        1000,
        True,
        [PageLink(1, "?"), PageLink(0), PageLink(5), PageLink(6, "?page=6")],
        "?p=4",
        "?p=6",
    )
    html = render("{% pager page %}", page=page)
    assertInHTML('<a aria-current="page" aria-label="Pagina 5, deze pagina" href="#content">5</a>', html)
    assert 'href="?page=6"' in html
    assert "…" in html


def test_pager_of_one_page_is_nothing():
    page = Page([], 1, 3, False, [PageLink(1)], "", "")
    assert render("{% pager page %}", page=page).strip() == ""


def test_steps_mark_where_you_are():
    html = render("{% steps labels 2 %}", labels=["Plek", "Begeleiding", "Controleren"])
    assertInHTML('<li aria-current="step">2. Begeleiding</li>', html)
    assert html.count("is-done") == 1


def test_crumbs_end_in_this_page():
    html = render('{% crumbs "Home" "/" "Initiatieven" %}')
    assert '<a href="/">Home</a>' in html
    assert '<li aria-current="page">Initiatieven</li>' in html


def test_summary_tells_what_is_not_filled_in():
    html = render("{% summary rows %}", rows=[SummaryRow("Plekken", 4, "/wijzig/"), SummaryRow("Uitleg", "")])
    assert "Niet ingevuld" in html
    assert 'href="/wijzig/"' in html


def test_figures_use_dutch_numbers_and_words_for_few():
    html = render(
        "{% figures items %}", items=[Figure("Plekken", 1250), Figure("Uitval", "minder dan 5", few=True)]
    )
    assert "<dd>1.250</dd>" in html
    assert '<dd class="figures__few">minder dan 5</dd>' in html


def test_gauge_has_its_figures_in_words():
    html = render("{% gauge gauge %}", gauge=Gauge(target=100, firm=48, conditional=12))
    assert "48 van de 100 zeker" in html
    assert "nog 40 open" in html
    assert '<rect class="g1" x="0" width="480" height="36"/>' in html


def test_map_links_each_province_that_has_something_with_its_count():
    html = render(
        '{% province_map cells label="Kies" counted="initiatieven" %}',
        cells=map_cells({"OV": 6, "li": 2}, "?provincie={code}"),
    )
    assert html.count("<a ") == 2  # where nothing is, there is nothing to see
    assert html.count('class="m0"') == 10
    assert '<a href="?provincie=ov" aria-label="Overijssel: 6 initiatieven">' in html
    assert 'class="m3"' in html


def test_mini_map_ignores_unknown_codes():
    html = render("{% mini_map codes %}", codes=["ov", "javascript"])
    assert html.count("is-on") == 1


def test_dates_and_numbers_in_both_languages(settings):
    source = "{{ d|day }} {{ t|clock }} {{ n|number }}"
    context = {"d": dt.date(2026, 11, 26), "t": dt.time(14, 0), "n": 1250.5}
    assert render(source, **context) == "26 november 2026 14.00 uur 1.250,5"
    english = Template("{% load ui i18n %}{% language 'en' %}" + source + "{% endlanguage %}").render(
        Context(context)
    )
    assert english == "26 November 2026 14:00 1,250.5"


def test_every_component_explains_itself():
    from pathlib import Path  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    for path in (Path(settings.ROOT) / "templates/components").glob("*.html"):
        assert path.read_text(encoding="utf-8").startswith("{% comment %}"), path.name


def test_form_component_carries_the_token():
    from ui.forms import PortalForm  # noqa: PLC0415

    request = RequestFactory().get("/")
    html = Template("{% load ui %}{% portal_form form submit='Opslaan' %}").render(
        Context({"form": PortalForm(), "csrf_token": "abc", "request": request})
    )
    assert 'value="abc"' in html


def test_fact_is_escaped_and_keeps_lines_that_someone_typed():
    html = render("{% fact 'Uitleg' text pre=True %}", text="<b>\nMeer")
    assertInHTML("<dt>Uitleg</dt>", html)
    assert '<dd class="pre">&lt;b&gt;\nMeer</dd>' in html
    assertInHTML('<dt class="small muted">Plekken</dt>', render("{% fact 'Plekken' 0 small=True %}"))


def test_what_is_stored_in_dutch_says_so_in_english():
    source = "{% load ui %}<p{% in_dutch %}>Tillen</p>"
    assert render(source) == "<p>Tillen</p>"
    with override("en"):
        assert render(source) == '<p lang="nl">Tillen</p>'
        assert 'lang="nl"' in render('{% fact "Work" "Tillen" pre=True %}')
        assert "lang=" not in render('{% fact "Work" "Lifting" %}')
