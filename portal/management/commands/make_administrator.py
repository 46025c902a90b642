"""Make the first administrator. What is not given is asked; a password is never an argument, which others can read."""

from __future__ import annotations

import json
import sys
from getpass import getpass
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise

from accounts.mail.signing_in import user_password_reset_asked
from accounts.models import Person, User
from accounts.services import administrators
from accounts.services.people import Name
from core import emails
from core.reading import people
from core.reading.answers import Answer, Read, Refused

ILL_TYPED, IN_THE_WAY = 2, 3


class Command(BaseCommand):
    help = "Make the first administrator. Asks what is not given. Exit codes: 0 made, 2 ill-typed, 3 there is one already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="the address to sign in with")
        parser.add_argument("--name", help="first and last name")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--link", action="store_true", help="mail a link with which a password is chosen")
        how.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
        parser.add_argument("--another", action="store_true", help="also when there is an administrator")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._make(options)
        except (EOFError, KeyboardInterrupt):  # Ctrl-D or Ctrl-C at a question
            raise CommandError("Nobody was made.", returncode=ILL_TYPED) from None

    def _make(self, options: dict[str, Any]) -> None:
        typed = self._asked(options["email"], "Email address: ")
        email = self._read("--email", emails.read(typed), emails.INVALID)
        typed = self._asked(options["name"], "First and last name: ")
        name = self._read("--name", people.whole_name(typed), "Fill in a first and last name.")
        person = Name(first_name=name.first_name, name_prefix=name.name_prefix, last_name=name.last_name)
        password = self._password(options, email, person)
        try:
            with transaction.atomic():
                user = administrators.make(
                    email=email, name=person, password=password, is_another=options["another"]
                )
                if password is None:
                    user_password_reset_asked(user, user.email, _path_of(user))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=IN_THE_WAY) from None
        made = {"email": user.email, "name": person.whole, "link_mailed": password is None}
        if options["json"]:
            self.stdout.write(json.dumps(made))
            return
        self.stdout.write(f"{made['name']} <{made['email']}> is administrator.")
        if password is None:
            self.stdout.write("A link to choose a password waits in the outbox; the worker mails it.")

    def _asked(self, given: str | None, words: str) -> str:
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise CommandError("Give --email and --name, or run this in a terminal.", returncode=ILL_TYPED)
        return input(words)

    def _read(self, option: str, answer: Answer[Any], when_empty: str | Promise) -> Any:
        """What was meant; refused with the name of the option, also where it was typed at a question."""
        if isinstance(answer, Read):
            return answer.value
        is_empty = isinstance(answer, Refused) and answer.is_empty
        raise CommandError(f"{option}: {when_empty if is_empty else answer.reason}", returncode=ILL_TYPED)

    def _password(self, options: dict[str, Any], email: str, name: Name) -> str | None:
        """The password that was typed; None for a link instead."""
        if options["link"]:
            return None
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\r\n")
        elif sys.stdin.isatty():
            password = getpass("Password (leave empty to mail a link): ")
            if not password:
                return None
            if password != getpass("The same again: "):
                raise CommandError("The two are not the same.", returncode=ILL_TYPED)
        else:
            raise CommandError("Give --link or --password-stdin.", returncode=ILL_TYPED)
        user = User(email=email)
        user.person = Person(
            first_name=name.first_name, name_prefix=name.name_prefix, last_name=name.last_name
        )
        try:
            validate_password(password, user)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=ILL_TYPED) from None
        return password


def _path_of(user: User) -> str:
    """Where the password is chosen, as the mail of a forgotten one has it."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
