-- The audit trails of laptops, kept at the office, so that a cut tail is seen there (FORMAT.md §14).

-- Up to where the office holds a laptop's trail: at the office one row for each laptop; a laptop has its own.
CREATE TABLE trail (
    actor INTEGER PRIMARY KEY REFERENCES actor (number),
    part INTEGER NOT NULL,
    number INTEGER NOT NULL,
    chain BLOB NOT NULL
) STRICT;

-- Entries of laptops. A new part begins where the trail did not fit; what was held before stays as evidence.
CREATE TABLE trail_entry (
    actor INTEGER NOT NULL REFERENCES actor (number),
    part INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    user TEXT,
    device TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    chain BLOB NOT NULL,
    PRIMARY KEY (actor, number, part)
) STRICT, WITHOUT ROWID;

-- Where the trail of a laptop did not fit, with the chain value that came instead, and who has seen it.
CREATE TABLE trail_break (
    actor INTEGER NOT NULL REFERENCES actor (number),
    number INTEGER NOT NULL,
    chain BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    seen_ms INTEGER,
    seen_by TEXT,
    PRIMARY KEY (actor, number, chain)
) STRICT, WITHOUT ROWID;
