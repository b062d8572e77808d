"""The words that stand beside names in commands: no name may hold one, or it would swallow what the line says."""

ME = "me"
"""`/confirm me WORD`."""
WITH = "with"
"""`/start 2h with Cy`."""
NOT = "not"
"""`/order Bo not Cy WORD`."""
QUIETLY = "quietly"
"""`/unpair Bo WORD quietly`."""
KINDS = ("timer", "alarm")
"""`/resolve Ana alarm`: how a buddy says which is meant where both are open about one person."""

KEYWORDS = frozenset({ME, WITH, NOT, QUIETLY, *KINDS})
