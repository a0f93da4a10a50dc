-- The whole schema as it stands after all migrations, to read; a test holds it against them.
-- The house-keeping tables first, then one table for each kind of record.
-- Lists of codes or ids are JSON text; dates are ISO text; decimals are text; removed records stay, hidden.

-- This device: one row. Keys live here, inside the encrypted database (SECURITY.md §2).
CREATE TABLE device (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    number INTEGER,
    town TEXT NOT NULL,
    organisation TEXT,
    organisation_name TEXT,
    actor TEXT NOT NULL,
    signing_key BLOB NOT NULL,
    identity TEXT NOT NULL,
    recovery_recipient TEXT,
    hlc INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Everybody whose changes we hold or who gets ours, ourselves included; number is short for the actor.
CREATE TABLE actor (
    number INTEGER PRIMARY KEY,
    actor TEXT NOT NULL UNIQUE,
    name TEXT,
    role TEXT,
    device_number INTEGER,
    verify_key BLOB,
    recipient TEXT,
    state TEXT NOT NULL DEFAULT 'ACTIVE',
    upto INTEGER NOT NULL DEFAULT 0,
    chain BLOB NOT NULL,
    acked INTEGER NOT NULL DEFAULT 0,
    acked_chain BLOB NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    sent_chain BLOB NOT NULL,
    received INTEGER NOT NULL DEFAULT 0,
    received_chain BLOB NOT NULL
) STRICT;

-- The change log (SECURITY.md §4): one row for each save of a record. An erased change keeps its commitment only.
CREATE TABLE change (
    actor INTEGER NOT NULL REFERENCES actor (number),
    seq INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    patch TEXT,
    base TEXT NOT NULL,
    salt BLOB,
    commitment BLOB,
    held TEXT,
    PRIMARY KEY (actor, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_record ON change (record_id);
CREATE INDEX change_held ON change (held) WHERE held IS NOT NULL;

-- Fields of which versions with different values live: "Te beslissen".
CREATE TABLE conflict (
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (record_id, field)
) STRICT, WITHOUT ROWID;

-- What somebody here decided between versions of one field, and the change that says so. The values stand in the log
-- alone. undo_*: the change that put back what showed before; from then on it is open again.

CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    user TEXT NOT NULL,
    how TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    field TEXT NOT NULL,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    undo_at_ms INTEGER,
    undo_user TEXT,
    undo_actor INTEGER,
    undo_seq INTEGER,
    FOREIGN KEY (actor, seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE,
    FOREIGN KEY (undo_actor, undo_seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_record_id ON decision (record_id);

CREATE INDEX decision_change ON decision (actor, seq);

CREATE INDEX decision_undo ON decision (undo_actor, undo_seq) WHERE undo_actor IS NOT NULL;

-- The versions that a decision was between.
CREATE TABLE decided_version (
    decision TEXT NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (decision, actor, seq),
    FOREIGN KEY (actor, seq) REFERENCES change (actor, seq) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX decided_version_change ON decided_version (actor, seq);

-- Lines of a bundle that this program does not know, kept for a later one.
CREATE TABLE unknown_line (
    bundle_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    line BLOB NOT NULL,
    PRIMARY KEY (bundle_id, number)
) STRICT, WITHOUT ROWID;

-- What the office gave each laptop and has not seen confirmed, as sent: a lost stick is written again.
CREATE TABLE given_line (
    actor INTEGER NOT NULL REFERENCES actor (number),
    number INTEGER NOT NULL,
    line BLOB NOT NULL,
    PRIMARY KEY (actor, number)
) STRICT, WITHOUT ROWID;

-- Bundles written (OUT) and read (IN).
CREATE TABLE bundle (
    id TEXT NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    PRIMARY KEY (id, direction)
) STRICT, WITHOUT ROWID;

-- Who did what: append-only, each row hashes the one before.
CREATE TABLE audit_entry (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    user TEXT,
    device TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    chain BLOB NOT NULL
) STRICT;

CREATE INDEX audit_entry_at_ms ON audit_entry (at_ms, number, user) WHERE user IS NOT NULL;

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

CREATE INDEX trail_entry_at_ms ON trail_entry (actor, at_ms, number, user) WHERE user IS NOT NULL;

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

-- Small facts of this vault (settings of the house, counters).
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT
) STRICT, WITHOUT ROWID;

-- When the recovery sheet of a recovery key was printed, and when its last signs were typed back from paper.
CREATE TABLE recovery_sheet (
    recipient TEXT PRIMARY KEY,
    printed_ms INTEGER,
    rehearsed_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Find as you type over dossiers. The words of a client stand under their number in client_word.
CREATE TABLE search_entry (
    number INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE client_word USING fts5 (
    words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);

INSERT INTO client_word (client_word, rank) VALUES ('secure-delete', 1);

-- Each word by which somebody is found, for who types one with a slip; it reads client_word and holds nothing.
CREATE VIRTUAL TABLE client_word_term USING fts5vocab (client_word, row);

-- Klant
CREATE TABLE client (
    id TEXT PRIMARY KEY,
    "client_no" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "birth_date" TEXT,
    "birth_year" INTEGER,
    "gender" TEXT,
    "nis_code" TEXT,
    "postal_code" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "preferred_contact" TEXT,
    "contact_language" TEXT,
    "reading_support" TEXT,
    "nationality" TEXT,
    "first_nationality" TEXT,
    "father_first_nationality" TEXT,
    "mother_first_nationality" TEXT,
    "foreign_origin_declared" INTEGER,
    "residence_status" TEXT,
    "notes" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX client_client_no ON client (client_no);

-- Dossier
CREATE TABLE dossier (
    id TEXT PRIMARY KEY,
    "client_id" TEXT,
    "opened_on" TEXT,
    "status" TEXT,
    "retention_until" TEXT,
    "merged_into" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX dossier_client_id ON dossier (client_id);

-- Opleiding tot nu
CREATE TABLE education_record (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "level_code" TEXT,
    "title" TEXT,
    "country" TEXT,
    "year" INTEGER,
    "completed" INTEGER,
    "proof_seen" INTEGER,
    "recognition" TEXT,
    "recognised_as" TEXT,
    "last_year_followed" TEXT,
    "reason_left" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX education_record_dossier_id ON education_record (dossier_id);

-- Talent
CREATE TABLE talent (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "description" TEXT,
    "shown_where" TEXT,
    "position" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX talent_dossier_id ON talent (dossier_id);

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

-- Traject
CREATE TABLE trajectory (
    id TEXT PRIMARY KEY,
    "dossier_id" TEXT,
    "trajectory_no" TEXT,
    "seq" INTEGER,
    "intake_date" TEXT,
    "programme" TEXT,
    "target_groups" TEXT,
    "service_type" TEXT,
    "intake_location" TEXT,
    "contact_mode" TEXT,
    "referral_source" TEXT,
    "discovery_channel" TEXT,
    "counsellor" TEXT,
    "status" TEXT,
    "closed_on" TEXT,
    "close_reason" TEXT,
    "level_at_intake" TEXT,
    "recognised_level" TEXT,
    "statuses_at_intake" TEXT,
    "primary_status" TEXT,
    "employment_esf" TEXT,
    "unemployed_since" TEXT,
    "dutch_level_in" TEXT,
    "dutch_level_written" TEXT,
    "went_well" TEXT,
    "willingness" INTEGER,
    "willingness_why" TEXT,
    "entered_in_mlp_on" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX trajectory_dossier_id ON trajectory (dossier_id);

CREATE INDEX trajectory_intake_date ON trajectory (intake_date);

-- Gesprek
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

CREATE INDEX session_group ON session (group_session) WHERE group_session IS NOT NULL;

-- Leervraag
CREATE TABLE learning_question (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "type" TEXT,
    "own_words" TEXT,
    "desired_occupation" TEXT,
    "horizon_years" INTEGER,
    "dream" TEXT,
    "why" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX learning_question_trajectory_id ON learning_question (trajectory_id);

-- Drempel
CREATE TABLE barrier (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "code" TEXT,
    "weight" INTEGER,
    "step_found" TEXT,
    "action" TEXT,
    "support_code" TEXT,
    "owner" TEXT,
    "status" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX barrier_trajectory_id ON barrier (trajectory_id);

CREATE INDEX barrier_blocking ON barrier (trajectory_id) WHERE weight = 3 AND status = 'OPEN';

-- Steun
CREATE TABLE support (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "code" TEXT,
    "advised_on" TEXT,
    "applied" INTEGER,
    "result" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX support_trajectory_id ON support (trajectory_id);

-- Keuze
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

-- Adviesblad
CREATE TABLE advice_sheet (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "version" INTEGER,
    "variant" TEXT,
    "language" TEXT,
    "large_print" INTEGER,
    "option_ids" TEXT,
    "call_on" TEXT,
    "walk_in" TEXT,
    "counsellor_phone" TEXT,
    "office_address" TEXT,
    "printed_at" TEXT,
    "handed_over" INTEGER,
    "teach_back_done" INTEGER,
    "sha256" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX advice_sheet_trajectory_id ON advice_sheet (trajectory_id);

-- Klaargezet blad: the exact file of a sheet (docs/decisions/0017-sheet-files.md)
CREATE TABLE sheet_file (
    id TEXT PRIMARY KEY,
    "sheet_id" TEXT,
    "confirmed_on" TEXT,
    "confirmed_by" TEXT,
    "to_print" INTEGER,
    "content" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX sheet_file_sheet_id ON sheet_file (sheet_id);

CREATE INDEX sheet_file_to_print ON sheet_file (to_print) WHERE to_print = 1 AND removed = 0;

-- Eerste stap
CREATE TABLE advice_step (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "position" INTEGER,
    "inside" INTEGER,
    "what" TEXT,
    "where" TEXT,
    "by_when" TEXT,
    "who" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX advice_step_trajectory_id ON advice_step (trajectory_id);

-- Doorverwijzing
CREATE TABLE referral (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "partner_id" TEXT,
    "partner_name" TEXT,
    "type" TEXT,
    "date" TEXT,
    "consent_id" TEXT,
    "result" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX referral_trajectory_id ON referral (trajectory_id);

-- Opleiding
CREATE TABLE training_start (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "training_no" TEXT,
    "offering_id" TEXT,
    "title" TEXT,
    "provider_id" TEXT,
    "provider_name" TEXT,
    "provider_type" TEXT,
    "vks_level" INTEGER,
    "category" TEXT,
    "study_area" TEXT,
    "goal" TEXT,
    "target_dutch_level" TEXT,
    "start_date" TEXT,
    "confirmed_by" TEXT,
    "mode" TEXT,
    "status" TEXT,
    "status_date" TEXT,
    "stop_reason" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX training_start_trajectory_id ON training_start (trajectory_id);

CREATE INDEX training_start_start_date ON training_start (start_date);

-- Kwalificatie
CREATE TABLE qualification (
    id TEXT PRIMARY KEY,
    "training_start_id" TEXT,
    "type" TEXT,
    "awarded_on" TEXT,
    "partial" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX qualification_training_start_id ON qualification (training_start_id);

-- Opvolging
CREATE TABLE follow_up (
    id TEXT PRIMARY KEY,
    "trajectory_id" TEXT,
    "moment" TEXT,
    "due_on" TEXT,
    "done_on" TEXT,
    "reached" INTEGER,
    "attempts" INTEGER,
    "channel" TEXT,
    "outcome" TEXT,
    "not_started_reason" TEXT,
    "next_due" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX follow_up_trajectory_id ON follow_up (trajectory_id);

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

CREATE INDEX follow_up_due_on ON follow_up (due_on) WHERE done_on IS NULL;

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

-- Aanbieder of partner
CREATE TABLE provider (
    id TEXT PRIMARY KEY,
    "name" TEXT,
    "provider_type" TEXT,
    "partner_type" TEXT,
    "address" TEXT,
    "nis_code" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "opening_hours" TEXT,
    "contact_person" TEXT,
    "last_checked_on" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Aanbod
CREATE TABLE offering (
    id TEXT PRIMARY KEY,
    "code" TEXT,
    "title" TEXT,
    "provider_id" TEXT,
    "place" TEXT,
    "nis_code" TEXT,
    "study_area" TEXT,
    "category" TEXT,
    "vks_level" INTEGER,
    "modular" INTEGER,
    "start_dates" TEXT,
    "schedule" TEXT,
    "duration" TEXT,
    "hours_week" INTEGER,
    "language_level_required" TEXT,
    "entry_conditions" TEXT,
    "fee_rule" TEXT,
    "extra_cost" TEXT,
    "certificate_type" TEXT,
    "shortage_job" INTEGER,
    "vov" INTEGER,
    "vdab_star" INTEGER,
    "inside_prison" INTEGER,
    "without_internet" INTEGER,
    "source" TEXT,
    "source_url" TEXT,
    "checked_on" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Module
CREATE TABLE offering_module (
    id TEXT PRIMARY KEY,
    "offering_id" TEXT,
    "code" TEXT,
    "title" TEXT,
    "lesson_periods" INTEGER,
    "position" INTEGER,
    "required" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Programma
CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    "code" TEXT,
    "name" TEXT,
    "funder" TEXT,
    "valid_from" TEXT,
    "valid_to" TEXT,
    "territory" TEXT,
    "min_age" INTEGER,
    "max_age" INTEGER,
    "target_rule" TEXT,
    "target_count" INTEGER,
    "required_fields" TEXT,
    "indicator_set" TEXT,
    "retention_years" INTEGER,
    "logo_set" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Begeleider
CREATE TABLE counsellor (
    id TEXT PRIMARY KEY,
    "name" TEXT,
    "phone" TEXT,
    "email" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Personeel
CREATE TABLE staff_assignment (
    id TEXT PRIMARY KEY,
    "counsellor" TEXT,
    "fte" TEXT,
    "starts_on" TEXT,
    "ends_on" TEXT,
    "paid" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Plaats
CREATE TABLE service_location (
    id TEXT PRIMARY KEY,
    "name" TEXT,
    "address" TEXT,
    "nis_code" TEXT,
    "valid_from" TEXT,
    "valid_to" TEXT,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Zitdag
CREATE TABLE sitting_day (
    id TEXT PRIMARY KEY,
    "location_id" TEXT,
    "date" TEXT,
    "held" INTEGER,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Moment
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

-- Toestemming
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

-- Follows from dossier.merged_into: for each client whose dossier was merged, the client who stands for both.
CREATE TABLE alias (
    client_id TEXT PRIMARY KEY,
    person TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_person ON alias (person);

CREATE INDEX dossier_merged_into ON dossier (merged_into) WHERE merged_into IS NOT NULL;

-- Clients who are compared with somebody when a key is the same (domain/same_person.py).
CREATE TABLE double_key (
    client_id TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (client_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX double_key_key ON double_key (key);

-- Clients whose keys are to be made anew, and those who are then to be compared with all others.
CREATE TABLE key_due (
    client_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE pair_due (
    client_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Two clients who may be one person; different_by: who said that they are not, and when.
CREATE TABLE double_pair (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    score INTEGER NOT NULL,
    different_by TEXT,
    different_at_ms INTEGER,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX double_pair_second ON double_pair (second);

-- Places where sealed bundles are laid down and fetched, with what it takes to get in there (decision 13).
CREATE TABLE place (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    folder TEXT NOT NULL,
    user TEXT NOT NULL,
    secret TEXT NOT NULL,
    region TEXT NOT NULL,
    host_key TEXT NOT NULL,
    plain INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
