-- What the office gives its laptops, and what each of them holds.

-- At the office: how it gives to a laptop. A snapshot is due until the laptop confirmed number `anew`.
CREATE TABLE giving (
    laptop INTEGER PRIMARY KEY REFERENCES actor (number),
    everything INTEGER NOT NULL DEFAULT 0,
    people INTEGER NOT NULL DEFAULT 0,
    anew INTEGER NOT NULL DEFAULT 0,
    believed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Up to which number of each writer the office has looked what a laptop must get.
CREATE TABLE given_cursor (
    laptop INTEGER NOT NULL REFERENCES actor (number),
    source INTEGER NOT NULL REFERENCES actor (number),
    upto INTEGER NOT NULL,
    PRIMARY KEY (laptop, source)
) STRICT, WITHOUT ROWID;

-- Given lines that are a change of the log: never a copy, so an erasure reaches them.
CREATE TABLE given_change (
    laptop INTEGER NOT NULL REFERENCES actor (number),
    number INTEGER NOT NULL,
    source INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (laptop, number),
    FOREIGN KEY (source, seq) REFERENCES change (actor, seq) ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX given_change_source ON given_change (source, seq);

-- The clients on each laptop as the office knows it. number: of the line that said it; state: MADE there,
-- TAKEN along, or RELEASED and not yet gone; due: all older changes are still to be given.
CREATE TABLE at_laptop (
    laptop INTEGER NOT NULL REFERENCES actor (number),
    client_id TEXT NOT NULL,
    state TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    until TEXT,
    number INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (laptop, client_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX at_laptop_client ON at_laptop (client_id);

INSERT INTO at_laptop (laptop, client_id, state, since_ms, due)
SELECT change.actor, record_id, 'MADE', min(hlc) >> 16, 1
FROM change JOIN actor ON actor.number = change.actor
WHERE role = 'laptop' AND kind = 'client' AND patch IS NOT NULL AND (SELECT role FROM device) = 'office'
GROUP BY change.actor, record_id;

-- On a laptop: how the office gives to it. worth: the last number worth confirming; heard: what the office knows.
CREATE TABLE scope (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    everything INTEGER NOT NULL DEFAULT 0,
    people INTEGER NOT NULL DEFAULT 0,
    worth INTEGER NOT NULL DEFAULT 0,
    heard INTEGER NOT NULL DEFAULT 0
) STRICT;

-- On a laptop: the clients taken along, until when, and whether they leave as soon as nothing is unsent.
CREATE TABLE along (
    client_id TEXT PRIMARY KEY,
    until TEXT,
    leaving INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- On a laptop: what the office must still be told: clients who are here (1), or who left (0).
CREATE TABLE holding_due (
    client_id TEXT PRIMARY KEY,
    here INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- On a laptop: the index of people, to hint at doubles.
CREATE TABLE person_hint (
    client_id TEXT PRIMARY KEY,
    client_no TEXT,
    first_name TEXT,
    last_name TEXT,
    birth_date TEXT,
    place TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX person_hint_birth_date ON person_hint (birth_date);
