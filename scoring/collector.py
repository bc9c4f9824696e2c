"""The cyclic garbage collector in a process that scans.

A scan makes records by the hundred thousand that hold no cycles: at Python's own threshold the collector runs after
each few hundred of them, takes a twelfth of the time, and finds next to nothing. So it runs rarely, and what was there
before the first scan is not looked through again.
"""

import gc

NEW_OBJECTS = 400_000
"""Objects made and still alive since the last collection: more than the HEAD of a large repository makes. Python's
own threshold is 700."""
OLDER = 20
"""Collections of a generation before the next older one is collected too."""


def collect_rarely() -> None:
    """For the rest of this process; call it once its modules are imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, OLDER, OLDER)
