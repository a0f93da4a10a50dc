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
