"""Faults that are known and being mended. Each line goes with its fault: `refuse` fails on one that is no longer there."""

SERVICES: frozenset[str] = frozenset(
    {
        "accounts/services/devices.py: forget_ended is not @transaction.atomic",
        "agreements/services/agreements.py: complete_due is not @transaction.atomic",
        "agreements/services/agreements.py: complete_due takes arguments by position",
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
        "agreements/views/agreements.py: _list tests a role: .organisations(",
        "portal/views/schools.py: school_start tests a role: Role.",
        "portal/views/schools.py: school_start tests a role: has_role(",
        "portal/views/start.py: own_organisation tests a role: .held",
        "programmes/views/cohorts.py: cohort_create tests a role: .held",
        "programmes/views/cohorts.py: cohort_create tests a role: Role.",
        "programmes/views/guards.py: programme_or_404 tests a role: .organisations(",
        "programmes/views/guards.py: school_or_404 tests a role: .organisations(",
        "programmes/views/sessions.py: session_edit takes any Session",
        "students/views/plan_editor.py: _changed opens a transaction",
        "students/views/plan_editor.py: _propose opens a transaction",
        "students/views/plan_editor.py: _saved opens a transaction",
        "students/views/sessions.py: session_detail takes any Session",
        "students/views/situations.py: situation_plan opens a transaction",
        "students/views/workplace.py: employer_students tests a role: .organisations(",
        "students/views/workplace.py: employer_students tests a role: Role.",
        "students/views/workplace.py: employer_students tests a role: has_role(",
        "students/views/workplace.py: supervisor_start tests a role: Role.",
    }
)
PRESENTERS: frozenset[str] = frozenset()
RULES: frozenset[str] = frozenset()
QUERIES: frozenset[str] = frozenset()
IGNORES: frozenset[str] = frozenset(
    {
        "agreements/forms.py",
        "agreements/reminders.py",
        "portal/navigation.py",
        "programmes/forms/accreditations.py",
        "programmes/forms/cohorts.py",
        "programmes/forms/programmes.py",
        "programmes/forms/sessions.py",
        "students/models/enrolments.py",
        "students/presenters/next_steps.py",
        "students/presenters/plans.py",
        "students/reminders.py",
        "students/services/access.py",
        "students/views/situations.py",
        "students/views/workplace.py",
    }
)
MAIL: frozenset[str] = frozenset()
LEFTOVERS: frozenset[str] = frozenset(
    {
        "agreements/queries/signers.py: is_schools_turn",
        "placements/models/placements.py: Placement.is_live",
    }
)
DOCUMENTS: frozenset[str] = frozenset(
    {
        "students/enums.py: design/guide.md",
        "students/enums.py: product.md",
        "students/models/enrolments.py: style.md",
        "students/models/plans.py: product.md",
        "students/models/students.py: product.md",
        "students/services/access.py: style.md",
        "students/services/plans.py: style.md",
        "students/views/guards.py: product.md",
    }
)
CLASSES: frozenset[str] = frozenset()
