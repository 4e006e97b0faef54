"""What worker processes share: loaded once, in the server that they are forked from.

Importing this module loads the pipeline, the registry, the gazetteer, the lexicons and the
models. What a coder of other settings needs beside them is loaded in each process.
"""

from contextlib import suppress

from dateline.coder import WARM, Settings, cached_coder
from dateline.parallel import collect_rarely, keep_loaded

collect_rarely()
with suppress(Exception):  # what fails here fails again, and is told, where it is used
    cached_coder(Settings()).code(WARM, published="2021-07-27")
    keep_loaded()
