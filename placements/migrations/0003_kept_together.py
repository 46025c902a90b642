"""What belongs together is of one employer and one student; keys hold that.

A place is at a location of its employer, whose supervisor it names. A placement is of the student of its enrolment, at the
employer of its place, whose people guide.
"""

from django.db import migrations

# A merge of employers or students writes the slot, role or enrolment; what repeats it follows.
KEYS = """
ALTER TABLE students_enrolment ADD CONSTRAINT enrolment_as_placements_name_it UNIQUE (id, student_id);
ALTER TABLE placements_placement ADD CONSTRAINT placement_of_student_of_enrolment
    FOREIGN KEY (enrolment_id, student_id) REFERENCES students_enrolment (id, student_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE placements_slot ADD CONSTRAINT slot_as_placements_name_it UNIQUE (id, organisation_id);
ALTER TABLE placements_placement ADD CONSTRAINT placement_at_employer_of_slot
    FOREIGN KEY (slot_id, organisation_id) REFERENCES placements_slot (id, organisation_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE placements_placement ADD CONSTRAINT placement_as_supervisions_name_it UNIQUE (id, organisation_id);
ALTER TABLE partnerships_membership ADD CONSTRAINT membership_as_supervisions_name_it UNIQUE (id, organisation_id);
ALTER TABLE placements_supervision ADD CONSTRAINT supervision_at_employer_of_placement
    FOREIGN KEY (placement_id, organisation_id) REFERENCES placements_placement (id, organisation_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE placements_supervision ADD CONSTRAINT supervision_by_someone_of_the_employer
    FOREIGN KEY (membership_id, organisation_id) REFERENCES partnerships_membership (id, organisation_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE partnerships_location ADD CONSTRAINT location_as_slots_name_it UNIQUE (id, organisation_id);
ALTER TABLE placements_slot ADD CONSTRAINT slot_at_location_of_employer
    FOREIGN KEY (location_id, organisation_id) REFERENCES partnerships_location (id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE placements_slot ADD CONSTRAINT slot_names_supervisor_of_employer
    FOREIGN KEY (supervisor_id, organisation_id) REFERENCES partnerships_membership (id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_KEYS = """
ALTER TABLE placements_slot DROP CONSTRAINT slot_names_supervisor_of_employer;
ALTER TABLE placements_slot DROP CONSTRAINT slot_at_location_of_employer;
ALTER TABLE partnerships_location DROP CONSTRAINT location_as_slots_name_it;
ALTER TABLE placements_supervision DROP CONSTRAINT supervision_by_someone_of_the_employer;
ALTER TABLE placements_supervision DROP CONSTRAINT supervision_at_employer_of_placement;
ALTER TABLE partnerships_membership DROP CONSTRAINT membership_as_supervisions_name_it;
ALTER TABLE placements_placement DROP CONSTRAINT placement_as_supervisions_name_it;
ALTER TABLE placements_placement DROP CONSTRAINT placement_at_employer_of_slot;
ALTER TABLE placements_slot DROP CONSTRAINT slot_as_placements_name_it;
ALTER TABLE placements_placement DROP CONSTRAINT placement_of_student_of_enrolment;
ALTER TABLE students_enrolment DROP CONSTRAINT enrolment_as_placements_name_it;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0002_access_follows"),
        ("partnerships", "0004_joining"),
        ("students", "0002_immutable"),
    ]
    operations = [migrations.RunSQL(KEYS, UNDO_KEYS)]
