"""Faults that are known and being mended. Each line goes with its fault: `refuse` fails on one that is no longer there."""

SERVICES: frozenset[str] = frozenset(
    {
        "accounts/services/devices.py: forget_ended is not @transaction.atomic",
        "programmes/services/qualifications.py: check_rows is not @transaction.atomic",
        "programmes/services/qualifications.py: check_rows takes arguments by position",
        "programmes/services/qualifications.py: import_rows is not @transaction.atomic",
        "programmes/services/qualifications.py: import_rows takes arguments by position",
        "students/services/plans.py: activate_if_agreed is not @transaction.atomic",
        "students/services/plans.py: activate_if_agreed takes arguments by position",
        "students/services/plans.py: locked is not @transaction.atomic",
        "students/services/plans.py: locked takes arguments by position",
        "students/services/plans.py: locked_goal is not @transaction.atomic",
        "students/services/plans.py: locked_goal takes arguments by position",
    }
)
VIEWS: frozenset[str] = frozenset(
    {
        "programmes/views/cohorts.py: cohort_create tests a role: .held",
        "programmes/views/cohorts.py: cohort_create tests a role: Role.",
        "programmes/views/guards.py: programme_or_404 tests a role: .organisations(",
        "programmes/views/guards.py: school_or_404 tests a role: .organisations(",
        "students/views/workplace.py: employer_students tests a role: .organisations(",
    }
)
PRESENTERS: frozenset[str] = frozenset()
RULES: frozenset[str] = frozenset()
QUERIES: frozenset[str] = frozenset()
IGNORES: frozenset[str] = frozenset(
    {
        "programmes/forms/accreditations.py",
        "programmes/forms/cohorts.py",
        "programmes/forms/programmes.py",
        "programmes/forms/sessions.py",
        "students/presenters/next_steps.py",
        "students/presenters/plans.py",
        "students/reminders.py",
        "students/services/access.py",
    }
)
MAIL: frozenset[str] = frozenset()
LEFTOVERS: frozenset[str] = frozenset()
DOCUMENTS: frozenset[str] = frozenset(
    {
        "students/enums.py: design/guide.md",
        "students/enums.py: product.md",
        "students/models/students.py: product.md",
        "students/services/access.py: style.md",
    }
)
CLASSES: frozenset[str] = frozenset()
