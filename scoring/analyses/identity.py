"""Who is one person: .mailmap first, then commits that share an e-mail or a name (catalogue 3.6).

People are numbers here, the first commit's number for each; nothing that leaves the analyses names anybody.
"""

import re

_ENTRY = re.compile(r"^(?P<proper>[^<]*)<(?P<first>[^>]*)>(?P<name>[^<]*)(?:<(?P<second>[^>]*)>)?")
_BOT = re.compile(
    r"\[bot\]$|(?<![a-z0-9])(?:bot|renovate|dependabot|github-actions|pre-commit-ci)(?![a-z0-9])", re.IGNORECASE
)
IMPERSONAL = frozenset({"", "noreply@github.com", "root@localhost", "you@example.com", "none@none", "root", "unknown"})
"""E-mails and names that many people share: they join nobody."""

Signature = tuple[str, str]
"""(name, e-mail)."""


def is_bot(signature: Signature) -> bool:
    """`[bot]` at the end or the whole word bot, or a known service (catalogue 2.4); never the bare letters: Abbott."""
    return any(_BOT.search(part.strip()) for part in signature)


class Mailmap:
    """The rules of one .mailmap, as gitmailmap(5) reads them."""

    def __init__(self, text: bytes) -> None:
        self._by_email: dict[str, Signature] = {}
        self._by_both: dict[Signature, Signature] = {}
        for line in text.decode("utf-8", "replace").split("\n"):
            self._read(line.strip())

    def _read(self, line: str) -> None:
        match = None if line.startswith("#") else _ENTRY.match(line)
        if match is None:
            return
        proper, first, second = match["proper"].strip(), match["first"], match["second"]
        name, old = match["name"].strip().lower(), (first if second is None else second).lower()
        email = "" if second is None else first
        if name and second is not None:
            self._by_both[name, old] = (proper, email)
        else:
            before = self._by_email.get(old, ("", ""))
            self._by_email[old] = (proper or before[0], email or before[1])

    def canonical(self, signature: Signature) -> Signature:
        """The proper name and e-mail; a part that the rules leave open stays as it is."""
        name, email = signature
        rule = self._by_both.get((name.lower(), email.lower())) or self._by_email.get(email.lower())
        return (rule[0] or name, rule[1] or email) if rule else signature


class People:
    """Signatures in the order of their first commit, joined step by step: what a past commit knew is kept apart from
    what only later commits reveal, so that a past week says the same today as it did then."""

    def __init__(self, signatures: list[Signature], mailmap: bytes) -> None:
        rules = Mailmap(mailmap)
        canonical = [rules.canonical(signature) for signature in signatures]
        self.bots = [is_bot(old) or is_bot(new) for old, new in zip(signatures, canonical, strict=True)]
        self._joins = list(_joins(canonical))
        self._known: dict[int, list[int]] = {}
        self._count = len(signatures)

    def persons(self, seen: int) -> list[int]:
        """signature -> person, by the first `seen` signatures alone. The same list for the same answer."""
        steps = sum(1 for later, _, _ in self._joins if later < seen)
        if steps not in self._known:
            parent = list(range(self._count))
            for _, left, right in self._joins[:steps]:
                low, high = sorted((_find(parent, left), _find(parent, right)))
                parent[high] = low
            self._known[steps] = [_find(parent, number) for number in range(self._count)]
        return self._known[steps]


def _find(parent: list[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _joins(signatures: list[Signature]) -> list[tuple[int, int, int]]:
    """(signature that reveals it, one, other) for each pair that an e-mail or a name joins."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for number, (name, email) in enumerate(signatures):
        for kind, text in (("name", name.strip().lower()), ("email", email.strip().lower())):
            if text not in IMPERSONAL:
                other = first.setdefault((kind, text), number)
                if other != number:
                    found.append((number, other, number))
    return found
