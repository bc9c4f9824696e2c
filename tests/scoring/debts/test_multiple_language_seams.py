"""Seams to other languages (mul.2): what enters another runtime, and what only looks so."""

import pytest

from scoring.testing import check_clear, check_found

SIGNAL = "mul.2"


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess\n\nsubprocess.run(['git', 'log'])\n",
        "import subprocess\n\nsubprocess.run(command)\n",
        "import subprocess\n\nsubprocess.run(['grep', 'java'])\n",
        "import ctypes\n\nx = ctypes.c_int(3)\n",
        "try:\n    import rpy2\nexcept ImportError:\n    rpy2 = None\n",
        "from .julia import solve\n",
    ],
)
def test_call_that_stays_in_python_is_clear(code: str) -> None:
    check_clear(SIGNAL, {"run.py": code})


@pytest.mark.parametrize(
    "code",
    [
        "import rpy2.robjects\n",
        "import subprocess\n\nsubprocess.run(['bash', '-c', 'Rscript train.r'])\n",
        "import os\n\nos.system('java -jar tool.jar')\n",
        "import ctypes\n\nlibrary = ctypes.CDLL('fast.so')\n",
    ],
)
def test_call_into_another_runtime_is_found(code: str) -> None:
    check_found(SIGNAL, {"run.py": code})


def test_each_way_of_a_file_counts_once() -> None:
    code = "import subprocess\n\nsubprocess.run('julia a.jl')\nsubprocess.run('julia b.jl')\n"
    check_found(SIGNAL, {"run.py": code}, at=["run.py:3"])
