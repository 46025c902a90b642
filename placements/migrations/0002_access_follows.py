"""Who may see a student's goals follows from placements and supervisions, as they are stored: a view, with no clock in it."""

from django.db import migrations

# Both parts have the same columns of the same types, so that a condition on the view reaches the indexes below it.
VIEW = """
CREATE VIEW students_learneraccess AS
SELECT
    placement.id * 2 AS id,
    placement.enrolment_id,
    placement.organisation_id,
    NULL::bigint AS membership_id,
    (CASE placement.kind WHEN 'exchange' THEN 'exchange' ELSE 'plan' END)::varchar(10) AS scope,
    ARRAY(SELECT goal_id FROM placements_placement_goals WHERE placement_id = placement.id) AS goals,
    placement.confirmed_on AS starts_on,
    placement.ends_on,
    placement.ended_at
FROM placements_placement placement
UNION ALL
SELECT
    supervision.id * 2 + 1,
    placement.enrolment_id,
    placement.organisation_id,
    supervision.membership_id,
    (CASE placement.kind WHEN 'exchange' THEN 'exchange' ELSE 'plan' END)::varchar(10),
    ARRAY(SELECT goal_id FROM placements_placement_goals WHERE placement_id = placement.id),
    GREATEST(supervision.starts_on, placement.starts_on),
    LEAST(supervision.ends_on, membership.ends_on, placement.ends_on),
    COALESCE(supervision.ended_at, membership.ended_at, placement.ended_at)
FROM placements_supervision supervision
JOIN placements_placement placement ON placement.id = supervision.placement_id
JOIN partnerships_membership membership ON membership.id = supervision.membership_id;
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW students_learneraccess;")]
