"""The `debtboard` command."""

import sys
from collections.abc import Callable, Sequence

USAGE = """usage: debtboard COMMAND ...

  up         bring the board up on this machine: database, broker, workers, scheduler, web
  scan       scan one git repository; needs no database and no services
  init       print a debtboard.toml for a repository, as guessed from its code
  signals    check signals of your own, in a folder, as those of the catalogue are checked
  catalogue  print every debt, signal, question, test and practice, from the code itself

debtboard COMMAND --help says more.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; 2 is unusable input."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(USAGE)
        return 0 if arguments else 2
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "up": _up,
        "scan": _scan,
        "init": _init,
        "signals": _signals,
        "catalogue": _catalogue,
    }
    command = commands.get(arguments[0])
    if command is None:
        sys.stderr.write(f"debtboard: there is no command {arguments[0]!r}; `debtboard --help` lists them.\n")
        return 2
    return command(arguments[1:])


def _up(arguments: Sequence[str]) -> int:
    from debtboard.embedded import up

    return up(arguments)


def _scan(arguments: Sequence[str]) -> int:
    from scoring.__main__ import main as scan

    return scan(arguments)


def _init(arguments: Sequence[str]) -> int:
    from scoring.__main__ import init

    return init(arguments)


def _signals(arguments: Sequence[str]) -> int:
    from scoring.contract import main as signals

    return signals(arguments)


def _catalogue(arguments: Sequence[str]) -> int:
    from scoring.__main__ import catalogue

    return catalogue(arguments)


if __name__ == "__main__":
    sys.exit(main())
