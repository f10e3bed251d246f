"""What an article says, sentence by sentence: who did what to whom, where, when, with which numbers, on whose word.

`find_statements(article, fields, tags, profile, vocabulary)` is pure and the same for the same five. Its modules, in the
order in which a statement is made: `lexicon` (the words), `clauses`, `event`, `roles`, `sites`, `numbers`, `when`,
`chain`, `join`.
"""

from __future__ import annotations

from processing.statements.build import find_statements
from processing.statements.records import Statement

__all__ = ["Statement", "find_statements"]
