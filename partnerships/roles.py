"""One named set of roles for each right, so that a right is given or taken in one place.

Rules, querysets and mails name the set; nobody else lists roles.
"""

from accounts.enums import Role
from partnerships.enums import MandateKind

# What a membership of an organisation can be; a student is known by a record of the school instead.
MEMBERSHIP = (
    Role.MANAGER,
    Role.CONTACT,
    Role.PRACTICE_TRAINER,
    Role.SUPERVISOR,
    Role.TEACHER,
    Role.COORDINATOR,
    # Belongs to the organisation and may be seated in a group for it; in no other set, so that it gives no more.
    Role.COLLEAGUE,
)

# Agrees to plans and speaks for an employer in an agreement.
EMPLOYER_PARTY = (Role.CONTACT, Role.PRACTICE_TRAINER)
AT_WORK = (Role.SUPERVISOR, Role.PRACTICE_TRAINER, Role.CONTACT)  # who sees a student work, nearest first
# Works on the slots of an employer.
KEEPS_SLOTS = (Role.MANAGER, *EMPLOYER_PARTY)
# Hears what is written to all members of a partnership.
HEARS_FOR_A_MEMBER = (Role.MANAGER, Role.CONTACT, Role.COORDINATOR)
# Writes down what an organisation owes in social return, and what counts for it.
KEEPS_SOCIAL_RETURN = (Role.MANAGER, Role.CONTACT)
# Reads the figures of an organisation about its own people; a teacher knows the own cohorts.
READS_OWN_FIGURES = KEEPS_SLOTS
# Looks for slots of others; work supervisors guide students and look for none.
LOOKS_FOR_SLOTS = (*KEEPS_SLOTS, Role.TEACHER, Role.COORDINATOR)
# Brings initiatives in, and speaks for an organisation that takes part in one.
BRINGS_INITIATIVES = (*KEEPS_SLOTS, Role.TEACHER, Role.COORDINATOR)
# Works on the programmes of a school.
SCHOOL_STAFF = (Role.TEACHER, Role.MANAGER)
# Without a second step at signing in they do nothing, once the first days are over (`docs/conventions/accounts.md`).
NEEDS_SECOND_STEP = (Role.MANAGER, Role.COORDINATOR)
# Signs practice agreements, when a manager gave that right.
SIGNS_FOR_EMPLOYER = KEEPS_SLOTS
SIGNS_FOR_SCHOOL = SCHOOL_STAFF
# Which roles can carry a mandate: to sign agreements, or to agree to goals of own students.
MANDATED = {MandateKind.SIGN: (*KEEPS_SLOTS, Role.TEACHER), MandateKind.CONSENT: (Role.SUPERVISOR,)}
