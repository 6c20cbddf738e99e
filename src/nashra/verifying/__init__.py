"""An independent look at a built station: the invariants of docs/reliability.md, held against its files.

Nothing here is shared with what writes the station: a fault of the writer must not be one of its judge.
"""

from nashra.verifying.violation import Violation
from nashra.verifying.whole import verify

__all__ = ["Violation", "verify"]
