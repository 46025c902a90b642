"""The browse page with many rows: indexes fit, and no part of the page reads more than a bounded number of rows.

`SCALE_ROWS=100000 .venv/bin/pytest tests/partnerships/test_initiatives_scale.py -s` repeats it at size and prints times.
"""

import json
import os
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.provinces import PROVINCES
from partnerships.enums import Branch, InitiativeKind, InitiativePhase
from tests.factories.partnerships import PartnershipFactory, ThemeFactory

pytestmark = pytest.mark.usefixtures("by_owner")  # ANALYZE is for who owns the tables

ROWS = int(os.environ.get("SCALE_ROWS", "2000"))
MOST_READ = 40_000  # rows of one scan that stops at a LIMIT; a facet stops at 2,001 that fit
ADDRESSES = [
    "",
    "page=40",
    "sorteer=naam",
    "provincie=ze",
    "soort=experiment&fase=afgerond&branche=opvang&provincie=dr",
    "thema=schaal-3&thema=schaal-5",
    "q=nachtdienst",
    "q=nachtdinst",
    "q=nachtdiensten&soort=project&sorteer=naam",
    "q=zeldzaam",
    "q=zldzaam",
]


def fill(rows):
    """Rows by the database itself: the factory would take minutes."""
    partnership = PartnershipFactory()
    themes = [ThemeFactory(slug=f"schaal-{number}").pk for number in range(12)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO partnerships_initiative (partnership_id, slug, title, kind, state, stop_reason, summary, question,
                aim, approach, lessons, partners_wanted, success_measure, region, provinces, branches, is_published,
                is_example, refreshed_on)
            SELECT %(partnership)s, 'schaal-' || g, (ARRAY['Samen opleiden', 'Nachtdienst met een maatje', 'Leerwerkplaats',
                    'Taal op de werkvloer', 'Zorgtechnologie', 'Van schoonmaak naar zorg', 'Begeleiding'])[1 + g %% 7]
                    || ' ' || g || CASE WHEN g %% 999 = 0 THEN ' zeldzaam' ELSE '' END,
                (%(kinds)s::text[])[1 + (g * 7) %% 6], (%(phases)s::text[])[1 + (g * 5) %% 5], '',
                'Studenten leren in wijk ' || g, '', '', '', '',
                '', '', '',
                CASE WHEN g %% 5 > 0 THEN ARRAY[(%(provinces)s::text[])[1 + (g * 13) %% 12]]
                    ELSE (%(provinces)s::text[])[2:4] END,
                CASE WHEN g %% 3 > 0 THEN ARRAY[(%(branches)s::text[])[1 + (g * 11) %% 9]]
                    ELSE (%(branches)s::text[])[1:2] END,
                g %% 50 > 0, true, date '2020-01-01' + g %% 2000
            FROM generate_series(1, %(rows)s) g
            """,
            {
                "partnership": partnership.pk,
                "kinds": list(InitiativeKind),
                "phases": [phase for phase in InitiativePhase if phase != InitiativePhase.STOPPED],
                "provinces": list(PROVINCES),
                "branches": list(Branch),
                "rows": rows,
            },
        )
        cursor.execute(
            "INSERT INTO partnerships_initiative_themes (initiative_id, theme_id)"
            " SELECT id, (%s::bigint[])[1 + id %% 12] FROM partnerships_initiative",
            [themes],
        )
        cursor.execute("ANALYZE partnerships_initiative")
        cursor.execute("ANALYZE partnerships_initiative_themes")


def scans(plan):
    """Every sequential scan in a plan, with the rows it read."""
    for part in plan.get("Plans", []):
        yield from scans(part)
    if plan["Node Type"] == "Seq Scan":
        read = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield plan["Relation Name"], read * plan["Actual Loops"]


def explained(sql):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"))
        result = cursor.fetchone()[0]
    return (json.loads(result) if isinstance(result, str) else result)[0]["Plan"]


@pytest.mark.django_db
def test_browse_reads_a_bounded_number_of_rows(client):
    fill(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL join_collapse_limit = 8")  # as in production: tests/databases.py
    too_much, without_index = [], []
    for address in ADDRESSES:
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/initiatieven/?{address}")
        print(
            f"{address or 'everything':60} {1000 * (time.perf_counter() - started):6.0f} ms, {len(captured)} queries"
        )
        assert response.status_code == 200
        assert len(captured) <= 8
        for query in captured:
            sql = query["sql"]
            found = list(scans(explained(sql)))
            too_much += [(address, sql[:80], *scan) for scan in found if scan[1] > MOST_READ]
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                used = list(scans(explained(sql)))
                cursor.execute("SET LOCAL enable_seqscan = on")
            without_index += [
                (address, sql[:200], scan) for scan in used if scan[0] == "partnerships_initiative"
            ]
    assert too_much == []
    assert without_index == []
