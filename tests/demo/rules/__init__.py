"""What no service would leave behind, asked of each row: for data that were written without the services.

Each rule looks at the rows of one kind and says what is wrong with a row. Where the portal has a rule of its own
(`party_of`, `signers`, `readiness`), that is asked, at the moment at which the row says that it happened.
"""

from tests.demo.rules import agreements, joining, placements, plans, situations, states, support
from tests.demo.rules.base import RULES, Rule

__all__ = ["RULES", "Rule", "agreements", "joining", "placements", "plans", "situations", "states", "support"]
