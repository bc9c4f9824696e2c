"""What one walk over a syntax tree carries: the scope it is in, and what it has seen so far."""

import ast
from functools import cached_property
from typing import Any, NamedTuple

from scoring.facts import Call, Class, Import

MARK = "\n"
"""No name holds it, so that the tokens of all statements are told apart in one text."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Frame:
    """A scope being walked: the module, a class or a function."""

    __slots__ = ("attributes", "complexity", "deepest", "depth", "names", "node", "outer", "public", "scope")

    def __init__(self, node: ast.AST, scope: str, outer: "Frame | None") -> None:
        self.node = node
        self.scope = scope
        """Qualified name, "" for the module."""
        self.names: dict[str, str] = {}
        """Name bound here -> the dotted name that it stands for; "" for one that stands for nothing known."""
        self.attributes: dict[str, str] = {} if outer is None or isinstance(node, ast.ClassDef) else outer.attributes
        """Attribute of self -> what was assigned to it; the methods of a class share it."""
        self.outer = outer
        self.public = True
        self.complexity = 1
        self.depth = 0
        self.deepest = 0

    @property
    def in_function(self) -> bool:
        """Whether it is a function, or a class inside of one."""
        return isinstance(self.node, _FUNCTIONS) or (self.outer is not None and self.outer.in_function)

    def find(self, name: str) -> str | None:
        """What a name stands for here, "" when it hides what it stood for outside, None when nobody bound it."""
        frame: Frame | None = self
        while frame is not None:
            dotted = frame.names.get(name)
            if dotted is not None:
                return dotted
            frame = frame.outer
        return None


class Binding(NamedTuple):
    """On the stack below a value: what its target stands for once the value has been walked."""

    frame: Frame
    name: str
    dotted: str


class FunctionSeen(NamedTuple):
    node: ast.FunctionDef | ast.AsyncFunctionDef
    frame: Frame
    owner: str


class State:
    """Lists are in the order of the source (preorder)."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = Frame(tree, "", None)
        self.frame = self.module
        self.stack: list[Any] = []
        """Nodes to walk, last first; between them a Frame to return to, a depth, a Binding."""
        self.tokens: list[str] = []
        """The first one of each statement begins with MARK."""
        self.starts: list[int] = []
        """Index of the first token of each statement."""
        self.statements: list[ast.stmt] = []
        self.declarations: list[int] = []
        """Indexes of statements that only declare: fields of a class, options of a command line."""
        self.uses: list[str] = []
        self.imports: list[Import] = []
        self.calls: list[tuple[int, int, int, int, Call]] = []
        self.asked: list[tuple[Frame, ast.Call]] = []
        """Every call, the recorded ones too."""
        self.targets: dict[ast.AST, str] = {}
        """Calls -> the name or attribute of self that their result is bound to."""
        self.resolved: dict[ast.AST, str] = {}
        """Calls whose callee was resolved when their result was bound."""
        self.stood: list[tuple[str, str]] = []
        """Names and what an assignment made them stand for, where that is known."""
        self.uses_of: dict[ast.AST, str] = {}
        """What becomes of a call's result, set when its surroundings are met."""
        self.functions: list[FunctionSeen] = []
        self.classes: list[Class] = []
        self.events: list[tuple[Frame, ast.AST]] = []
        """Assignments and comparisons, for the flow of scores."""
        self.keys = 0
        """Keys of all mappings that are written out."""
        self.compares: list[tuple[ast.stmt | None, ast.Compare]] = []
        """With the statement that each stands in."""
        self.chains: list[tuple[Frame, ast.Attribute, ast.expr]] = []
        """The outermost attribute of each chain, and what the chain begins at: a.b.c and a of `a.b.c`."""
        self.subscripts: list[tuple[Frame, ast.Subscript]] = []
        self.branches: list[tuple[Frame, ast.If | ast.IfExp]] = []
        self.returned: list[tuple[Frame, ast.Return]] = []
        self.loops: list[tuple[Frame, ast.For | ast.AsyncFor | ast.While]] = []
        self.dictionaries: list[ast.Dict] = []
        self.seldom: list[tuple[Frame, ast.AST]] = []
        """Classes, lambdas, comprehensions, `x += y` and `(x := y)`."""
        self.named_calls: dict[ast.AST, str] = {}
        """Recorded calls and their names."""
        self.strings: list[tuple[int, int]] = []
        """First and last line of each docstring and stray string."""
        self.stray: list[tuple[int, int]] = []
        """Those of more than one line that are no docstring."""
        self.bound: set[str] = set()
        self.environment: list[tuple[str, int]] = []
        self.tries: list[tuple[Frame, Any]] = []
        self.guarded_until = 0
        self.main_line = 0
        self.main_end = 0
        self.definitions: list[tuple[int, int]] = []
        """First and last line of the outermost functions, classes and imports."""

    @cached_property
    def used(self) -> frozenset[str]:
        """The names that are used; asked for after the walk."""
        return frozenset(self.uses)

    @cached_property
    def words(self) -> frozenset[str]:
        """The tokens, each once; asked for after the walk."""
        return frozenset(self.tokens)
