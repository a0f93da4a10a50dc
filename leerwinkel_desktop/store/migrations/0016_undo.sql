-- Who worked here at some moment is asked for each earlier value of a field.

CREATE INDEX audit_entry_at_ms ON audit_entry (at_ms, number, user) WHERE user IS NOT NULL;

CREATE INDEX trail_entry_at_ms ON trail_entry (actor, at_ms, number, user) WHERE user IS NOT NULL;
