"""Starting the command without what it does not use."""

from __future__ import annotations

import sys
from types import ModuleType


def skip_spacy_commands() -> None:
    """Let ``import spacy`` leave out spaCy's own command line, which takes a third of its time.

    spaCy imports all of its commands, and what they need to train, download and
    talk to servers, for the one function ``spacy.info``. It is None afterwards, so
    this is for a process that is ours: the command ``dateline``, and none that
    uses dateline as a library. Nothing happens where spaCy is loaded already.
    """
    if "spacy" in sys.modules:
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    vars(info)["info"] = None
    sys.modules[commands.__name__] = commands
    sys.modules[info.__name__] = info
