-- What this vault trusts: the pinned root key; an office's root secret only until it is on paper; where we stand.
CREATE TABLE trust (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    root BLOB,
    root_waiting TEXT,
    machine TEXT,
    folder TEXT,
    previous TEXT
) STRICT;

-- Keysets and rosters as they were signed; the highest version counts.
CREATE TABLE statement (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    line BLOB NOT NULL,
    PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

-- The office's own keys, also the old ones: they still open what was sealed to them. roster: the first that has it.
CREATE TABLE office_key (
    number INTEGER PRIMARY KEY,
    signing_key BLOB NOT NULL,
    identity TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER,
    roster INTEGER NOT NULL
) STRICT;

-- How another device stands: last number accepted of a stopped one, the roster it knows, its newest bundle, its heir.
CREATE TABLE standing (
    actor INTEGER PRIMARY KEY REFERENCES actor (number),
    last INTEGER,
    roster INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    successor TEXT
) STRICT;

-- What the office's welcome gave this laptop beyond keys.
CREATE TABLE welcome_secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
