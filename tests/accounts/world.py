"""A school full of people who sign in, for a running portal: `python -m tests.accounts.world`."""

import sys

import django

PASSWORD = "appel-boom-fiets-42"
NUMBER = 300
OWNER = "eigenaar@school.example"
ADMINISTRATOR = "beheer@school.example"


def address(number: int) -> str:
    return f"student{number}@school.example"


def make() -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - needs the apps
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from accounts.models import Person, User  # noqa: PLC0415

    hashed = make_password(PASSWORD)  # once for all
    for email in [OWNER, ADMINISTRATOR, *map(address, range(NUMBER))]:
        with transaction.atomic():  # an account of nobody is refused when a transaction ends
            user = User.objects.create(email=email, password=hashed, is_staff=email == ADMINISTRATOR)
            Person.objects.create(user=user, first_name="Sam", last_name="Voorbeeld")
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


def main() -> None:
    django.setup()
    from demo import mark  # noqa: PLC0415

    mark.claim()
    mark.note_loaded()
    make()


if __name__ == "__main__":
    sys.exit(main())
