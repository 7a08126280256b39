"""Which store a call reads."""

from __future__ import annotations

import os
from pathlib import Path


def store_folder(data: Path | None = None) -> Path | None:
    """Return the folder of the store to use; None stands for the bundled one.

    Links are followed once, here: where a link is exchanged for one to a newer store, the answer
    comes from the old store or from the new one, not from both.
    """
    chosen = data or (Path(env) if (env := os.environ.get("ICE_FACTS_DATA")) else None)
    return Path(os.path.realpath(chosen)) if chosen else None
