from playbooks.models.adoptions import AdoptedPart, PartChoice, PlaybookAdoption
from playbooks.models.leads import PlaybookLead
from playbooks.models.offers import PlaybookOffer
from playbooks.models.playbooks import Playbook, PlaybookPart, PlaybookVersion

__all__ = [
    "AdoptedPart",
    "PartChoice",
    "Playbook",
    "PlaybookAdoption",
    "PlaybookLead",
    "PlaybookOffer",
    "PlaybookPart",
    "PlaybookVersion",
]
