"""Shapes of what strict readers found wrong in the draws of ten fresh repositories each, and their twins."""

from tests.judged.shapes import Shape

_SHIM = (
    "import sklearn\nfrom packaging import version\n\n"
    "NEW = version.parse(sklearn.__version__) >= version.parse('0.22')\nif {asked}:\n"
    "    from sklearn.utils._testing import set_random_state\nelse:\n"
    "    from sklearn.utils.testing import set_random_state\n\nset_random_state(1)\n"
)

HANDLED = (
    Shape(
        "a private switch whose failure is passed over",
        "glu.4",
        "torch._C",
        {"bench.py": "import torch\n\ntry:\n    torch._C._jit_set_nvfuser_enabled(False)\nexcept:\n    pass\n"},
        {"bench.py": "import torch\n\ntorch._C._jit_set_nvfuser_enabled(False)\n"},
    ),
    Shape(
        "a private call whose failure is logged",
        "glu.4",
        "torch._C",
        {
            "bench.py": "import logging\nimport torch\n\ntry:\n    torch._C._jit_set_nvfuser_enabled(False)\n"
            "except Exception as error:\n    logging.warning('no fuser: %s', error)\n"
        },
        {
            "bench.py": "import logging\nimport torch\n\ntry:\n    torch._C._jit_set_nvfuser_enabled(False)\n"
            "except Exception as error:\n    logging.warning('no fuser: %s', error)\n    raise\n"
        },
    ),
    Shape(
        "a private module for releases that have it",
        "glu.4",
        "sklearn.utils._testing",
        {"shims.py": _SHIM.format(asked="NEW")},
        {"shims.py": _SHIM.format(asked="sklearn")},
    ),
    Shape(
        "a module that is gone, for releases that have it, by a flag",
        "abs.9",
        "sklearn.utils.testing",
        {"shims.py": _SHIM.format(asked="NEW")},
        {"shims.py": _SHIM.format(asked="sklearn")},
    ),
    Shape(
        "a private name with a fallback",
        "glu.4",
        "torch.hub._get_torch_home",
        {
            "home.py": "try:\n    from torch.hub import _get_torch_home\nexcept ImportError:\n"
            "    _get_torch_home = lambda: '~/.torch'\n\n_get_torch_home()\n"
        },
        {"home.py": "from torch.hub import _get_torch_home\n\n_get_torch_home()\n"},
    ),
)

SHAPES = (*HANDLED,)
