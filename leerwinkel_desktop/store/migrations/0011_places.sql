-- Places where sealed bundles are laid down and fetched, with what it takes to get in there (decision 13).
CREATE TABLE place (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    folder TEXT NOT NULL,
    user TEXT NOT NULL,
    secret TEXT NOT NULL,
    region TEXT NOT NULL,
    host_key TEXT NOT NULL,
    plain INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
