"""How the demo keeps passwords."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own, in a hundredth of the time: the demo prints its passwords, so there is nothing to guess."""

    iterations = 10_000
