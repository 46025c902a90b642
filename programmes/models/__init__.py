from programmes.models.accreditations import AccreditationCheck
from programmes.models.cohort_requests import CohortRequest
from programmes.models.cohorts import Cohort, CohortTeacher, is_taught_by, with_is_taught
from programmes.models.differences import Difference
from programmes.models.partners import PartnerEmployer, ProgrammePartnership
from programmes.models.programmes import Programme
from programmes.models.qualifications import CoreTask, Qualification, QualificationFile, WorkProcess
from programmes.models.sessions import Session

__all__ = [
    "AccreditationCheck",
    "Cohort",
    "CohortRequest",
    "CohortTeacher",
    "CoreTask",
    "Difference",
    "PartnerEmployer",
    "Programme",
    "ProgrammePartnership",
    "Qualification",
    "QualificationFile",
    "Session",
    "WorkProcess",
    "is_taught_by",
    "with_is_taught",
]
