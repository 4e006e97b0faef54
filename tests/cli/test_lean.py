"""The command starts without what it does not use, and codes the same."""

import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from dateline.cli import app
from dateline.cli.lean import HOMES, Group, one_thread

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


def test_coding_imports_no_other_command_and_no_table_library() -> None:
    script = (
        "import sys; from dateline.cli import app; from typer.testing import CliRunner; "
        "done = CliRunner().invoke(app, ['code', '-', '--lexicon-only'], input='Troops left Iraq.'); "
        "print(done.exit_code, 'RETREAT' in done.output, "
        "sorted(sys.modules.keys() & {'pyarrow', 'narwhals', 'dateline.cli.archive'}))"
    )
    assert run(script) == "0 True []"


def test_every_command_is_named_and_explained() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    assert list(group.commands) == list(HOMES)
    assert all(command.help for command in group.commands.values())


def test_a_mistyped_command_is_answered_with_the_right_one() -> None:
    done = CliRunner().invoke(app, ["timelime", "news.dateline"])
    assert done.exit_code == 2
    assert "'timeline'" in done.output


def test_numpy_keeps_to_the_threads_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.setenv("MKL_NUM_THREADS", "2")
    del os.environ["MKL_NUM_THREADS"]
    one_thread()
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["MKL_NUM_THREADS"]) == ("3", "1")
