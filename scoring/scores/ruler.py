"""The ruler: which edition of weights, anchors and catalogue ids a score was made with.

Its hash is stored with every score; a change of it marks every trend line. Texts are not part of it.
"""

from hashlib import blake2b

import msgspec

from scoring.catalog.litmus import LITMUS
from scoring.catalog.rubric import RUBRIC_EDITION, TESTS
from scoring.debts import all_signals, while_they_stand
from scoring.scores.answers import RulerStamp

RULER_VERSION = "2026.1"


@while_they_stand
def ruler_stamp() -> RulerStamp:
    """Version, and 16 hex digits over every id, weight, anchor and class.

    An operator's own signals are part of it where they are scored; one that is only shown moves no score.
    """
    rows = [
        (
            signal.id,
            signal.debt,
            signal.source,
            [float(anchor) for anchor in signal.anchors],
            signal.severity,
            signal.precision,
            signal.kind,
            signal.lifecycle,
            signal.group,
            signal.built,
        )
        for signal in all_signals()
        if not signal.own or signal.weight > 0
    ]
    litmus = [
        (
            question.slug,
            [(part.name, [float(anchor) for anchor in part.anchors], part.weight) for part in question.components],
        )
        for question in LITMUS
    ]
    edition = (rows, litmus, RUBRIC_EDITION, [test.slug for test in TESTS])
    digest = blake2b(msgspec.json.encode(edition), digest_size=8).hexdigest()
    return RulerStamp(version=RULER_VERSION, hash=digest)
