"""Training that is spread over processes by hand (abs.6)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

TORCH = "import torch\nimport torch.distributed as dist\n\n\ndef {}(items):\n    for x in items:\n        dist.{}(x)\n"
MPI = "import torch\nfrom mpi4py import MPI\n\n\ndef {}(x, out):\n    MPI.COMM_WORLD.Allreduce(x, out, op=MPI.SUM)\n"
LIBRARY = {
    "README.md": "# shop\n\n    pip install shop\n",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
}


@pytest.mark.parametrize("name", ["mean_loss", "merge_results", "synchronize_between_processes", "forward", "barrier"])
def test_sum_of_a_measure_over_processes_is_clear(name: str) -> None:
    check_clear("abs.6", {"train.py": TORCH.format(name, "all_reduce")})


def test_collection_of_results_is_not_asked() -> None:
    check_unknown("abs.6", {"train.py": TORCH.format("gather_grads", "all_gather")})


def test_weights_that_are_handed_out_once_are_clear() -> None:
    check_clear("abs.6", {"train.py": TORCH.format("sync_params", "broadcast")})


def test_wrapper_of_the_framework_is_not_asked() -> None:
    source = (
        "import torch\nfrom torch.nn.parallel import DistributedDataParallel\n\nmodel = DistributedDataParallel(net)\n"
    )
    check_unknown("abs.6", {"train.py": source})


def test_what_a_library_sends_is_not_asked() -> None:
    check_unknown("abs.6", {"shop/sync.py": TORCH.format("average_gradients", "all_reduce"), **LIBRARY})


@pytest.mark.parametrize(
    ("name", "send"),
    [("average_gradients", "all_reduce"), ("sync_params", "all_reduce"), ("reduce_grads", "reduce")],
)
def test_gradients_or_weights_that_are_sent_by_hand_are_found(name: str, send: str) -> None:
    check_found("abs.6", {"train.py": TORCH.format(name, send)}, at=["train.py:7"])


def test_module_of_mpi_beside_a_trainer_is_found_whatever_its_functions_are_called() -> None:
    check_found("abs.6", {"mpi_tools.py": MPI.format("allreduce")}, at=["mpi_tools.py:6"])
    check_clear("abs.6", {"statistics.py": MPI.format("allreduce")})


def test_file_is_told_once() -> None:
    source = TORCH.format("average_gradients", "all_reduce") + "\n\ndef sync_params(x):\n    dist.broadcast(x, 0)\n"
    check_found("abs.6", {"train.py": source}, at=["train.py:7"])
