#!/usr/bin/env python3
"""Django's command line; for development it brings its own database and broker along."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from tools.local import servers  # noqa: PLC0415 - the settings need what this puts in the environment

    servers.prepare_environment(os.environ["DJANGO_SETTINGS_MODULE"])
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
