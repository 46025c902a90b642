"""The demo: as production, but on loopback without TLS, with invented people one may sign in as."""

from portal.settings.base import *  # noqa: F403
from portal.settings.environment import Operator

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]  # noqa: F405
DEMO_ALLOWED = True
ADMIN_NEEDS_SECOND_STEP = False  # one signs in with a button here: that counts as both steps
SECOND_STEP_AFTER_DAYS = None
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "demo.urls"
PASSWORD_HASHERS = ["demo.hashers.QuickHasher"]
MIDDLEWARE = [
    "demo.middleware.LoopbackOnlyMiddleware",
    "demo.middleware.QueryCountMiddleware",
    *MIDDLEWARE,  # noqa: F405
]
STYLEGUIDE = True
OPERATOR = Operator(
    name="Stichting Leerpact Flevoland (verzonnen)",
    address=("Voorbeeldplein 1", "8200 AA Lelystad"),
    email="hulp@leerpact.example",
    phone="0320 00 00 00",
    officer_name="Noor Hakkert",
    officer_email="privacy@leerpact.example",
)
