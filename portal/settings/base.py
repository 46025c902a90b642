"""What holds everywhere. What differs is in dev, test, demo and prod; what a host decides is in environment."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings import environment

ROOT = environment.ROOT
ENV = environment.read()

DEBUG = False
STYLEGUIDE = False  # the page with every component; staff may always see it
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
SITE_URL = ENV.site_url.rstrip("/")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "", *ENV.allowed_hosts]
DEMO_ALLOWED = False  # only settings/demo and settings/test let seed_demo write invented people

INSTALLED_APPS = [
    "portal.apps.TablesConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "core",
    "ui",
    "accounts",
    "partnerships",
    "meetings",
    "programmes",
    "students",
    "placements",
    "agreements",
    "playbooks",
    "search",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "portal.middleware.PatienceMiddleware",
    # Outside all that may refuse, so that an error page is no less protected than another.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.HeadersMiddleware",
    "portal.middleware.BodySizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.BusyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.AuthenticationMiddleware",
    "portal.middleware.SessionMiddleware",
    "accounts.middleware.MailLimitMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.SignInMiddleware",
    "partnerships.middleware.ActorMiddleware",
    "partnerships.middleware.ReadLogMiddleware",
    "partnerships.middleware.FormerAddressMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.repeats.RepeatMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.SecondStepMiddleware",
    "portal.middleware.ErrorPageMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["ui.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context_processors.theme",
            ],
        },
    },
]
FORM_RENDERER = "ui.forms.PortalFormRenderer"

# Data
DATABASES = {
    "default": {
        **environment.database(ENV.database_url, prepared=ENV.prepared_statements),
        "CONN_MAX_AGE": 3600,  # a new one plans each statement five times before it keeps a plan
        "DISABLE_SERVER_SIDE_CURSORS": ENV.connections_pooled,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # services own their transactions: docs/adr/0003
    }
}
WEB_PATIENCE: float | None = ENV.web_patience
WRITTEN_QUERIES = ENV.written_queries
WEB_QUEUE: float = ENV.web_queue
# Who runs the portal, who migrates, and who may remove history; one role may be all three. core/append_only.py gives
# them their rights.
DATABASE_ROLES = {
    "app": environment.database(ENV.database_url),
    "owner": environment.database(ENV.database_owner_url or ENV.database_url),
    "keeper": environment.database(ENV.database_keeper_url or ENV.database_url),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Seconds that anyone waits for Valkey, for cache or broker: whoever asks may be a visitor. Workers: portal.celery.
VALKEY_WAITS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
CACHES = {
    "default": {
        "BACKEND": "portal.cache.ForgivingRedisCache",
        "LOCATION": environment.redis_database(ENV.redis_url, 1),
        "TIMEOUT": 300,
        "KEY_PREFIX": "leerpact",
        "OPTIONS": VALKEY_WAITS,
    }
}
SESSION_ENGINE = "accounts.sessions"  # pages keep working when the broker is down

CLAMD = ENV.clamd
MEDIA_ROOT = ENV.media_root  # no MEDIA_URL: files are handed out by views that check who asks
# Who was erased, as hashes, for after a restored back-up: docs/privacy.md.
ERASURE_LEDGER: Path = ENV.erasure_ledger
STATIC_URL = "/static/"
STATIC_ROOT = ENV.static_root
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "ui.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "core.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
MOST_BYTES_OF_A_REQUEST = 12_000_000  # the largest file that a form takes, with room; docs/deploy.md

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.NotLikeThePerson"},
    {"NAME": "accounts.validators.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.validators.NotCommon"},
    {"NAME": "accounts.validators.NotKnown"},
    {"NAME": "accounts.validators.NotOwnWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"  # portal:start, the first page of each role
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ENV.session_days * 24 * 3600  # at most, also for who does something every day
SESSION_IDLE_MINUTES = ENV.session_idle_minutes  # where one did not choose to stay signed in
CSRF_COOKIE_HTTPONLY = True
THEME_COOKIE_NAME = "thema"
DEVICE_COOKIE_NAME = "toestel"
MESSAGE_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "ui.messages.Storage"
CSRF_COOKIE_SAMESITE = "Lax"

PASSWORD_RESET_TIMEOUT = 4 * 3600
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.signing_in.LoginForm",
    "reauthenticate": "accounts.forms.signing_in.ReauthenticateForm",
    "reset_password": "accounts.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.signing_in.ResetPasswordKeyForm",
    "set_password": "accounts.forms.signing_in.SetPasswordForm",
    "change_password": "accounts.forms.signing_in.ChangePasswordForm",
    "add_email": "accounts.forms.signing_in.ChangeEmailForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.signing_in.AuthenticateForm",
    "reauthenticate": "accounts.forms.signing_in.MfaReauthenticateForm",
    "activate_totp": "accounts.forms.signing_in.ActivateTotpForm",
    "deactivate_totp": "accounts.forms.signing_in.DeactivateTotpForm",
    "generate_recovery_codes": "accounts.forms.signing_in.GenerateRecoveryCodesForm",
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "accounts.forms.passkeys.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ReauthenticatePasskeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail because a stranger typed their address
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one counts once confirmed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None  # the person chooses: a phone of one's own, or a computer at school
# They would stand in the cache, which may be away: ours are accounts.services.throttles.
ACCOUNT_RATE_LIMITS = False
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ADMIN_NEEDS_SECOND_STEP = True  # at the tables and the support acts, from the first day
# Of managers, coordinators and administrators.
SECOND_STEP_AFTER_DAYS: int | None = ENV.second_step_after_days
MFA_TOTP_ISSUER = "Leerpact"
USERSESSIONS_TRACK_ACTIVITY = False  # a write per request for a date nobody needs
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: form-action of our policy would stop a form that ends elsewhere
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": ENV.oidc_name,
                "client_id": ENV.oidc_client_id,
                "secret": ENV.oidc_client_secret,
                "settings": {"server_url": ENV.oidc_server_url},
            }
        ]
        if ENV.oidc_server_url
        else [],
    }
}

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Headers: nothing inline, nothing from elsewhere (docs/conventions/look.md)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"

# Mail: rows in core.OutgoingMail are the truth, delivered by Celery over SMTP
EMAIL_BACKEND = "core.smtp.EmailBackend"
EMAIL_HOST = ENV.email_host
EMAIL_PORT = ENV.email_port
EMAIL_HOST_USER = ENV.email_user
EMAIL_HOST_PASSWORD = ENV.email_password
EMAIL_USE_TLS = ENV.email_security == "starttls"
EMAIL_USE_SSL = ENV.email_security == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = ENV.default_from_email
MAIL_PROVIDER, MAIL_WEBHOOK_SECRET = ENV.mail_webhook.partition(":")[::2]
BOUNCE_ADDRESS, BOUNCE_MAILBOX = ENV.bounce_address, ENV.bounce_mailbox
OPERATOR = ENV.operator  # who answers for the portal: named on the pages, in mails and in refusals
CHECKS_EMAIL = ENV.checks_email  # who hears of what the nightly check finds
SERVER_EMAIL = ENV.default_from_email
DEMO_MAIL_DIR: Path = ENV.demo_mail_dir  # read by demo alone
# A worker killed between the server's yes and our commit leaves a doubt: "resend" (same Message-ID) or "hold".
MAIL_AMBIGUOUS = ENV.mail_ambiguous

# Background work: the broker is a wake-up hint, never the truth (docs/conventions/mail.md)
CELERY_BROKER_URL = ENV.redis_url
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    **VALKEY_WAITS,
    "max_retries": 1,  # at once, where two seconds are usual
    "interval_start": 0,
    "retry_on_timeout": False,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# What is told of the portal itself: docs/deploy.md
ERRORS_TO: list[str] = ENV.errors_to
SENTRY_DSN = ENV.sentry_dsn
METRICS_TOKEN = ENV.metrics_token

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "portal.logs.RequestIdFilter"},
        "private": {"()": "portal.logs.PrivateFilter"},
    },
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {"()": "portal.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["request_id", "private"],
        },
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "celery": {"handlers": [], "level": "INFO", "propagate": True},
        "portal.request": {"level": "WARNING"},
    },
}
