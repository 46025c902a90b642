"""Bring database and static files up to date in one process: each start of Django costs a second.

`python -m demo.prepare`, with settings.demo; the region is loaded once, when `--load` allows it.
"""

import logging
import sys

import django
from django.core.management import CommandError, call_command

from demo.static_files import collect

OLDER = (
    "Deze demo is van een oudere versie: make demo-reset gooit die weg, make demo maakt daarna een nieuwe."
)


def main() -> int:
    django.setup()
    from demo import mark, schema  # noqa: PLC0415 - they need the apps

    load = "--load" in sys.argv
    if not load and not mark.is_marked():
        return _refuse("In de database van DATABASE_URL staat geen demo: DEMO=1 make demo zet die erin.")
    if schema.is_older():
        return _refuse(OLDER)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        if load and not mark.is_loaded():
            print("De demo wordt gevuld; dat duurt een minuut …", flush=True)
            logging.disable(logging.INFO)  # what happens to invented people is no news
            call_command("seed_demo", verbosity=0)
    except CommandError as error:
        return _refuse(str(error))
    collect()
    return 0


def _refuse(message: str) -> int:
    print(f"make: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
