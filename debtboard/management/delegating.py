"""manage.py offers what the `debtboard` command does, with the same arguments and exit codes."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from debtboard.cli import main


class Delegating(BaseCommand):
    """The command of the same name."""

    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        sys.exit(main(argv[1:]))

    def handle(self, *args: Any, **options: Any) -> str | None:
        raise NotImplementedError("call it from the command line")
