-- The client's rights: who was informed, what was decided, what is erased, and what stays of it in figures.

-- Ids of records that are gone for good: later changes for them are dropped (SECURITY.md §4 "Erase").
CREATE TABLE erased (
    record_id TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One anonymous person each, under a random number: no name, no id, no date finer than a year (DOMAIN.md §9).
CREATE TABLE statistic (
    number INTEGER PRIMARY KEY,
    facts TEXT NOT NULL
) STRICT;

-- Reports that left the house: what they looked at, so that their figures can be kept as they were.
CREATE TABLE publication (
    number INTEGER PRIMARY KEY,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    as_of TEXT NOT NULL,
    programme TEXT NOT NULL,
    location TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    UNIQUE (starts_on, ends_on, as_of, programme, location)
) STRICT;

-- How an anonymous person counted in a published report, where the year alone would not tell.
CREATE TABLE frozen_answer (
    publication INTEGER NOT NULL REFERENCES publication (number),
    statistic INTEGER NOT NULL REFERENCES statistic (number),
    answer TEXT NOT NULL,
    PRIMARY KEY (publication, statistic)
) STRICT, WITHOUT ROWID;

-- Uitleg gegeven
CREATE TABLE informing (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "date" TEXT,
    "text_version" TEXT,
    "how" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX informing_dossier_id ON informing (dossier_id);

-- Beslissing over bewaren
CREATE TABLE retention_decision (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "date" TEXT,
    "decision" TEXT,
    "until" TEXT,
    "reason" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX retention_decision_dossier_id ON retention_decision (dossier_id);
