"""The errors dateline raises, by whose fault they are.

::

    DatelineError
     ├── InputError        a report or file that cannot be read; the batch goes on
     ├── DataError         a lexicon, ontology, registry or gold file that breaks its schema
     ├── SetupError        something of the installation is missing or does not fit
     └── OutputError       the output cannot be written

A programmer's mistake is a plain ``TypeError`` or ``ValueError``. Every
message says what is wrong, where, and how to mend it.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors that dateline raises on purpose."""


class InputError(DatelineError):
    """A report or an input file that cannot be read."""


class DataError(DatelineError):
    """A data file (lexicon, ontology, registry, gold) that breaks its schema.

    The message begins with ``file:line:`` where the line is known.
    """


class SetupError(DatelineError):
    """Something of the installation is missing; the message names the command that mends it."""


class OutputError(DatelineError):
    """The output cannot be written."""
