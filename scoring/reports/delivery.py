"""Handing a report over: to a file, to whatever reads standard output, or to a terminal in letters that it knows."""

import codecs
import os
import sys
from pathlib import Path

from scoring.arguments import Unusable

_ELSEWHERE = "name a file in a folder that you may write to."


def refuse_unwritable(output: Path | None) -> None:
    """Before a long scan: whether its result could be written there. Raises Unusable."""
    if output is None:
        return
    reason = ""
    if output.is_dir():
        reason = "it is a folder"
    elif not output.parent.is_dir():
        reason = "there is no such folder"
    elif not os.access(output if output.exists() else output.parent, os.W_OK):
        reason = "you may not"
    if reason:
        raise Unusable(f"{output} can't be written ({reason}); {_ELSEWHERE}")


def deliver(result: bytes, output: Path | None, *, prose: bool = False) -> None:
    """Write the result. `prose`: a person reads it, so a terminal that knows no UTF-8 gets escapes for what it lacks;
    a file and a pipe get the same bytes always. Raises Unusable."""
    try:
        if output is not None:
            output.write_bytes(result)
            return
        sys.stdout.buffer.write(_known_letters(result) if prose else result)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # who reads has read enough, as `head` does
        _let_go()
    except OSError as error:
        if output is None:
            _let_go()
        where = "The result" if output is None else str(output)
        raise Unusable(f"{where} can't be written ({error.strerror}); {_ELSEWHERE}") from error


def _known_letters(result: bytes) -> bytes:
    encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
    if encoding == "utf-8" or not sys.stdout.isatty():
        return result
    return result.decode("utf-8").encode(encoding, "backslashreplace")


def _let_go() -> None:
    """Nothing more can be written: what is left in the buffer goes nowhere when Python ends, instead of an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
