-- Moments have a name and may not have been held; which dossiers came from them is asked for a whole year at once.
-- Columns before the last one, so the table is made anew.

CREATE TABLE event_before AS SELECT * FROM event;

DROP TABLE event;

CREATE TABLE event (
    id TEXT PRIMARY KEY,
    "type" TEXT,
    "name" TEXT,
    "date" TEXT,
    "partner_id" TEXT,
    "location" TEXT,
    "audience" TEXT,
    "held" INTEGER,
    "attendees_count" INTEGER,
    "intakes_opened" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

INSERT INTO event (id, type, date, partner_id, location, audience, attendees_count, intakes_opened, removed)
SELECT id, type, date, partner_id, location, audience, attendees_count, intakes_opened, removed FROM event_before;

DROP TABLE event_before;

CREATE INDEX session_group ON session (group_session) WHERE group_session IS NOT NULL;

CREATE INDEX trajectory_intake_date ON trajectory (intake_date);
