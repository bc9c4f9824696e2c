"""What was seen: the frozen records that readers and analyses hand to the debts.

Every record is a msgspec Struct: frozen, slotted, typed, and decoded with its types checked, because
most of them are written by a sandboxed child that parsed an untrusted file (`scoring.sandbox`).
What one file says depends on its bytes and on the reader's version alone, so nothing here carries a
path; `FileEntry` joins the facts of a blob to the places where it stands.

Lines are 1-based. A share is 0..1. None means "not known" and never zero. One table of records: longer than a module
should be, and easier to read whole.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec


class Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of all records: positional on the wire, so a new field goes last and has a default."""


# ---------------------------------------------------------------- Python, and the code of notebooks


class Import(Fact, frozen=True):
    """One bound name. `import a.b as c` is ("a.b", "", "c"); `from a import b` is ("a", "b", "b")."""

    module: str
    name: str
    bound: str
    line: int
    level: int = 0
    guarded: bool = False
    """Inside try/except ImportError, or under TYPE_CHECKING: optional at run time."""
    lazy: bool = False
    """Inside a function: only who calls it needs the module."""

    @property
    def dotted(self) -> str:
        """The module with the imported name: "google.cloud.storage"."""
        return f"{self.module}.{self.name}" if self.name else self.module


class Call(Fact, frozen=True):
    """One call that knowledge may speak of.

    `name` is dotted and resolved through the import table: "pandas.read_csv". A method of an object that a
    resolved call made in the same scope is "sklearn.svm.SVC().fit"; of an object nobody knows, ".fit".
    """

    name: str
    line: int
    end_line: int
    scope: str
    """Qualified name of the enclosing function or class, "" at module level."""
    receiver: str = ""
    """The object as written, for methods: "df", "self.model"."""
    arguments: int = 0
    keywords: tuple[tuple[str, str], ...] = ()
    """(keyword, literal as source text; "" when it is an expression). "**" stands for unpacking."""
    first: str = ""
    """The first positional argument when it is a literal, as source text."""
    inputs: tuple[str, ...] = ()
    """Plain names among the positional arguments, in order."""
    target: str = ""
    """The plain name that the result is bound to."""
    in_main: bool = False
    """Under `if __name__ == "__main__"`."""
    use: str = ""
    """What becomes of its result at once: "dropped" (a statement by itself), "looped" (a loop or comprehension goes
    through it), "orderless" (under sorted, len, set and the like, compared, tested for truth), "stamped" (kept under a
    name that says when something happened), "" (anything else)."""
    listed: str = ""
    """Of a call that lists files: names and texts in what it is given, where that is put together."""


class Function(Fact, frozen=True):
    """One def. `parameters` leaves out self/cls and counts those that are keyword-only or have a default as one half
    (catalogue, section 5, which halves keyword-only ones alone: a default spares the caller as much)."""

    name: str
    line: int
    end_line: int
    body_lines: int
    """Lines of the body that hold code: no docstring, blank line or comment-only line."""
    complexity: int
    """McCabe: 1 + branches, loops, handlers, boolean operators, comprehensions' ifs."""
    nesting: int
    parameters: float
    annotated: bool
    documented: bool
    public: bool
    owner: str = ""
    """Qualified name of the class it is a method of."""
    decorators: tuple[str, ...] = ()
    listed: int = 0
    """Parameters without self/cls, each counted as one."""
    statements: int = 0
    """Of the body, those inside others too, without docstrings; told from 38 lines of body or six parameters on."""
    guards: int = 0
    """Of the complexity: early returns and `x or default`; told of 38 to 51 lines and a complexity over 10."""
    plain: int = 0
    """Of the body's lines: options of a command line, and fields that a constructor sets to a name, a constant or a
    setting that is looked up; told from 38 lines of body on."""
    signature: str = ""
    """Names of the parameters without a default, self left out, with blanks between and "-" for none; told of methods
    called fit, train or predict that don't take whatever comes."""
    given: str = ""
    """Names of all parameters, self left out, with blanks between; told where `parameters` is over five."""
    by_place: int = -1
    """Of those: the most that a call in the same file gives by place; -1 where none calls it, or with a star."""
    unchosen: str = ""
    """Why that list is no choice of its author: formula (private, of sums and products alone: the operands) | options
    (its one call in the file spells out what a command line said) | named (private, and its one call gives what bears
    the names of the parameters)."""
    waived: tuple[str, ...] = ()
    """What a comment tells its linters to let be: "length" (complexity, statements, branches), "parameters"."""


