"""What every test shares."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The layer test runs first: where it fails, the rest says little."""
    items.sort(key=lambda item: item.path.name != "test_layers.py")
