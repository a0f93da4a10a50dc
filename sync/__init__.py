"""Sealed bundles of changes between a laptop and the office: bytes in, verified objects or typed errors out.

The rules stand in FORMAT.md. This library opens no file, reads no clock and knows nothing of the program.

    changes   new_change, encode, decode, link, commitment, erase   one save of one record, and its chain
    merge     merge                                                 changes of a record -> live versions
    clock     Clock                                                 stamps
    keys      SigningKey, new_identity, fingerprint                 keys and how people compare them
    roster    Keyset, Roster, check_keyset, check_roster            who belongs to the organisation
    trust     EnrolCard, WelcomeCard                                how two parties meet
    audit     Audit, Audited, audit_link                            who did what, and its chain
    bundle    write_bundle, peek, verify, place, read_lines         the sealed file
    errors    SyncError and its two families                        every refusal
"""

from sync.age import Identity
from sync.audit import Audit, Audited, AuditEntry, audit_link
from sync.bundle import Verified, peek, place, read_lines, verify, write_bundle
from sync.changes import GENESIS, REMOVED, Change, Value, commitment, decode, encode, erase, link, new_change
from sync.clock import MAX_HLC, Clock, ms_of, skew_ms
from sync.giving import Erase, Gone, Holding, People, Person, Release, Scope, Take
from sync.header import FORMAT, MAX_FILE, Header, HeaderDraft
from sync.keys import SigningKey, check_fingerprint, fingerprint, key_id, new_identity
from sync.lines import Line, Receipt, Unknown, encode_line
from sync.merge import Version, merge
from sync.roster import Keyset, Member, OfficeKey, Roster
from sync.trust import EnrolCard, Mark, WelcomeCard, read_enrol, read_welcome, write_card, write_welcome

__all__ = [
    "FORMAT",
    "GENESIS",
    "MAX_FILE",
    "MAX_HLC",
    "REMOVED",
    "Audit",
    "AuditEntry",
    "Audited",
    "Change",
    "Clock",
    "EnrolCard",
    "Erase",
    "Gone",
    "Header",
    "HeaderDraft",
    "Holding",
    "Identity",
    "Keyset",
    "Line",
    "Mark",
    "Member",
    "OfficeKey",
    "People",
    "Person",
    "Receipt",
    "Release",
    "Roster",
    "Scope",
    "SigningKey",
    "Take",
    "Unknown",
    "Value",
    "Verified",
    "Version",
    "WelcomeCard",
    "audit_link",
    "check_fingerprint",
    "commitment",
    "decode",
    "encode",
    "encode_line",
    "erase",
    "fingerprint",
    "key_id",
    "link",
    "merge",
    "ms_of",
    "new_change",
    "new_identity",
    "peek",
    "place",
    "read_enrol",
    "read_lines",
    "read_welcome",
    "skew_ms",
    "verify",
    "write_bundle",
    "write_card",
    "write_welcome",
]
