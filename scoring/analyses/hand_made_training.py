"""Training spread over machines by hand, where the framework does it (abs.6)."""

import re

from scoring.analyses.calls import calls_where
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

_TORCH = re.compile(r"torch\.distributed\.(?:all_reduce|reduce|broadcast|reduce_scatter)(?:_multigpu|_coalesced)?$")
_MPI = re.compile(r"mpi4py\.MPI\..*\.(?:i?all_?reduce|i?reduce|i?bcast)$", re.IGNORECASE)
_HOROVOD = re.compile(r"horovod\.\w+(?:\.mpi_ops)?\.(?:grouped_)?allreduce(?:_async)?_?$")
_OF_WEIGHTS = re.compile(
    r"grad|params?(?:_|$)|param(?:eter)?s|weights?(?:_|$)|distributeddataparallel|average_(?:model|net)|sync_(?:model|net)|rescale_tensors",
    re.IGNORECASE,
)
"""In the name of a function or class: what it sends around is what training changes. The rest sums up measures."""
_REDUCES = re.compile("reduce", re.IGNORECASE)
"""Weights that are only handed out from one process at the start leave the steps to the framework."""
_SYNCING = re.compile(r"(?:^|/)(?:[^/]*_)?mpi(?:_[^/]*)?\.py$", re.IGNORECASE)
"""A module that is there to send values around for a trainer beside it."""

_sends = calls_where(
    lambda name: _TORCH.match(name) is not None or _MPI.match(name) is not None or _HOROVOD.match(name) is not None
)


def hand_made_training(view: View) -> Answer:
    """Files that average gradients or weights over processes by themselves, per 10 KLOC of ML code."""
    if is_library(view):
        return NotApplicable("a library may offer what others would have to write")
    files = [file for file in view.product_once if _sends(file.facts)]
    if not files:
        unread = view.python_unseen
        return Unknown("Python went unread") if unread else NotApplicable("no process sends another anything")
    hits = [placed(hit, file) for file in files for hit in _hits_in(file)]
    return Measure(len(hits) / view.ten_klocs, len(files), tuple(hits))


def _hits(file: PythonFile) -> tuple[Hit, ...]:
    """One for each file."""
    by_module = _SYNCING.search(file.path) is not None
    found = [call for call in _sends(file.facts) if by_module or _OF_WEIGHTS.search(call.scope)]
    reduced = [call for call in found if _REDUCES.search(call.name)]
    return (_hit(reduced, len(found)),) if reduced else ()


_hits_in: Memo[PythonFile, tuple[Hit, ...]] = Memo(_hits)


def _hit(calls: list[Call], sent: int) -> Hit:
    first = calls[0]
    callee = first.name.rpartition(".")[2]
    calls_in = "call in" if sent == 1 else "calls in"
    where = f"`{first.scope}`" if first.scope else "This module"
    return Hit(
        line=first.line,
        end_line=first.end_line,
        key="averaged by hand",
        symbol=first.scope,
        message=f"{where} sends gradients or weights between processes by hand ({callee}, {sent} {calls_in} this "
        "file): overlap, buckets, mixed precision and failures are then this project's to get right, and the framework "
        "has them.",
        evidence={"calls": sent},
    )
