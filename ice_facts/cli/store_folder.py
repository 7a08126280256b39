"""Which store a call reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ice_facts.errors import StoreError


def store_folder(data: Path | None = None) -> Path | None:
    """Return the folder of the store to use; None stands for the bundled one.

    Links are followed once, here: where a link is exchanged for one to a newer store, the answer
    comes from the old store or from the new one, not from both.
    """
    chosen = data or (Path(env) if (env := os.environ.get("ICE_FACTS_DATA")) else None)
    return _real(chosen) if chosen else None


def _real(folder: Path) -> Path:
    """Return a folder with its links followed.

    Raises:
        StoreError: The folder in which the program was called is not there any more.
    """
    try:
        return Path(os.path.realpath(folder))
    except OSError as error:
        message = f"{folder}: the current folder is not there: {error.strerror}"
        raise StoreError(message, ["change to a folder that is there"]) from error


def overlay_folders(given: Sequence[Path] | None = None) -> tuple[Path, ...]:
    """Return the folders whose records are laid over the store's.

    Those that were given take the place of ``ICE_FACTS_OVERLAY``, which holds one or several,
    divided as in ``PATH``.
    """
    named = os.environ.get("ICE_FACTS_OVERLAY", "").split(os.pathsep)
    chosen = list(given or ()) or [Path(name) for name in named if name]
    return tuple(_real(folder) for folder in chosen)
