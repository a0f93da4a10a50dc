-- When the recovery sheet of a recovery key was printed, and when its last signs were typed back from paper.
CREATE TABLE recovery_sheet (
    recipient TEXT PRIMARY KEY,
    printed_ms INTEGER,
    rehearsed_ms INTEGER
) STRICT, WITHOUT ROWID;
