"""Two nights in an archive, on disk and in memory, loaded."""

from __future__ import annotations

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from tests.erase.made import (
    Nights,
    settle,
)


@pytest.fixture(params=["disk", "memory"])
def nights(request, tmp_path, connection, database_url):
    root = str(tmp_path / "archive") if request.param == "disk" else f"memory://{tmp_path.name}"
    made = Nights(tmp_path, root, database_url)
    made.load()
    settle(connection)
    yield made
    MemoryFileSystem.store.clear()


@pytest.fixture
def on_disk(tmp_path, connection, database_url):
    made = Nights(tmp_path, str(tmp_path / "archive"), database_url)
    made.load()
    settle(connection)
    return made