class Class(Fact, frozen=True):
    name: str
    line: int
    end_line: int
    bases: tuple[str, ...]
    """Resolved through the import table, as far as they are names."""
    methods: int
    documented: bool
    public: bool
    decorators: tuple[str, ...] = ()
    code_lines: int = 0
    """Without docstrings, blank and comment-only lines, as those of functions; told of classes of over 200 lines."""
    passes_up: int = -1
    """The most that its calls of `super().__init__` give by place, of those that give over three arguments; -1 where
    none does."""


class Comment(Fact, frozen=True):
    """A comment in which its author admits debt (23 Shades of SATD)."""

    line: int
    text: str
    tag: str
    scope: str = ""


class CodeBlock(Fact, frozen=True):
    """Consecutive comment lines, or lines of a string that stands by itself, whose text is code."""

    line: int
    end_line: int
    text: str
    """Its first line of code, white space folded."""
    scope: str = ""
    code_lines: int = 0
    """Its lines without blank ones and remarks."""


class PathLiteral(Fact, frozen=True):
    """A path or address in a string: absolute, of one user, or of a bucket."""

    line: int
    text: str
    kind: str
    """absolute | home | windows | mount | bucket"""
    scope: str = ""
    replaceable: bool = False
    """The default of an option or of an environment read, or something stands in for it where it is not there."""


class Comparison(Fact, frozen=True):
    """A comparison that a signal may speak of: with NaN, or of a score with a number."""

    line: int
    end_line: int
    kind: str
    """nan | score: `score` is a prediction (data flow) against a numeric literal; `score_name` only by its name."""
    subject: str
    operator: str
    literal: str
    scope: str = ""


class Fingerprint(Fact, frozen=True):
    """A window of normalised tokens that starts at a statement (duplicate-code)."""

    digest: int
    line: int
    end_line: int


class Flow(Fact, frozen=True):
    """Data that flows where it should not: a leak, or a prediction that feeds a fit."""

    kind: str
    """preparation | overlap | test | tuning | cascade | residual | label | unfinished (too long to follow)"""
    line: int
    end_line: int
    what: str
    """What was learnt, or what predicts: the class or name as far as known."""
    into: str = ""
    """What is fitted on it."""
    at: int = 0
    """Line of the split, or of the fit; 0 where there is none."""
    scope: str = ""


class Endpoint(Fact, frozen=True):
    """A function that a web framework calls for a path."""

    line: int
    path: str
    """As written; "?" where it is no literal, "*" for identity that the whole service asks for."""
    scope: str
    guarded: bool
    """A decorator, a dependency or the body names what identifies a caller."""
    reports: bool
    """Its body logs or counts something."""


class PredictionUse(Fact, frozen=True):
    """What becomes of a prediction."""

    kind: str
    """returned (by an endpoint) | written | origin (a class or function that tells by which model or when)"""
    line: int
    end_line: int
    subject: str
    """The endpoint's path, the callee, or the name of the class or function."""
    detail: str = ""
    """Of a return, the functions and classes it names; the path written to."""
    scope: str = ""
    bounded: bool = False
    """It leaves with a model's version, a run or a time."""
    place: str = ""
    """"shared" of a write where everybody reads."""


class Branch(Fact, frozen=True):
    """An `if` whose condition speaks of an experiment, a treatment, or the old or new way of doing something."""

    line: int
    end_line: int
    name: str
    scope: str = ""


class FunctionShape(Fact, frozen=True):
    """How a function is built, where there is something to tell."""

    scope: str
    line: int
    end_line: int
    switches: tuple[str, ...] = ()
    """Yes-or-no options that it tests in branches of their own: parameters, settings, flags of its object."""
    mode: str = ""
    """The name that it compares with the most strings."""
    cases: int = 0
    returned: int = 0
    """Items of the widest bare tuple or dict that a public function hands back, from 4 on."""
    changed: str = ""
    """The object on which it sets the most columns by name."""
    changes: int = 0
    globals: int = 0
    """Global variables that it rebinds, where it takes no parameter."""
    independent: tuple[str, ...] = ()
    """Of three switches and more, those whose branches multiply: not inside one another, not exclusive, of some
    length."""


