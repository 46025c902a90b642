"""Of which class the fields of this app are, and of the apps that it signs people in with."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from core.privacy.declared import (
    COUNTER,
    GONE_LONG,
    HIDDEN,
    KEY,
    LINK,
    REFERENCE,
    WORKING,
    AtErasure,
    Hold,
    Keep,
    Personal,
    Term,
    since,
)

NOBODY = {
    "first_name": "",
    "name_prefix": "",
    "last_name": "",
    "sort_name": "",
    "email": "",
    "phone": "",
    "language": "nl",
    "user": None,
    "public_id": uuid.uuid4,
}


def _known_by_account(_day: dt.date) -> Q:
    """That it was used last is weighed apart: an account that nobody uses is warned of first."""
    return Q(is_staff=True, is_active=True)


PERSONAL = (
    Personal(
        model="accounts.Person",
        of=[""],
        identity="public_id user first_name name_prefix last_name sort_name email phone language merged_into",
        none={"row_version": COUNTER},
        at_erasure=AtErasure.BLANKED,
        blank=NOBODY,
    ),
    Personal(
        model="accounts.User",
        of=["person"],
        identity="email last_login is_active is_staff is_superuser date_joined",
        none={"password": HIDDEN, "groups user_permissions": WORKING},
    ),
    Personal(
        model="accounts.Invitation",
        of=["person"],
        identity="person email purpose party_name created_at expires_at renewed_at accepted_at accepted_by revoked_at",
        trace="invited_by",
        none={"public_id": KEY, "row_version": COUNTER, "token_digest former_digest": HIDDEN},
        at_erasure=AtErasure.BLANKED,
        blank={"email": "", "party_name": ""},
        keeps=[
            Keep(
                term=Term.TRACE,
                due=lambda day: since("expires_at")(day) & ~Q(email=""),
                write={"email": ""},
            )
        ],
    ),
    Personal(
        model="accounts.PersonalLink",
        of=["person"],
        identity="person email scope act created_at expires_at renewed_from revoked_at",
        none={"public_id": KEY, "digest": HIDDEN},
        keeps=[
            Keep(term=Term.TRACE, due=since("expires_at")),
            # What it was about is gone: it opens nothing, and must not tell who once had it.
            Keep(term=Term.MAIL_TEXT, due=since("expires_at", sign_up=None, signature=None)),
        ],
    ),
    Personal(
        model="accounts.SupportAct",
        of=["subject"],
        trace="administrator subject reason begun_at until",
        none={"public_id": KEY},
        at_erasure=AtErasure.BLANKED,
        blank={"reason": GONE_LONG},
        keeps=[Keep(term=Term.TRACE, due=since("begun_at", events=None))],
    ),
    Personal(
        model="accounts.SecurityEvent",
        of=["person"],
        trace="person kind what network at support",
        at_erasure=AtErasure.BLANKED,
        blank={"network": "", "what": ""},
        keeps=[Keep(term=Term.TRACE, due=since("at"))],
    ),
    Personal(
        model="accounts.Throttle",
        none={"action tries until": WORKING, "key": "a hash made with a secret; the row goes within hours"},
    ),
    Personal(
        model="accounts.ErasureRequest",
        of=["person"],
        trace="person state asked_at decided_by decided_at reason support done_at report",
        none={"public_id": KEY, "row_version": COUNTER},
        at_erasure=AtErasure.STAYS,
        why_stays="that it was asked, decided with a reason and done must be shown later; whose it was is a token by then",
        keeps=[
            Keep(term=Term.TRACE, due=lambda day: since("asked_at")(day) & ~Q(state__in=("asked", "granted")))
        ],
    ),
    Personal(
        model="accounts.OwnRecord",
        of=["person"],
        trace="person kind digest made_at",
        keeps=[Keep(term=Term.TRACE, due=since("made_at"))],
    ),
    Personal(
        model="accounts.ErasureLedger",
        none={"digest": "a hash of a random number that is gone", "erased_on ground": WORKING},
    ),
    Personal(model="accounts.RetentionTerm", none={"term starts_on months days source": REFERENCE}),
    Personal(
        model="accounts.RetentionRun",
        none={"begun_at ended_at day is_dry_run report": "numbers of rows, of nobody"},
    ),
    # Sessions, second step and signing in through an organisation: all of it goes with the account.
    Personal(
        model="account.EmailAddress",
        of=["user__person"],
        identity="user email verified primary",
    ),
    Personal(
        model="account.EmailConfirmation",
        of=["email_address__user__person"],
        identity="email_address created sent",
        none={"key": HIDDEN},
    ),
    Personal(
        model="mfa.Authenticator",
        of=["user__person"],
        identity="user type created_at last_used_at",
        none={"data": HIDDEN},
    ),
    Personal(
        model="usersessions.UserSession",
        of=["user__person"],
        trace="user created_at ip last_seen_at user_agent",
        none={"session_key": HIDDEN, "data": WORKING},
    ),
    Personal(
        model="sessions.Session",
        trace="session_data expire_date",
        none={"session_key": HIDDEN},
        why_stays="its own part of erasure: those of the person go, others the night after they end, `SESSION_DAYS` "
        "after they began at the latest",
    ),
    Personal(
        model="socialaccount.SocialAccount",
        of=["user__person"],
        identity="user provider uid last_login date_joined extra_data",
    ),
    Personal(
        model="socialaccount.SocialToken",
        of=["account__user__person"],
        identity="account expires_at",
        none={"token token_secret": HIDDEN, "app": LINK},
    ),
    Personal(
        model="socialaccount.SocialApp",
        none={"provider provider_id name client_id secret key settings": WORKING},
    ),
    Personal(
        model="admin.LogEntry",
        of=["user__person"],
        trace="action_time user object_id object_repr change_message",
        none={"content_type action_flag": WORKING},
        keeps=[Keep(term=Term.TRACE, due=since("action_time"))],
    ),
    Personal(model="auth.Group", none={"name permissions": WORKING}),
    Personal(model="auth.Permission", none={"name content_type codename": WORKING}),
    Personal(model="contenttypes.ContentType", none={"app_label model": REFERENCE}),
)

HOLDS = (
    Hold(model="accounts.User", person="person", holds=_known_by_account),
    Hold(
        model="accounts.Invitation",
        person="person",
        holds=lambda day: Q(expires_at__date__gte=day),
        stops=False,
    ),
)
