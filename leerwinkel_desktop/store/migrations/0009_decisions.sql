-- What somebody here decided between versions of one field, and the change that says so. The values stand in the log
-- alone. undo_*: the change that put back what showed before; from then on it is open again.

CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    user TEXT NOT NULL,
    how TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    field TEXT NOT NULL,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    undo_at_ms INTEGER,
    undo_user TEXT,
    undo_actor INTEGER,
    undo_seq INTEGER,
    FOREIGN KEY (actor, seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE,
    FOREIGN KEY (undo_actor, undo_seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_record_id ON decision (record_id);

CREATE INDEX decision_change ON decision (actor, seq);

CREATE INDEX decision_undo ON decision (undo_actor, undo_seq) WHERE undo_actor IS NOT NULL;

-- The versions that a decision was between.
CREATE TABLE decided_version (
    decision TEXT NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (decision, actor, seq),
    FOREIGN KEY (actor, seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX decided_version_change ON decided_version (actor, seq);
