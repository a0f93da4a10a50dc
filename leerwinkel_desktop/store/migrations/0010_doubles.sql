-- The same person twice: who stands for whom, what makes people alike, and pairs to decide on.

-- Follows from dossier.merged_into: for each client whose dossier was merged, the client who stands for both.
CREATE TABLE alias (
    client_id TEXT PRIMARY KEY,
    person TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_person ON alias (person);

CREATE INDEX dossier_merged_into ON dossier (merged_into) WHERE merged_into IS NOT NULL;

-- Clients who are compared with somebody when a key is the same (domain/same_person.py).
CREATE TABLE double_key (
    client_id TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (client_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX double_key_key ON double_key (key);

-- Clients whose keys are to be made anew, and those who are then to be compared with all others.
CREATE TABLE key_due (
    client_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO key_due SELECT id FROM client WHERE removed = 0;

CREATE TABLE pair_due (
    client_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Two clients who may be one person; different_by: who said that they are not, and when.
CREATE TABLE double_pair (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    score INTEGER NOT NULL,
    different_by TEXT,
    different_at_ms INTEGER,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX double_pair_second ON double_pair (second);
