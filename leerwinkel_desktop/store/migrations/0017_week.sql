-- The week of a client (decision 25), and of an option when its lessons are and how much Dutch it asks. Columns
-- before the last one, so the table is made anew.

CREATE TABLE option_before AS SELECT * FROM option;

DROP TABLE option;

CREATE TABLE option (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "offering_id" TEXT,
    "title" TEXT,
    "provider_id" TEXT,
    "provider_name" TEXT,
    "address" TEXT,
    "route" TEXT,
    "phone" TEXT,
    "opening_hours" TEXT,
    "bring" TEXT,
    "start_text" TEXT,
    "schedule" TEXT,
    "hours_week" INTEGER,
    "duration_text" TEXT,
    "dutch_level" TEXT,
    "certificate" TEXT,
    "path" TEXT,
    "price_text" TEXT,
    "support_codes" TEXT,
    "certificate_from" TEXT,
    "inside" INTEGER,
    "fits_dream" TEXT,
    "fits_reality" TEXT,
    "fits_preconditions" TEXT,
    "pro" TEXT,
    "con" TEXT,
    "client_rank" INTEGER,
    "checked_on" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX option_trajectory_id ON option (trajectory_id);

INSERT INTO option (id, trajectory_id, offering_id, title, provider_id, provider_name, address, route, phone,
    opening_hours, bring, start_text, hours_week, duration_text, certificate, path, price_text,
    support_codes, certificate_from, inside, fits_dream, fits_reality, fits_preconditions, pro, con,
    client_rank, checked_on, removed)
SELECT id, trajectory_id, offering_id, title, provider_id, provider_name, address, route, phone,
    opening_hours, bring, start_text, hours_week, duration_text, certificate, path, price_text,
    support_codes, certificate_from, inside, fits_dream, fits_reality, fits_preconditions, pro, con,
    client_rank, checked_on, removed FROM option_before;

DROP TABLE option_before;

-- Week
CREATE TABLE week_slot (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "day" TEXT,
    "from_hour" INTEGER,
    "to_hour" INTEGER,
    "use" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX week_slot_trajectory_id ON week_slot (trajectory_id);
