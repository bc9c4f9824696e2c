"""Whether a path is one of tests, by its names alone: such a file is no product, and of its Python less is read."""

import re
from functools import lru_cache

_FOLDER = re.compile(
    r"^_{0,2}tests?_{0,2}$|^testing$|^(?:unit|integration|functional|smoke|regression|e2e|system)[_-]?tests?$"
    r"|^.+[_-]tests$|^tests[_-].+$|^test[_-]?(?:data|files|utils|fixtures|resources|assets|cases|suite|helpers|support)$"
    r"|^fixtures$|^e2e$"
)
_FILE = re.compile(
    r"^test_.*\.(?:py|ipynb|r|sh)$|^tests\.py$|_tests?\.(?:py|go|cc|cpp|rb)$|^conftest\.py$|[._-](?:test|spec)\.[jt]sx?$"
    r"|(?:test|tests|spec)\.(?:java|scala|kt|cs|swift)$"
)


def is_of_tests(lower: str) -> bool:
    """Whether a path in lower case is named as a test, or lies in a folder of tests."""
    *folders, name = lower.split("/")
    return _FILE.search(name) is not None or any(map(_holds_tests, folders))


@lru_cache(maxsize=4096)
def _holds_tests(folder: str) -> bool:
    return _FOLDER.search(folder) is not None
