"""Which students take part in which partnership follows from enrolments, as they are stored: a view, with no clock in it."""

from django.db import migrations

VIEW = """
CREATE VIEW partnerships_studying AS
SELECT
    enrolment.id,
    student.person_id,
    programme.partnership_id,
    programme.school_id AS organisation_id,
    enrolment.starts_on,
    enrolment.ends_on
FROM students_enrolment enrolment
JOIN students_student student ON student.id = enrolment.student_id
JOIN programmes_cohort cohort ON cohort.id = enrolment.cohort_id
JOIN programmes_programme programme ON programme.id = cohort.programme_id
WHERE enrolment.state = 'enrolled' AND programme.partnership_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("students", "0002_immutable")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW partnerships_studying;")]
