"""PostgreSQL gathers no statistics of anything.

What it had sampled of ids and moments outlived the rows: whom an alarm alerted, and when, stood there for as long as no
other alarm had come.
"""

from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"

_COLUMNS = {
    "alarm_watches": (
        "alarm_id buddy_id position alerted_at last_alert_at alerts step step_at taken_at holds elsewhere held_back"
    ),
    "alarms": (
        "id person_id check_in_id ordinal stage opened_at since operator_at paused_at resolved_by step step_at "
        "news_at closed_at owes_reactions"
    ),
    "beats": "id at",
    "check_ins": (
        "id person_id stage started_at deadline reminder reminded start_lines nobody_answered grace extended_freely "
        "wrong_words alerting_since round_at news_at follow_up_at operator_checked taken_by holds resolved_by step "
        "step_at closed_at"
    ),
    "deadlines": "id subject_kind subject_id what due_at not_before attempts lease_owner lease_until",
    "details": "id subject_kind subject_id kind at size file_id",
    "drill_parts": "drill_id buddy_id position told_at answered_at",
    "drills": "id person_id started_at",
    "early_receipts": "person_id sent_ms kind at",
    "files": "id",
    "groups": "id created_at",
    "inbox": "id sent_ms server_received_at received_at state attempts changed lease_owner lease_until",
    "invites": "id person_id created_at expires_at used_at",
    "line_receipts": "outbox_id person_id confirmed_at",
    "new_phones": "id owner_id to_id since told",
    "outbox": (
        "id to_person_id to_group_id lane urgent priority lane_rank purpose action check_in_id state attempts "
        "created_at not_before expires_at first_attempt_at settled_at sent_ms delivered_at confirmed_at read_at "
        "failure lease_owner lease_until"
    ),
    "pairings": "id person_id buddy_id state position group_id leaves_at_close created_at active_at left_quietly_at",
    "people": "id words_version created_at",
    "phones": "person_id",
    "resets": "person_id vouched_by until",
    "seals": "id words_cost",
    "terms": "pairing_id ends_at warnings person_renewed buddy_renewed",
    "watches": (
        "check_in_id buddy_id group_id position on_call asked_at phone_checked seen_at alerted_at alerts held_back"
    ),
}


def upgrade() -> None:
    """What was sampled before stays until the database is dumped and restored; there is no release from before."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _COLUMNS.items():
        for column in columns.split():
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
