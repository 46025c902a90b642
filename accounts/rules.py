"""What an administrator may do with someone's account, and when."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.enums import ErasureState
from accounts.models import ErasureRequest, Person, SupportAct
from core.access import ALLOW, Verdict, deny, not_now

ADMINISTRATORS_ONLY = _("Only administrators come here.")
IS_ANOTHER_ROW = not_now(_("This person is now known under another name."))


def can_support(administrator: Person) -> Verdict:
    """Open accounts of others: for administrators. The person needs its account loaded."""
    user = administrator.user
    return ALLOW if user is not None and user.is_staff and user.is_active else deny(ADMINISTRATORS_ONLY)


def can_begin(administrator: Person, subject: Person) -> Verdict:
    """Open this account: anyone's but one's own, for which there is “Your account”."""
    if administrator.pk == subject.pk:
        return not_now(_("You cannot open your own account like this."))
    verdict = can_support(administrator)
    return verdict if not verdict or subject.merged_into_id is None else IS_ANOTHER_ROW


def can_act_under(administrator: Person, act: SupportAct) -> Verdict:
    """Do something under a support act: who began it, within its hour and before its end."""
    verdict = can_support(administrator)
    if not verdict:
        return verdict
    if act.administrator_id != administrator.pk:
        return deny(_("Another administrator opened this account. Open it yourself, with your own reason."))
    if act.over_at is not None:
        return not_now(_("This support act is over. Begin another one, with its own reason."))
    return ALLOW


def can_remove_second_step(act: SupportAct) -> Verdict:
    """Remove a second step that its owner has lost."""
    return ALLOW if act.has_second_step else not_now(_("This person has no second step."))


def permits_merge(kept: Person, dropped: Person) -> Verdict:
    """Whether two entries can become one person: whoever has an account stays, so two with an account never do."""
    if kept.pk == dropped.pk:
        return not_now(_("Choose two different people."))
    if kept.merged_into_id is not None or dropped.merged_into_id is not None:
        return not_now(_("One of these has been merged already."))
    if kept.has_account and dropped.has_account:
        return not_now(_("Both have an account of their own. Accounts are not merged."))
    return ALLOW if not dropped.has_account else not_now(_("Who has an account is the one that stays."))


def can_merge_under(administrator: Person, acts: tuple[SupportAct, SupportAct]) -> Verdict:
    """Make one of two people whose accounts are open: both under an act that runs. `acts` begins with who stays."""
    kept, dropped = acts
    both = can_act_under(administrator, kept) and can_act_under(administrator, dropped)
    return both and permits_merge(kept.subject, dropped.subject)


def can_end_sessions(subject: Person) -> Verdict:
    """Sign someone out everywhere."""
    return ALLOW if subject.can_sign_in else not_now(_("This person cannot sign in."))


def can_close(subject: Person) -> Verdict:
    """Let someone sign in no more. The service asks whether enough people stay who can act."""
    if subject.user is None:
        return not_now(_("This person has no account."))
    return ALLOW if subject.user.is_active else not_now(_("Signing in has been stopped already."))


def can_reopen(subject: Person) -> Verdict:
    """Let someone sign in again."""
    closed = subject.user is not None and not subject.user.is_active
    return ALLOW if closed else not_now(_("This person can sign in already, or has no account."))


def can_correct_address(subject: Person) -> Verdict:
    """Write another address down for someone without account. Whoever has one changes it, and shows that it is theirs."""
    if subject.merged_into_id is not None:
        return IS_ANOTHER_ROW
    if subject.has_account:
        return not_now(_("This person now has an account, and changes the address there."))
    return ALLOW


def can_ask_address(subject: Person) -> Verdict:
    """Ask another address whether it is of someone with an account."""
    if subject.user is None or not subject.user.is_active:
        return not_now(_("This person cannot sign in."))
    return ALLOW


def can_decide_erasure(administrator: Person, request: ErasureRequest, act: SupportAct | None) -> Verdict:
    """Grant or refuse: whoever has the account of who asked open, which that person reads. `act` is that act, if any."""
    verdict = can_support(administrator)
    if not verdict:
        return verdict
    if act is None:
        return not_now(_("Open the account of this person first, with your reason."))
    if request.state != ErasureState.ASKED:
        return not_now(ErasureRequest.REFUSALS["grant"])
    return ALLOW


def can_be_erased(running: Sequence[str]) -> Verdict:
    """Whether nothing stands in the way; `running` is what goes on, in words."""
    if not running:
        return ALLOW
    what = ", ".join(dict.fromkeys(running))
    return not_now(
        _("Something of this person is still running: %(what)s. That has to end first.") % {"what": what}
    )