class ClassShape(Fact, frozen=True):
    """How a class is built, where it is heavy, wide, named as a verb, or only holds data."""

    name: str
    line: int
    end_line: int
    public_methods: int
    weight: int
    """WMC: the complexity of its methods together."""
    cohesion: float = 1.0
    """TCC: of the pairs of public methods, the share that meet in an attribute."""
    clusters: int = 1
    """LCOM4: groups of methods that neither an attribute nor a call joins."""
    foreign: int = 0
    """ATFD: attributes of other objects that it reads; told only of heavy classes of low cohesion."""
    held: int = 0
    """Public attributes, where it is written by hand and does nothing but hold them."""
    verb: bool = False
    """Named as a verb, with one or two public methods, and never changed after its constructor."""


class Structure(Fact, frozen=True):
    """What of a module's classes, functions and branches is out of the ordinary."""

    classes: tuple[ClassShape, ...] = ()
    functions: tuple[FunctionShape, ...] = ()
    branches: tuple[Branch, ...] = ()


class Idiom(Fact, frozen=True):
    """A way of writing that a call alone doesn't tell."""

    kind: str
    """dated: a comparison with a day that is written down. pattern: features that are taken by a pattern of their
    names, their type, their place, or as all columns but some. wide: settings of over thirty keys, in one mapping.
    chained: a store into a part of a part of a frame. filled: a column of one empty value, of which a part is then
    set. values: the attribute of a frame. picked: columns taken of what a call has just read. chosen: several columns
    taken of a name by a list spelt out, or such a list called the features (no subject). features: such a list, by
    its name. logarithm: of a probability that nothing keeps from zero. switch: of deterministic kernels. swallowed: a
    failed read passed over. muted: all warnings ignored. counted: a frame whose rows or gaps are counted beside
    dropping some. newest: the last file of a listing. settled: a listing whose order goes nowhere. command: run in a
    shell, as far as it is written down. rows: a loop over the rows of a frame that columns could do. turned: a network
    put into eval mode in a loop that takes gradients. patched: an attribute of a package, set to a function or class
    of the module's own. expired: a name, method or argument that its library has taken away since, at the first line
    that uses it. grown: a name bound to itself joined with more, at each turn of a loop that reads it nowhere else.
    handled: a `try` or a branch on a version that goes on without a private part of a package, used in it.
    uncleared: a repeated step of an optimizer along gradients, in a module that clears none."""
    line: int
    end_line: int
    subject: str
    """What it is done to, as written; for picked, swallowed, newest, command the call's name."""
    detail: str = ""
    """The value set, the words that tell what is listed, the command with "?" for what is worked out, the number of
    lines that use it, or of different names that a list holds."""
    scope: str = ""


class HostedUse(Fact, frozen=True):
    """Something that a module does with a hosted language model, or with an index of vectors."""

    kind: str
    """model: a name that its maker may give to another model. default: made without naming a model. prompt: a long
    text for a model. index: an index of vectors that is kept. parsed: a completion's text taken apart. chained: put
    into another prompt. acted: run, sent or deleted by."""
    line: int
    end_line: int
    subject: str
    """The model's name, what holds the prompt, or the callee."""
    detail: str = ""
    """Of an index, what its module does not record: model, source, date."""
    scope: str = ""
    at: int = 0
    """Line of the call that gave the text."""
    size: int = 0
    """Words of a prompt; how often a model is named."""
    bounded: bool = False
    """Its function holds the text against a schema (parsed), or a limit (acted)."""


class FlagRead(Fact, frozen=True):
    """A call that asks a system of feature flags, or what looks like one, for a flag by its key."""

    key: str
    line: int
    end_line: int
    library: str = ""
    """The library of flags that the module imports, "" where it imports none: then it may be about anything else."""
    scope: str = ""


class CellFacts(Fact, frozen=True):
    """One cell of a notebook."""

    kind: str
    """code | markdown | raw"""
    lines: int
    start: int = 0
    """Where its code begins in the concatenated source, 1-based; 0 when it is not code or did not parse."""
    execution_count: int | None = None
    error: bool = False
    """An output of type error."""
    parsed: bool = True
    digest: str = ""
    """Of its source, white space folded: copies of cells count once."""
    sets_up: bool = False
    """Nothing but imports, settings of what it imports, and prints."""


class NotebookFacts(Fact, frozen=True):
    format: int
    cells: tuple[CellFacts, ...] = ()
    output_bytes: int = 0
    language: str = "python"
    parameters: bool = False
    """A cell tagged `parameters` (papermill)."""
    early: tuple[tuple[str, int], ...] = ()
    """(name, line) of names that a cell uses above the cell that first defines them."""
    installs: tuple[str, ...] = ()
    """Words after `pip install` or `conda install` in its cells, options left out, in their order, each once."""
    platform: str = ""
    """colab | kaggle | sagemaker | "": which hosted platform it was made for, by its metadata, badge or paths."""


