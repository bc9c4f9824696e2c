"""Files that declare or lock dependencies: one module for each family of forms."""

from scoring.readers.packaging import conda, locks, pyproject, requirement_files, setup_files

READERS = (
    *requirement_files.READERS,
    *pyproject.READERS,
    *setup_files.READERS,
    *locks.READERS,
    *conda.READERS,
)
