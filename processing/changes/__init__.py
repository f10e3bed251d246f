"""What an outlet changed between two versions of an article: `compare(old, new)`. Pure.

compare      title, sources, and what the two below find
claims       statements: new, gone, and what is now said otherwise of the same event
sentences    sentences: new, gone, edited
likeness     which of several texts is likest, in few steps
records      what a change is
"""

from __future__ import annotations

from processing.changes.compare import compare
from processing.changes.records import Change, ChangeKind

__all__ = ["Change", "ChangeKind", "compare"]
