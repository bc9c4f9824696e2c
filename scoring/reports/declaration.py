"""A proposal as a debtboard.toml that is ready to be committed: every guess with the place that tells it.

What is not sure is a comment. Nothing of the repository is written that could end a comment or a text.
"""

import re

from scoring.analyses.proposal import Proposal, ProposedComponent, ProposedModel

HEAD = (
    "# debtboard.toml, as guessed from the code at commit {commit}.\n"
    "# Correct it and commit it: what stands behind a # is why, and a line that begins with # is a question.\n"
)
MAX_MENTIONED = 30
_REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What debtboard.toml may not hold: a model whose place has one is a question, never a declaration."""


def render(proposal: Proposal, commit: str) -> bytes:
    """TOML, ending in a newline; the same bytes for the same proposal."""
    stated = [
        model for model in proposal.models if model.stated and not _REFUSED.search(model.name + model.entry_point)
    ]
    blocks = [HEAD.format(commit=commit)]
    blocks += [_component(component) for component in proposal.components]
    blocks += [_model(model) for model in stated] or ["# No model that this repository trains for itself was found.\n"]
    blocks += _mentioned([model for model in proposal.models if model not in stated])
    blocks += [
        f"[consumers.{_text(data)}]  # {_said(writer)} writes it\n"
        f"declared = [{', '.join(_text(one.text) for one in readers)}]"
        f"  # {_said(', '.join(one.evidence for one in readers))} read it\n"
        for data, readers, writer in proposal.consumers
        if not any(_REFUSED.search(text) for text in (data, *(one.text for one in readers)))
    ]
    aliases = [one for one in proposal.aliases if not _REFUSED.search(one.text + one.value)]
    if aliases:
        lines = (f"{_text(one.text)} = {_text(one.value)}  # {_said(one.evidence)}\n" for one in aliases)
        blocks.append("[datasets.aliases]\n" + "".join(lines))
    return "\n".join(blocks).encode("utf-8", "backslashreplace")


def _component(component: ProposedComponent) -> str:
    return (
        f"[component.{_key(component.path)}]\n"
        f'# team = ""  # who answers for it?\n'
        f"profile = {_text(component.profile)}  # {_said(component.evidence)}\n"
    )


def _model(model: ProposedModel) -> str:
    lines = [
        f"[models.{_key(model.name)}]",
        f"entry_point = {_text(model.entry_point)}  # {_said(model.evidence)}",
    ]
    files = [one for one in model.outputs.files if not _REFUSED.search(one.text)]
    if files:
        listed = ", ".join(_text(one.text) for one in files)
        lines.append(f"outputs = [{listed}]  # {_said(', '.join(one.evidence for one in files))}")
    if model.outputs.notes:
        lines.append(f"# outputs: {_said(', '.join(model.outputs.notes))} keep it under a name that running tells")
    return "\n".join([*lines, '# owner = ""\n'])


def _mentioned(models: list[ProposedModel]) -> list[str]:
    """Training that is shown or tried, or that a library offers: a question each, never a declaration."""
    if not models:
        return []
    lines = ["# Training that is only shown, tried or offered to others; is any of it a model of yours?"]
    lines += [f"# {_said(model.entry_point)}  ({_said(model.evidence)})" for model in models[:MAX_MENTIONED]]
    if len(models) > MAX_MENTIONED:
        lines.append(f"# and {len(models) - MAX_MENTIONED} more")
    return ["\n".join(lines) + "\n"]


def _said(text: str) -> str:
    """Text inside a comment: one line of printable characters."""
    return "".join(mark if mark.isprintable() else "?" for mark in text)


def _key(text: str) -> str:
    """A key of TOML, bare where it may be."""
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _text(text)


def _text(text: str) -> str:
    """A basic string of TOML."""
    return '"' + "".join(_mark(mark) for mark in text) + '"'


def _mark(mark: str) -> str:
    if mark in '"\\':
        return "\\" + mark
    return mark if mark.isprintable() else f"\\U{ord(mark):08X}"
