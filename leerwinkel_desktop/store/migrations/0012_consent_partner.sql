-- With whom: the partner that a person was told of. A column before the last one, so the table is made anew.

CREATE TABLE consent_before AS SELECT * FROM consent;

DROP TABLE consent;

CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "purpose" TEXT,
    "partner" TEXT,
    "state" TEXT,
    "date" TEXT,
    "how" TEXT,
    "witness" TEXT,
    "text_version" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_dossier_id ON consent (dossier_id);

INSERT INTO consent (id, dossier_id, purpose, state, date, how, witness, text_version, removed)
SELECT id, dossier_id, purpose, state, date, how, witness, text_version, removed FROM consent_before;

DROP TABLE consent_before;
