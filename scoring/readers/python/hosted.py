"""What a module does with hosted language models, where it imports a library of them or a store of vectors.

The other modules cost one look at their imports, and a process that never meets such a library never loads what is
known of them: hence the late import.
"""

from scoring.facts import HostedUse
from scoring.knowledge import HOSTED_ROOTS, of_hosted
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State


def hosted(state: State, scopes: Scopes) -> tuple[HostedUse, ...]:
    """By line; nothing of other modules."""
    if HOSTED_ROOTS.isdisjoint([item.module.partition(".")[0] for item in state.imports]):
        return ()
    if not any(of_hosted(item.dotted) for item in state.imports if not item.level):
        return ()
    from scoring.readers.python.hosted_uses import hosted_uses

    return hosted_uses(state, scopes)
