from students.models.access import LearnerAccess
from students.models.consents import Consent
from students.models.enrolments import Enrolment
from students.models.evidence import Evidence
from students.models.goals import Goal, GoalVersion
from students.models.hand_ins import Assessment, HandIn
from students.models.opinions import PracticeOpinion
from students.models.plans import LearningPlan, PlanVersion
from students.models.remarks import GoalRemark
from students.models.situations import Treatment, WorkSituation
from students.models.students import Student

__all__ = [
    "Assessment",
    "Consent",
    "Enrolment",
    "Evidence",
    "Goal",
    "GoalRemark",
    "GoalVersion",
    "HandIn",
    "LearnerAccess",
    "LearningPlan",
    "PlanVersion",
    "PracticeOpinion",
    "Student",
    "Treatment",
    "WorkSituation",
]
