"""Lines of IPython in Python: magics, commands of a shell and questions, which only its own shell understands.

Notebooks hold them, and so do scripts that such a shell runs: those of Colab, Databricks and Cloudera's workbench.
"""

import re

_LINE_MAGIC = re.compile(r"^(\s*)%(?:time|timeit|prun|memit|lprun|snakeviz)[ \t]+(?:-[a-z]+(?:[ \t]*\d+)?[ \t]+)*(.*)$")
_ASSIGNED = re.compile(r"^([\w.,\s\[\]'\"]+=\s*)[%!].*$")
_ORDER = re.compile(r"^(\s*)(?:[%!?]|[\w.\[\]'\"%]+\?{1,2}\s*$)")
MAGIC = re.compile(r"^[^\S\n]*[%!?]|\?\s*$|=\s*[%!]", re.MULTILINE)
"""Where a text may hold a line of IPython."""


def without_magics(text: str) -> str:
    """The text as Python, line for line."""
    return "\n".join([_without_magic(line) for line in text.split("\n")])


def _without_magic(line: str) -> str:
    timed = _LINE_MAGIC.match(line)
    if timed:
        return timed.group(1) + timed.group(2)
    assigned = _ASSIGNED.match(line)
    if assigned:
        return assigned.group(1) + "None"
    order = _ORDER.match(line)
    if order:
        return order.group(1) + "pass" if order.group(1) else ""
    return line
