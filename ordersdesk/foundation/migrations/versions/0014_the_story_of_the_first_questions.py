"""The questions of the first release have their story."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision: str | None = "0013"

# What orders waited for in the first release became approvals without a story: two lines tell how they were asked.
STORY = """
INSERT INTO timeline (kind, document_id, at, by, verb, from_state, to_state, rule, note, details)
SELECT 'approval', a.id, a.created_at, a.created_by, {verb}, '', '{{}}'
FROM approval a WHERE a.state = 'waiting'
    AND NOT EXISTS (SELECT 1 FROM timeline t WHERE t.kind = 'approval' AND t.document_id = a.id AND t.verb = {name})
    AND NOT EXISTS (SELECT 1 FROM timeline t WHERE t.kind = 'approval' AND t.document_id = a.id AND t.verb = 'ask')
ORDER BY a.id
"""


def upgrade() -> None:
    """Take the step."""
    op.execute(STORY.format(verb="'begin', '', 'later', ''", name="'begin'"))
    op.execute(STORY.format(verb="'ask', 'later', 'waiting', 'ORD-13'", name="'ask'"))
