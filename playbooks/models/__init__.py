from playbooks.models.leads import PlaybookLead
from playbooks.models.playbooks import Playbook, PlaybookPart, PlaybookVersion

__all__ = ["Playbook", "PlaybookLead", "PlaybookPart", "PlaybookVersion"]
