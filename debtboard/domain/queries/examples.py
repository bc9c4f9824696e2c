"""The examples of a signal as its page shows them: numbered lines, cut where one shows how large something may get."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

MAX_LINES, MAX_COLUMNS = 30, 110
"""Of an example on a page: one that shows how large something may get is cut."""


@dataclass(frozen=True, slots=True)
class Example:
    """One file of an example: its path and its numbered lines."""

    path: str
    lines: tuple[tuple[int, str], ...]


def examples_of(snippets: Mapping[str, str]) -> tuple[Example, ...]:
    return tuple(Example(path, _shown(path, text)) for path, text in snippets.items())


def _shown(path: str, text: str) -> tuple[tuple[int, str], ...]:
    """The numbered lines of an example; of a notebook the cells' own, of what is long the beginning."""
    lines = (cells_of(text) if path.endswith(".ipynb") else text).splitlines()
    shown = [line if len(line) <= MAX_COLUMNS else f"{line[:MAX_COLUMNS]} …" for line in lines[:MAX_LINES]]
    if len(lines) > MAX_LINES:
        shown.append(f"… {len(lines) - MAX_LINES} more lines")
    return tuple(enumerate(shown, start=1))


def cells_of(text: str) -> str:
    """A notebook as people see it: its cells, each under a line that names it and its execution count. The text itself
    where it is none, as an example of the operator's own may be."""
    try:
        cells = json.loads(text).get("cells", ())
        return "\n".join(
            f"# cell {number}, {cell['cell_type']}, run {cell.get('execution_count') or 'never'}\n"
            f"{''.join(cell['source'])}"
            for number, cell in enumerate(cells, start=1)
        )
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return text