class SettingUse(Fact, frozen=True):
    """A use of what a name such as cfg, args or settings stands for; the longest chain written, once each."""

    root: str
    """As written: "cfg", "self.config"."""
    path: str
    """The keys after it, joined by dots; "*" for a key that is worked out when the code runs."""
    line: int
    scope: str = ""
    how: str = ""
    """set | called (the last key is a method) | unpacked (`**`) | named (bound to a name alone) | tested
    (`"key" in cfg`; its line is not told) | "" (read)"""


class Settings(Fact, frozen=True):
    """What a file says that bears on settings."""

    uses: tuple[SettingUse, ...] = ()
    names: str = ""
    """Distinct names, attributes and keywords that the code uses, sorted, with blanks between."""
    texts: str = ""
    """Distinct short strings without blanks (keys, file names, dotted targets), sorted, with blanks between."""
    guards: tuple[SettingUse, ...] = ()
    """Those that the condition of a branch tests by themselves, or against a constant; how: "" or "compared"."""


class Unmentioned(Fact, frozen=True):
    """A function or class at the top of a module that does not mention it again."""

    name: str
    line: int
    end_line: int
    code_lines: int


class CodeFacts(Fact, frozen=True):
    """What may be asked of any Python file."""

    imports: tuple[Import, ...] = ()
    calls: tuple[Call, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def function_names(self) -> tuple[str, ...]:
        """Of all functions, in the order of the source."""
        raise NotImplementedError


class ModuleOfTests(CodeFacts, frozen=True):
    """A module of tests, of which nothing else is read. It is no product: what is asked of the product alone is no
    field here, so that nothing can take it for looked for and not found."""

    defined: tuple[str, ...] = ()

    @property
    def function_names(self) -> tuple[str, ...]:
        return self.defined


class PythonFacts(CodeFacts, frozen=True, kw_only=True, dict=True, gc=True):
    """What a Python module says that is no test, or the code cells of one notebook."""

    lines: int
    code_lines: int
    comment_lines: int = 0
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    commented_code: tuple[CodeBlock, ...] = ()
    paths: tuple[PathLiteral, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    declared: tuple[tuple[int, int], ...] = ()
    """First and last lines of fields of classes, options of command lines and docstrings, which the fingerprints leave
    out; told where there is one."""
    coded: bytes = b""
    """A bit for each line, the first one lowest: whether it is code; told where there is a fingerprint."""
    name_uses: tuple[tuple[str, int], ...] = ()
    """(top-level module, how often a name bound to it is used), sorted."""
    main_line: int = 0
    """Line of `if __name__ == "__main__"`, 0 without one."""
    top_level_lines: int = 0
    """Executable lines outside functions and classes."""
    documented: bool = False
    notebook: NotebookFacts | None = None
    environment: tuple[tuple[str, int], ...] = ()
    """(name, line) of literal environment reads."""
    bound_at_top: tuple[str, ...] = ()
    """Names that the module binds at its top level: constants, functions, classes."""
    trials: tuple[tuple[int, int], ...] = ()
    """First and last line of each `if` (with its else) that asks the environment or a switch such as debug; told of
    files that may limit something, by rows, steps or parts of a frame."""
    kept_copies: tuple[tuple[int, int], ...] = ()
    """First and last line of each function or class that is marked `# Copied from a.b.c` for a tool to keep equal."""
    taken: tuple[tuple[int, int], ...] = ()
    """First and last line of each function or class that its head says was taken from another project, by address."""
    flows: tuple[Flow, ...] = ()
    """Leaks, and predictions that feed a fit."""
    endpoints: tuple[Endpoint, ...] = ()
    listens: str = ""
    """local | open | "": where a service that it starts, or an option of its, listens."""
    structure: Structure | None = None
    """None where nothing of it is out of the ordinary."""
    idioms: tuple[Idiom, ...] = ()
    hosted: tuple[HostedUse, ...] = ()
    """Told of modules that import a library of hosted models or a store of vectors."""
    settings: Settings | None = None
    """None where nothing says that it has any."""
    acts: bool = False
    """Importing it does something: a loop or a call stands by itself at its top level."""
    unmentioned: tuple[Unmentioned, ...] = ()
    """Undecorated; none where the module's names may be asked for as text, as by `globals()`."""
    scripts: tuple[str, ...] = ()
    """Paths of Python files that are strings or that an operator of a DAG runs, sorted."""
    packages_named: tuple[str, ...] = ()
    """Dotted names that begin a string, sorted; told of files that import modules by names worked out at run time."""
    predictions: tuple[PredictionUse, ...] = ()
    """Told of modules that predict or serve."""
    refuses: bool = False
    """It asserts or raises something; told of modules in whose source a name begins with read_ or scan_."""
    flags: tuple[FlagRead, ...] = ()
    wide_calls: tuple[tuple[str, int], ...] = ()
    """(method, the most that a call of it gives by place) of the calls of methods with over five arguments, sorted."""
    job_requirements: tuple[str, ...] = ()
    """Requirements, as written, of the jobs and steps that the code starts, sorted."""
    job_images: tuple[str, ...] = ()
    """Images of containers in which they run, as written, sorted."""
    exported: bool = False
    """The module is a notebook, saved as a script by a tool that left its marks."""
    holders: tuple[str, ...] = ()
    """Words of the names of those who hold the copyright, as its head has them, in small letters, sorted."""

    @property
    def function_names(self) -> tuple[str, ...]:
        return tuple([item.name for item in self.functions])

    def is_taken(self, line: int) -> bool:
        """Whether a line lies in what was taken from another project: its form is no choice of who keeps it here."""
        return any(first <= line <= last for first, last in self.taken)

    @cached_property
    def derived(self) -> dict[object, Any]:
        """What analyses derived of these facts: no part of them, neither compared nor stored."""
        return {}


# ---------------------------------------------------------------- everything else in a repository


class Requirement(Fact, frozen=True):
    """One dependency as declared or locked. `name` is normalised (PEP 503)."""

    name: str
    line: int
    pin: str
    """exact | hashed | range | open | git | git-commit | url | local"""
    specifier: str = ""
    group: str = "runtime"
    """runtime | dev | optional:<name> | build"""
    marker: str = ""
    extras: tuple[str, ...] = ()
    """Extras it asks for, normalised: ("pg8000",) of "cloud-sql-python-connector[pg8000]"."""


class PackagingFacts(Fact, frozen=True):
    """One file that declares or locks dependencies."""

    manager: str
    """pip | setuptools | poetry | pdm | uv | pep621 | pipenv | conda | hatch"""
    role: str
    """declaration | lock | constraints | export (a generated pin list of another file)"""
    requirements: tuple[Requirement, ...] = ()
    python: str = ""
    project: str = ""
    scripts: tuple[tuple[str, str], ...] = ()
    """(command, target) of console scripts."""
    includes: tuple[str, ...] = ()
    """Other requirement files it names, as written."""
    dynamic: bool = False
    """It computes its dependencies, so what is read here may be incomplete."""
    libraries: tuple[str, ...] = ()
    """Import names that the file maps or provides (packages = [...])."""
    people: bool = False
    """It names an author or maintainer with an address."""
    none_needed: bool = False
    """It says in so many words that nothing is needed to run it: an empty list."""


class Command(Fact, frozen=True):
    line: int
    text: str


class CiFacts(Fact, frozen=True):
    """One CI definition. A workflow that runs no test is not CI (catalogue 12.2, plan)."""

    system: str
    commands: tuple[Command, ...] = ()
    runs_tests: bool = False
    test_lines: tuple[int, ...] = ()
    triggers: tuple[str, ...] = ()
    scheduled: bool = False
    uses: tuple[str, ...] = ()
    """Actions, orbs, images and templates it names."""
    labels: tuple[tuple[str, int], ...] = ()
    """(name as shown, line) of its stages, jobs and steps, in the order of the file."""


class Setting(Fact, frozen=True):
    """One key of a configuration file: dotted path, literal value as text (cut at 120), line (0: not known)."""

    key: str
    value: str
    kind: str
    """number | string | boolean | null | list | reference"""
    line: int = 0


class ConfigFacts(Fact, frozen=True):
    format: str
    """yaml | toml | json | ini | env"""
    settings: tuple[Setting, ...] = ()
    documents: int = 1
    lines: int = 0
    template: bool = False
    truncated: bool = False
    """More keys than the reader's limit: the rest was not kept."""


class DockerFacts(Fact, frozen=True):
    images: tuple[tuple[str, int], ...] = ()
    """(image as written, line), build stages left out."""
    commands: tuple[Command, ...] = ()


class TaskFacts(Fact, frozen=True):
    """Makefile, justfile, tox, nox, Taskfile, docker compose, devcontainer, MLproject, dvc.yaml: named commands; and a
    shell script, which has no targets."""

    tool: str
    targets: tuple[tuple[str, int], ...] = ()
    commands: tuple[Command, ...] = ()


class DocFacts(Fact, frozen=True):
    """README, model card, contributing guide and other prose."""

    kind: str
    """readme | model-card | datasheet | contributing | runbook | checklist | changelog | prose"""
    headings: tuple[tuple[str, int], ...] = ()
    commands: tuple[Command, ...] = ()
    """Lines of its fenced or indented shell blocks."""
    modules: str = ""
    """Distinct paths of Python files, and dotted names after `import` or `from` or in a directive that documents them,
    sorted, blanks between."""
    words: int = 0
    checks: tuple[str, ...] = ()
    """Of purpose, set-up, run, data, contact: those it covers."""
    front_matter: tuple[str, ...] = ()
    """Keys of its YAML front matter."""
    teaches: bool = False
    """A README that says the repository is a course, a workshop, a book's code or a set of tutorials."""
    enters_contest: bool = False
    """A README that says the repository is an entry to a contest."""
    installs: tuple[str, ...] = ()
    """Of a README: distributions that its sentences say to install, or whose page on the index it links, sorted."""
    english: bool = True
    """False of a README whose prose is in another language, which the checks don't understand."""


class OwnersFacts(Fact, frozen=True):
    rules: tuple[tuple[str, tuple[str, ...], int], ...] = ()
    """(pattern, owners, line)"""


class LicenceFacts(Fact, frozen=True):
    text: str = ""
    """apache | mit | bsd | gpl | ...; "" another."""
    holders: tuple[str, ...] = ()
    """Words of the names of those who hold the copyright, in small letters, sorted."""


class DeclarationFacts(Fact, frozen=True):
    """debtboard.toml (contracts, section 4). `problems`: (line, sentence) for each unknown key or bad value."""

    exclude: tuple[str, ...] = ()
    components: tuple[tuple[str, str, str], ...] = ()
    """(path, team, profile)"""
    models: tuple[tuple[str, str, str, int], ...] = ()
    """(name, entry point, owner, line)"""
    consumers: tuple[tuple[str, tuple[str, ...], int], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    experiments: tuple[tuple[str, str, int], ...] = ()
    attestations: tuple[tuple[str, float, str, str, str, int], ...] = ()
    """(test, credit, by, evidence, on as ISO date, line)"""
    problems: tuple[tuple[int, str], ...] = ()


class DbtText(Fact, frozen=True):
    """What the templates of a text in SQL ask of dbt; none is ever rendered."""

    refs: tuple[tuple[str, int], ...] = ()
    """(model, line) of each `ref`, in the order of the text."""
    sources: tuple[tuple[str, int], ...] = ()
    """("source.table", line) of each `source`."""
    settings: tuple[tuple[str, str], ...] = ()
    """(name, value as written, bare of quotes) of what its templates set: enabled, materialized, unique_key."""
    counts_groups: bool = False
    """It keeps groups by a condition (having)."""
    multiplies: bool = False
    """It joins, unites or unfolds, so that rows can become more."""
    one_per_key: bool = False
    """Its last select groups, sums up or picks one of each, or templates write all of it."""


class TextFacts(Fact, frozen=True):
    """Any other text that is code: its language is known from the path, its size from here."""

    code_lines: int
    scripts: tuple[str, ...] = ()
    """Python files and notebooks that a shell script names, as written, sorted."""
    tables: tuple[tuple[str, int], ...] = ()
    """(name, line) of the tables that a text in SQL names in full: "schema.table"."""
    dbt: DbtText | None = None
    """Of a text in SQL with templates that speak to dbt."""
    words: str = ""
    """Of a shell script: the distinct words that stand where a command may begin, sorted, with blanks between."""


class AdmissionFacts(Fact, frozen=True):
    """The admitted debt of an older version of a file, read without parsing it: how old is a comment?"""

    texts: tuple[str, ...]


class CutOffFacts(Fact, frozen=True):
    """The code of an older version of a Python file, read without parsing it."""

    lines: tuple[str, ...]
    """The lines that compare something with a number, white space folded, sorted."""
    numbers: tuple[str, ...] = ()
    """Each number of the code with how often it stands there, sorted; comments, strings and imports are no code."""
    names: tuple[int, ...] = ()
    """A check sum of each name of the code with how often it stands there, sorted."""


class UnparsedFacts(Fact, frozen=True):
    """A Python file that does not parse. What it does nobody knows; what it never speaks of, it does not use."""

    reason: str
    words: str
    """All that may be a name in it, comments and strings included: sorted, each once, parted by blanks."""


class AlgorithmFacts(Fact, frozen=True):
    """What an older version of a Python file chooses to learn with, read without parsing it."""

    chosen: tuple[str, ...] = ()
    """Short names of algorithms: classes that it calls, names of models that it asks for; sorted."""
    classes: tuple[tuple[str, str], ...] = ()
    """(name, its methods) of the classes that it defines, sorted."""


FileFacts = (
    ModuleOfTests
    | PythonFacts
    | PackagingFacts
    | CiFacts
    | ConfigFacts
    | DockerFacts
    | TaskFacts
    | DocFacts
    | OwnersFacts
    | LicenceFacts
    | DeclarationFacts
    | TextFacts
    | AdmissionFacts
    | AlgorithmFacts
    | CutOffFacts
    | UnparsedFacts
)

ReadFunction = Callable[[bytes], FileFacts]
"""A reader's function: the bytes of one file -> its facts; raises Unreadable with a reason."""


class Refusal(Fact, frozen=True):
    """Why a file could not be read: a reasoned entry of coverage.skipped, never "clean"."""

    reason: str
    passing: bool = False
    """It speaks of this machine or this copy, not of the bytes: it is told, and not kept."""


# ---------------------------------------------------------------- a file in its place


class FileEntry(msgspec.Struct, frozen=True):
    """One path of a snapshot, with what its blob says."""

    path: str
    blob: str
    """40 or 64 hex digits."""
    size: int | None
    language: str
    """identify's tag: python, jupyter, r, c++, shell, sql, yaml, ...; "" unknown."""
    roles: frozenset[str]
    """Of: test, example, docs, generated, migration, config, ci, packaging, task, notebook, research
    (see `scoring.readers.places`)."""
    facts: tuple[FileFacts, ...] = ()
    """By each reader that reads such a path; empty when none does, or when it was refused."""
    skipped: str = ""
    """Why it was not read though a reader would have; "" when it was."""
    words: str = ""
    """Of Python that does not parse: all that may be a name in it, parted by blanks."""


# ---------------------------------------------------------------- history


class AlgorithmSwap(msgspec.Struct, frozen=True, kw_only=True):
    """A past change of algorithm: one commit, or several of one author within seven days."""

    commits: tuple[str, ...]
    """The oldest first."""
    at: datetime
    """Of the last of them."""
    before: tuple[str, ...]
    """Chosen no more; empty where an algorithm joined others."""
    after: tuple[str, ...]
    files: tuple[str, ...]
    """All that changed with it, tests left out."""
    path: str
    """Where the new choice stood then."""
    weight: float = 1.0
    """One half where an algorithm only joined others."""
    config_only: bool = False


class CutOffAge(msgspec.Struct, frozen=True):
    """Since when a cut-off stands as it does, and what its model is made from."""

    path: str
    key: str
    """The comparison, white space folded, or the setting and its value."""
    since: datetime
    models: tuple[str, ...] = ()
    """Models that git keeps, or files that point to one."""
    changes: tuple[tuple[datetime, str], ...] | None = None
    """(when, path) of the changes since: of the kept models if there are any, else of the code that trains; None where
    neither is known."""


class SiblingEdit(msgspec.Struct, frozen=True, kw_only=True):
    """One commit that made the same change to several configuration files of one kind."""

    commit: str
    at: datetime
    keys: tuple[str, ...]
    """Keys that got one and the same value in each of the files, or left each of them; sorted."""
    paths: tuple[str, ...]
    """Where the files stand now, sorted; those that are gone are left out."""
    files: int
    """How many the commit changed so."""


class AdmittedBefore(msgspec.Struct, frozen=True, kw_only=True):
    """The comments of admitted debt that stood in Python modules a year before the moment. Of the modules that have
    changed since and admit nothing any more a part is read, and counts for all of them."""

    seen: int
    """Those that were read."""
    stood: float
    standing: float
    """Of those that stood: there still, in the same module or in another."""


class HistoryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the ancestors of one commit say at one moment (catalogue 3.6). Each share or figure is None when its
    stated minimum is not met or the history could not be read; `reason` says why the whole is missing."""

    commits: int = 0
    reason: str = ""
    authors_12m: int | None = None
    newcomers_24m: int | None = None
    truck_factor: int | None = None
    language_factors: tuple[tuple[str, int, int], ...] | None = None
    """(language, truck factor, files that have an author) of the code in several languages; None under 4 authors."""
    solo_files: tuple[str, ...] = ()
    """ML-critical files with exactly one author by degree of authorship."""
    authored_files: int = 0
    """ML-critical files that have an author at all: the population of solo share."""
    hot_files: tuple[str, ...] = ()
    """Top-decile hotspots among ML-critical files."""
    hot_solo_files: tuple[str, ...] = ()
    ramp_days: float | None = None
    ramp_population: int = 0
    breadth: float | None = None
    churn_12m: Mapping[str, int] = {}
    """path -> revisions in the 365 days before the moment, for files of the snapshot."""
    service_commits: int | None = None
    commits_90d: int | None = None
    deleting_commits: int | None = None
    commits_12m: int | None = None
    wall_overlap: float | None = None
    research_authors: int | None = None
    production_authors: int | None = None
    model_cochange: float | None = None
    model_commits: int = 0
    coupling_degree: float | None = None
    coupled: tuple[tuple[str, str, float], ...] = ()
    """(file, file, degree), strongest first."""
    coupling_population: int = 0
    readme_age_days: float | None = None
    entry_points_changed: float | None = None
    """Share of entry points changed since the README was."""
    last_change: Mapping[str, datetime] = {}
    """path -> when it last changed, for files of the snapshot."""
    old_comments: tuple[tuple[str, int], ...] | None = None
    """(path, line) of admitted-debt comments that already stood a year before the moment; None: not looked up."""
    admitted_before: AdmittedBefore | None = None
    """None: not looked up, or nothing stood a year before."""
    untraced_commits: int | None = None
    """Of the commits in 12 months: those that came to the main line directly and name no review."""
    config_commits: int | None = None
    """Commits in 12 months that touch configuration."""
    config_untraced: int | None = None
    config_repairs: int | None = None
    """Of them: change nothing else, and repair an earlier one."""
    addition_files: float | None = None
    """Median files of a commit in 12 months that adds something to ML files."""
    additions: int = 0
    swaps: tuple[AlgorithmSwap, ...] | None = None
    """The last ten changes of algorithm in 24 months, newest first; None: not looked up."""
    swap_changes: int = 0
    """Changes in 24 months of files that choose an algorithm."""
    swap_unread: int = 0
    """Of them: not read, past the limit or missing from this copy."""
    cut_offs: tuple[CutOffAge, ...] | None = None
    """Cut-offs of which it is known, by place; None: not looked up."""
    sibling_edits: tuple[SiblingEdit, ...] | None = None
    """Edits in 12 months that were made in five sibling configurations or more, newest first; None: not known."""
    production_commits: int | None = None
    """Changes of production code in two years, one for each commit and its author."""
    strange_commits: int | None = None
    """Of them: by people who changed no experiment in these two years."""


LEFT_OUT = "excluded by the component's settings"
"""Why a path is in `Component.excluded` that an operator or a team left out, and no rule of the catalogue."""
LINK = "symbolic link"
"""Why a link went unread; what it leads to is read where it lies."""


class Flag(Fact, frozen=True):
    """A feature flag as an export tells it. A date is None where the export says none."""

    key: str
    value: str | None = None
    """What everyone gets in every environment that the export holds, as JSON; None where not all get the same."""
    changed_at: datetime | None = None
    """When its configuration was last changed, in any environment."""
    archived: bool = False
    archived_at: datetime | None = None
    stale: bool = False
    """The system itself marks it so."""
    kept: bool = False
    """A kill switch, a permission, or marked as permanent: made to stay."""
    told: bool = True
    """The export says what people get: without it, no value is not "not all the same"."""


class FlagExport(msgspec.Struct, frozen=True, kw_only=True):
    """The flags of one system, as somebody handed them over."""

    system: str
    """LaunchDarkly, Unleash, Flagsmith or flagd."""
    taken_at: datetime
    """The moment that it speaks of: before it, only what it dates is known."""
    flags: tuple[Flag, ...]
    """Sorted by key."""
    complete: bool = True
    """It does not say that there are more flags than it holds."""
    digest: str = ""
    """16 hex digits over what is read of it."""


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the debts may read about one component at one commit and one moment."""

    path: str
    """"" for the root of the repository."""
    profile: str
    as_of: datetime
    commit: str
    committed_at: datetime
    files: tuple[FileEntry, ...]
    """Sorted by path; excluded files are not in it."""
    excluded: tuple[tuple[str, str], ...] = ()
    """(path, reason), shown in the coverage."""
    history: HistoryFacts | None = None
    complete: bool = True
    """The tree was listed whole."""
    declaration: DeclarationFacts | None = None
    flags: FlagExport | None = None
    """None where nobody handed an export over."""
