-- The detention block apart: sealed values under a key of its own, wrapped for those on the access list.

-- Afgeschermd blok
CREATE TABLE sealed_record (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "s01" TEXT,
    "s02" TEXT,
    "s03" TEXT,
    "s04" TEXT,
    "s05" TEXT,
    "s06" TEXT,
    "s07" TEXT,
    "s08" TEXT,
    "s09" TEXT,
    "s10" TEXT,
    "s11" TEXT,
    "s12" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX sealed_record_dossier_id ON sealed_record (dossier_id);

-- The detention keys of the organisation that this vault knows; the highest number seals.
CREATE TABLE block_key (
    number INTEGER PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    made_at_ms INTEGER NOT NULL
) STRICT;

-- A key, sealed to one holder: a user of this vault, or the recovery sheet (PAPER).
CREATE TABLE block_share (
    key_id TEXT NOT NULL REFERENCES block_key (key_id),
    holder TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (key_id, holder)
) STRICT, WITHOUT ROWID;

-- The access list, with who let whom in or out and when. Lines are closed, never deleted.
CREATE TABLE block_access (
    number INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    user TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at_ms INTEGER NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at_ms INTEGER
) STRICT;

-- What an older program stored open, until the next unlocking seals it.
CREATE TABLE unsealed (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    wire TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

INSERT INTO unsealed SELECT 'detention_episode', id, json_object(
    'dossier_id', dossier_id, 'prison', prison, 'contact_route', contact_route,
    'request_slip_to', request_slip_to, 'status', status, 'modality', modality,
    'milestone_date', milestone_date, 'transferred_on', transferred_on,
    'released_on', released_on, 'next_visit', next_visit, 'removed', removed
) FROM detention_episode;

INSERT INTO unsealed SELECT 'detention_approval', id, json_object(
    'episode_id', episode_id, 'approval_by', approval_by, 'for_what', for_what,
    'state', state, 'removed', removed
) FROM detention_approval;

DELETE FROM conflict WHERE kind IN ('detention_episode', 'detention_approval');

DROP TABLE detention_approval;

DROP TABLE detention_episode;
