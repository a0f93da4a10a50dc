-- At what time an appointment is. A column before the last one, so the table is made anew.

CREATE TABLE session_before AS SELECT * FROM session;

DROP TABLE session;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "date" TEXT,
    "starts_at" TEXT,
    "minutes" INTEGER,
    "mode" TEXT,
    "location" TEXT,
    "step_reached" TEXT,
    "attended" TEXT,
    "interpreter" INTEGER,
    "group_session" TEXT,
    "short_note" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX session_trajectory_id ON session (trajectory_id);

CREATE INDEX session_date ON session (date);

CREATE INDEX session_absent ON session (trajectory_id, date) WHERE attended = 'AFWEZIG';

INSERT INTO session (id, trajectory_id, date, minutes, mode, location, step_reached, attended, interpreter,
    group_session, short_note, removed)
SELECT id, trajectory_id, date, minutes, mode, location, step_reached, attended, interpreter,
    group_session, short_note, removed FROM session_before;

DROP TABLE session_before;

-- What is due, and which barriers block, is asked each time the window opens.
CREATE INDEX follow_up_due_on ON follow_up (due_on) WHERE done_on IS NULL;

CREATE INDEX barrier_blocking ON barrier (trajectory_id) WHERE weight = 3 AND status = 'OPEN';

CREATE INDEX training_start_start_date ON training_start (start_date);
