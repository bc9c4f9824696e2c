"""The one pass over a syntax tree.

A stack and no recursion; the six commonest kinds of node (nine in ten) are handled in the loop itself and their first
child is followed without touching the stack, because a call for each would double the pass. Everything else goes
through one table. Contexts, operators and other leaves are never visited.
"""

import ast

from scoring.readers.python import blocks, call_walk, definitions, expressions, statements
from scoring.readers.python.calls import call, stamped
from scoring.readers.python.state import State

_COMMON = (ast.Name, ast.Attribute, ast.Constant, ast.keyword, ast.BinOp, ast.Call)
_HANDLERS = {**expressions.HANDLERS, **statements.HANDLERS, **blocks.HANDLERS, **definitions.HANDLERS}
_HANDLERS_FOR_CALLS = {**_HANDLERS, **call_walk.HANDLERS}


def walk(tree: ast.Module) -> State:
    """What the tree says, before it is made into facts."""
    state = State(tree)
    stack = state.stack
    stack += tree.body[::-1]
    _loop(state)
    return state


def walk_calls(tree: ast.Module) -> State:
    """As `walk`, but of the commonest kinds of node only calls are kept: no tokens, uses or chains."""
    state = State(tree)
    state.stack += tree.body[::-1]
    _loop_for_calls(state)
    return state


def _loop_for_calls(state: State) -> None:
    stack, pop = state.stack, state.stack.pop
    handlers, anything = _HANDLERS_FOR_CALLS, expressions.anything
    name, attribute, constant, keyword, operation, called = _COMMON
    while stack:
        node = pop()
        while True:
            kind = node.__class__
            if kind is name or kind is constant:
                break
            if kind is attribute or kind is keyword:
                node = node.value
                continue
            if kind is called:
                call(state, node)
                stack += node.keywords
                stack += node.args
                node = node.func
                continue
            if kind is operation:
                stack.append(node.right)
                node = node.left
                continue
            handlers.get(kind, anything)(state, node)
            break


def _loop(state: State) -> None:
    """Longer than a function should be: it is the loop that the reader's speed hangs on."""
    stack = state.stack
    pop, token, use, chain = stack.pop, state.tokens.append, state.uses.append, state.chains.append
    asked = state.asked.append
    handlers, anything = _HANDLERS, expressions.anything
    name, attribute, constant, keyword, operation, called = _COMMON
    while stack:
        node = pop()
        while True:
            kind = node.__class__
            if kind is name:
                token("N")
                use(node.id)
                break
            if kind is attribute:
                outermost = node
                token(node.attr)
                node = node.value
                while node.__class__ is attribute:
                    token(node.attr)
                    node = node.value
                chain((state.frame, outermost, node))
                continue
            if kind is constant:
                token("C")
                break
            if kind is called:
                asked((state.frame, node))
                call(state, node)
                token("(")
                stack += node.keywords
                stack += node.args
                node = node.func
                continue
            if kind is keyword:
                token(node.arg or "**")
                if node.value.__class__ is called and node.arg is not None:
                    stamped(state, node.arg, node.value)
                node = node.value
                continue
            if kind is operation:
                token(node.op.__class__.__name__)
                stack.append(node.right)
                node = node.left
                continue
            handlers.get(kind, anything)(state, node)
            break
