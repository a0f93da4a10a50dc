-- Where each user was when the window locked, and what was typed that did not fit its field yet.

CREATE TABLE draft (
    user TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    client_id TEXT,
    page TEXT NOT NULL,
    memo TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_client_id ON draft (client_id);
