"""The one place that reads the environment. docs/settings.md describes every name; a test compares the two.

A missing or ill-typed setting ends the process with one line that names it, before Django starts.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from environs import Env, EnvValidationError, ValidationError

MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEBHOOK = re.compile(r"(brevo|mailgun|mailjet|postmark):[^:\s]+:\S{20,}")
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Operator:
    """Who runs the portal and answers for it, as the pages and mails name it; what is empty is left out there."""

    name: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    officer_name: str = ""
    officer_email: str = ""


@dataclass(frozen=True)
class Environment:
    secret_key: str
    secret_key_fallbacks: list[str]
    site_url: str
    allowed_hosts: list[str]
    database_url: str
    database_owner_url: str
    database_keeper_url: str
    redis_url: str
    media_root: Path
    clamd: str
    erasure_ledger: Path
    static_root: Path
    email_host: str
    email_port: int
    email_user: str
    email_password: str
    email_security: str
    default_from_email: str
    bounce_address: str
    bounce_mailbox: str
    mail_webhook: str
    operator: Operator
    errors_to: list[str]
    sentry_dsn: str
    metrics_token: str
    checks_email: list[str]
    mail_ambiguous: str
    web_patience: float
    written_queries: bool
    web_queue: float
    prepared_statements: bool
    connections_pooled: bool
    trusted_proxies: int
    hsts_preload: bool
    session_days: int
    session_idle_minutes: int
    second_step_after_days: int
    log_level: str
    oidc_name: str
    oidc_server_url: str
    oidc_client_id: str
    oidc_client_secret: str
    demo_mail_dir: Path


def _scheme(*allowed: str) -> Any:
    def check(value: str) -> None:
        parts = urlsplit(value)
        if parts.scheme not in allowed or not parts.netloc:
            raise ValidationError(
                f"must be a URL that starts with {' or '.join(f'{s}://' for s in allowed)}."
            )
        try:
            parts.port  # noqa: B018 - reading it checks it
        except ValueError as error:
            raise ValidationError("has a port that is no number.") from error

    return check


def _or_empty(*allowed: str) -> Any:
    check = _scheme(*allowed)
    return lambda value: check(value) if value else None


def _within(least: float, most: float) -> Any:
    def check(number: float) -> None:
        if not least <= number <= most:
            raise ValidationError(f"must be a number from {least:g} to {most:g}.")

    return check


def _numbered(value: str) -> None:
    if not urlsplit(value).path.strip("/").isdigit():
        raise ValidationError("must end with the number of a database, as in /0.")


def _long_enough(value: str) -> None:
    if len(value) < 50:
        raise ValidationError("must have at least 50 characters.")


def _token(value: str) -> None:
    if value and not re.fullmatch(r"[\w.~+/=-]{20,}", value):
        raise ValidationError("must have at least 20 letters or digits.")


def _one_of(*allowed: str) -> Any:
    def check(value: str) -> None:
        if value not in allowed:
            raise ValidationError(f"must be one of: {', '.join(allowed)}.")

    return check


def _scanner(value: str) -> None:
    parts = urlsplit(value)
    if value and not ((parts.scheme == "tcp" and parts.hostname) or (parts.scheme == "unix" and parts.path)):
        raise ValidationError("must be tcp://host:port or unix:///path/of/the/socket.")


def _webhook(value: str) -> None:
    if value and not WEBHOOK.fullmatch(value):
        raise ValidationError(
            "must be provider:account:password, with brevo, mailgun, mailjet or postmark, and a password of 20 signs."
        )


def _mailbox(value: str) -> None:
    if value and not MAILBOX.fullmatch(value):
        raise ValidationError("must be an email address.")


def _mailboxes(values: list[str]) -> None:
    if not all(MAILBOX.fullmatch(value) for value in values):
        raise ValidationError("must be email addresses with commas between them.")


def _operator(env: Env) -> Operator:
    return Operator(
        name=env.str("OPERATOR_NAME", default=""),
        address=tuple(env.list("OPERATOR_ADDRESS", default=[], subcast=str.strip)),
        email=env.str("OPERATOR_EMAIL", default="", validate=_mailbox),
        phone=env.str("OPERATOR_PHONE", default=""),
        officer_name=env.str("PRIVACY_OFFICER_NAME", default=""),
        officer_email=env.str("PRIVACY_OFFICER_EMAIL", default="", validate=_mailbox),
    )


def read() -> Environment:
    """Read and check everything; on any fault, one line per fault and exit status 2."""
    env = Env(eager=False)
    result = Environment(
        secret_key=env.str("SECRET_KEY", validate=_long_enough),
        secret_key_fallbacks=env.list("SECRET_KEY_FALLBACKS", default=[]),
        site_url=env.str("SITE_URL", validate=_scheme("http", "https")),
        allowed_hosts=env.list("ALLOWED_HOSTS", default=[]),
        database_url=env.str("DATABASE_URL", validate=_scheme("postgres", "postgresql")),
        database_owner_url=env.str(
            "DATABASE_OWNER_URL", default="", validate=_or_empty("postgres", "postgresql")
        ),
        database_keeper_url=env.str(
            "DATABASE_KEEPER_URL", default="", validate=_or_empty("postgres", "postgresql")
        ),
        redis_url=env.str("REDIS_URL", validate=[_scheme("redis", "rediss"), _numbered]),
        media_root=env.path("MEDIA_ROOT", default=ROOT / "var" / "media"),
        clamd=env.str("CLAMD", default="", validate=_scanner),
        erasure_ledger=env.path("ERASURE_LEDGER", default=ROOT / "var" / "erased.txt"),
        static_root=env.path("STATIC_ROOT", default=ROOT / "var" / "static"),
        email_host=env.str("EMAIL_HOST"),
        email_port=env.int("EMAIL_PORT", default=25),
        email_user=env.str("EMAIL_HOST_USER", default=""),
        email_password=env.str("EMAIL_HOST_PASSWORD", default=""),
        email_security=env.str(
            "EMAIL_SECURITY", default="starttls", validate=_one_of("none", "starttls", "tls")
        ),
        default_from_email=env.str("DEFAULT_FROM_EMAIL"),
        bounce_address=env.str("BOUNCE_ADDRESS", default="", validate=_mailbox),
        mail_webhook=env.str("MAIL_WEBHOOK", default="", validate=_webhook),
        bounce_mailbox=env.str("BOUNCE_MAILBOX", default="", validate=_or_empty("imap", "imaps")),
        operator=_operator(env),
        errors_to=env.list("ERRORS_TO", default=[], subcast=str.strip, validate=_mailboxes),
        sentry_dsn=env.str("SENTRY_DSN", default="", validate=_or_empty("http", "https")),
        metrics_token=env.str("METRICS_TOKEN", default="", validate=_token),
        checks_email=env.list("CHECKS_EMAIL", default=[], subcast=str.strip, validate=_mailboxes),
        connections_pooled=env.bool("CONNECTIONS_POOLED", default=False),
        prepared_statements=env.bool("PREPARED_STATEMENTS", default=True),
        written_queries=env.bool("WRITTEN_QUERIES", default=True),
        web_patience=env.float("WEB_PATIENCE", default=2.5, validate=_within(0.5, 60)),
        web_queue=env.float("WEB_QUEUE", default=2.0, validate=_within(0, 60)),
        mail_ambiguous=env.str("MAIL_AMBIGUOUS", default="resend", validate=_one_of("resend", "hold")),
        trusted_proxies=env.int("TRUSTED_PROXIES", default=0),
        hsts_preload=env.bool("HSTS_PRELOAD", default=False),
        session_days=env.int("SESSION_DAYS", default=14, validate=_within(1, 30)),
        session_idle_minutes=env.int("SESSION_IDLE_MINUTES", default=120, validate=_within(5, 1440)),
        second_step_after_days=env.int("SECOND_STEP_AFTER_DAYS", default=14, validate=_within(0, 14)),
        log_level=env.str("LOG_LEVEL", default="INFO", validate=_one_of("DEBUG", "INFO", "WARNING", "ERROR")),
        oidc_name=env.str("OIDC_NAME", default=""),
        oidc_server_url=env.str("OIDC_SERVER_URL", default=""),
        oidc_client_id=env.str("OIDC_CLIENT_ID", default=""),
        oidc_client_secret=env.str("OIDC_CLIENT_SECRET", default=""),
        demo_mail_dir=env.path("DEMO_MAIL_DIR", default=ROOT / "var" / "local" / "mail"),
    )
    try:
        env.seal()
    except EnvValidationError as error:
        faults: dict[str, list[str]] = dict(error.error_messages)  # type: ignore[arg-type]  # it holds lists
        for name, messages in faults.items():
            print(f"Setting {name}: {' '.join(messages)} See docs/settings.md.", file=sys.stderr)
        raise SystemExit(2) from None
    return result


# A host that is gone without a word is noticed within a minute, also by who waits without a clock
_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}


# A statement that comes again is planned once: planning is a fifth of what a page costs
_PREPARED = {"server_side_binding": True, "prepare_threshold": 2}


def database(url: str, *, prepared: bool = False) -> dict[str, Any]:
    """Django's form of a postgres:// URL; what follows the question mark is passed to libpq (sslmode=…)."""
    parts = urlsplit(url)
    return {
        "ENGINE": "core.database",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": {
            "connect_timeout": 5,
            **_ALIVE,
            **(_PREPARED if prepared else {}),
            **dict(parse_qsl(parts.query)),
        },
    }


def redis_database(url: str, offset: int) -> str:
    """The same server, another of its numbered databases: broker and cache never share keys."""
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0) + offset
    return urlunsplit(parts._replace(path=f"/{number}"))
