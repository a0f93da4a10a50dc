-- Levensloop: work, home and whatever else stands beside school on the timeline of step 1 (DOMAIN.md §5)
CREATE TABLE life_event (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "sort" TEXT,
    "what" TEXT,
    "from_year" INTEGER,
    "to_year" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX life_event_dossier_id ON life_event (dossier_id);

-- Poging: each try to reach somebody for a follow-up moment, and by which way (DOMAIN.md §7)
CREATE TABLE contact_attempt (
    id TEXT PRIMARY KEY,
    "follow_up_id" TEXT,
    "date" TEXT,
    "channel" TEXT,
    "reached" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_attempt_follow_up_id ON contact_attempt (follow_up_id);
