"""The command starts without what it does not use, and codes the same."""

import subprocess
import sys

SCRIPT = """
import sys
from dateline.cli.lean import skip_spacy_commands
skip_spacy_commands()
from dateline import Coder
coded = Coder(event_model=False).code("Troops left Iraq on Monday.")
print([event.type for event in coded.events], "weasel" in sys.modules)
"""


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=200
    )
    return done.stdout.strip()


def test_spacy_works_without_its_command_line() -> None:
    assert run(SCRIPT) == "['RETREAT'] False"


def test_a_spacy_that_is_loaded_keeps_its_command_line() -> None:
    script = (
        "import spacy; from dateline.cli.lean import skip_spacy_commands; skip_spacy_commands(); "
        "import spacy.cli; print(callable(spacy.info), callable(spacy.cli.info))"
    )
    assert run(script) == "True True"
