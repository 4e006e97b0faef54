"""Taking actors over from a Wikidata JSON dump or a FollowTheMoney entities file.

Both are read line by line, twice: first what entries refer to (countries, positions,
occupancies), which is kept in a temporary file, then the entries, which are written as they
come. Memory stays small whatever the size of the file.
"""

from dateline.actors.imports.common import Outcome, Problem, Wanted
from dateline.actors.imports.ftm import import_ftm
from dateline.actors.imports.wikidata import import_wikidata

__all__ = ["Outcome", "Problem", "Wanted", "import_ftm", "import_wikidata"]
