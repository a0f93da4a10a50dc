# fmt: off
"""Opens a bundle without this program, from sync/FORMAT.md, of which it reads the patterns (§16), alone."""
import json
import re
import sys
import zlib
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256, shake_256
from hmac import digest as hmac
from itertools import accumulate
from pathlib import Path
from unicodedata import is_normalized

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

TAG, SUITE = b"leerwinkel LWB1 %s\n", Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
LETTERS, CHUNK, INFO = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", 65536, b"age-encryption.org/mlkem768x25519"
encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
FORMAT = (Path(__file__).parents[1] / "sync" / "FORMAT.md").read_text(encoding="utf-8")
FORMS = dict(line.split(" ", 1) for line in FORMAT.split("```grammar\n")[1].split("\n```")[0].split("\n"))
for name in FORMS:
    FORMS[name] = re.sub("[A-Z][A-Z0-9]+", lambda word: FORMS.get(word[0], word[0]), FORMS[name])

def need(holds, rule):
    if not holds:
        raise ValueError(rule)

def decoded(raw, kind=None, unread=None):  # §1.1 and §16
    text, value = raw.decode(), json.loads(raw)
    need(encoded(value) == text and is_normalized("NFC", text) and isinstance(value, dict), "canonical form")
    bare = re.sub(FORMS["TEXT"], "", text, flags=re.DOTALL)
    need(re.fullmatch(r"([][{},:\d-]|true|false|null)*", bare), "a fraction, or U+0000")
    need(max(accumulate((sign in "[{") - (sign in "]}") for sign in bare)) <= 8, "nesting")
    kind = kind or ("ERASED" if "commitment" in value and value.get("_") == "change" else str(value.get("_")))
    known = kind in FORMS and kind != unread
    need(known or (re.fullmatch(FORMS["NAME"], f'"{kind}"') and "must" not in value), "type")
    need(not known or re.fullmatch(FORMS[kind], text, re.DOTALL), "keys and values")
    ids = [one for key in ("ids", "here", "left") for one in (value.get(key, ()) if known else ())]
    need(len({*ids}) == len(ids) <= 1000 and all(int(n) < 2**63 for n in re.findall(r"\d+", bare)), "many")
    return value

def identity(text):  # §2: the key, and the hash of the recipient that belongs to it (§6.3)
    secret = sum(LETTERS.index(one) << 5 * (51 - at) for at, one in enumerate(text.lower()[19:71])) >> 4
    seed = shake_256(secret.to_bytes(32, "big")).digest(96)
    lattice, curve = mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey
    key = lattice.from_seed_bytes(seed[:64]), curve.from_private_bytes(seed[64:])
    public = int.from_bytes(b"".join(half.public_key().public_bytes_raw() for half in key), "big") << 32
    check, head = 1, [*(ord(one) >> 5 for one in "age1pq"), 0, *(ord(one) & 31 for one in "age1pq")]
    for value in [*head, *(public >> 5 * at & 31 for at in reversed(range(1952)))]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for at, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term * (top >> at & 1)
    text = "age1pq1" + "".join(LETTERS[(public | check ^ 1) >> 5 * at & 31] for at in reversed(range(1952)))
    return MLKEM768X25519PrivateKey(*key), sha256(TAG % b"recipient" + text.encode()).hexdigest()

def unsealed(data, key):  # §2: the payload, and how many stanzas there were
    stanza = rb"-> mlkem768x25519 ([A-Za-z0-9+/]{1493}[AQgw])\n([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048])\n"
    head, secret, parts = data[: data.index(b"\n---") + 4], b"", []
    need(re.fullmatch(rb"age-encryption\.org/v1\n(%b){1,32}---" % stanza, head), "age header")
    need((end := len(head) + 45) <= CHUNK and len(data) <= 96 * 1024 * 1024, "sizes")
    for pair in re.findall(stanza, head):
        with suppress(InvalidTag):
            secret = SUITE.decrypt(b"".join(b64decode(part + b"==") for part in pair), key, INFO)
    mac, stream = (hmac(hmac(salt, secret, "sha256"), info + b"\1", "sha256")
                   for salt, info in ((bytes(32), b"header"), (data[end : end + 16], b"payload")))
    need(secret and data[len(head) : end] == b" %b\n" % b64encode(hmac(mac, head, "sha256"))[:43], "MAC")
    chunks = [data[at : at + CHUNK + 16] for at in range(end + 16, len(data), CHUNK + 16)]
    need(chunks and (len(chunks) == 1 or len(chunks[-1]) > 16), "last chunk")
    cipher = ChaCha20Poly1305(stream)
    for at, chunk in enumerate(chunks):
        parts.append(cipher.decrypt(at.to_bytes(11, "big") + bytes([chunk is chunks[-1]]), chunk, None))
    return b"".join(parts), head.count(b"\n->")

def statement(one, known, organisation):  # §13.2, §13.3; gives the keyset that counts behind it
    rest = encoded({key: one[key] for key in one if key != "signature"}).encode()
    signer = ed25519.Ed25519PublicKey.from_public_bytes(b64decode(one.get("root") or one["public_key"]))
    signer.verify(b64decode(one["signature"]), TAG % one["_"].encode() + rest)
    need(one["organisation"] == organisation, "organisation")
    if one["_"] == "keyset":
        publics, _, starts, stops = map(list, zip(*(key.values() for key in one["keys"]), strict=True))
        need(starts == sorted({*starts}) and stops.index(None) + 1 == len(starts) == len({*publics}), "keys")
        return one
    actors = [member["actor"] for member in one["members"]]
    current = known and (known["version"], known["keys"][-1]["public_key"])
    need(not known or current == (one["keyset"], one["public_key"]), "keyset of the roster")
    need(actors == sorted(set(actors)), "members")
    return known

def link(value, one, line):  # §7.3
    if one["_"] != "change":
        return sha256(TAG % b"line" + value + line).digest()
    patch = sha256(TAG % b"patch" + b64decode(one["salt"] or "") + encoded(one["patch"]).encode()).digest()
    rest = encoded({key: one[key] for key in ("actor", "base", "hlc", "id", "kind", "seq")}).encode()
    return sha256(TAG % b"change" + value + (b64decode(one.get("commitment", "")) or patch) + rest).digest()

def misfit(lines, head):  # §14.3: the first number of the trail that does not fit, for who held nothing
    chains = {0: bytes(32)}
    for line in lines:
        number, value = line["first"] - 1, b64decode(line["chain"])
        if chains.get(number) != value:
            return max(number, 1) if number in chains else number + 1
        for entry in line["entries"]:
            texts = [b"" if each is None else str(each).encode() for each in entry]
            framed = b"".join(len(text).to_bytes(4, "big") + text for text in texts)
            number, value = number + 1, sha256(b"leerwinkel audit 1\n" + value + framed).digest()
        chains = {0: bytes(32), number: value}
    return number if lines and value != b64decode(head) else None

def read(data, text, signer=None):  # header, lines, misfit; `signer` is the public key of the sender
    (key, mine), laptops = identity(text), ("change", "audit", "holding", "erase")
    data, stanzas = unsealed(data, key)
    end = 73 + int.from_bytes(data[5:9], "big")
    need(data[:5] == b"LWB1\n" and 73 < end <= min(len(data), 73 + CHUNK), "magic, or size of header")
    header = decoded(raw := data[9 : end - 64], "HEADER")
    body, stream, sender = header["body"], header["stream"], header["sender"]["actor"]
    if signer:
        ed25519.Ed25519PublicKey.from_public_bytes(signer).verify(data[end - 64 : end], TAG % b"header" + raw)
        need(header["key_id"] == sha256(TAG % b"key" + sender.encode() + signer).hexdigest()[:32], "key id")
    need(mine in (to := header["recipients"]) and len(to) == stanzas and to == sorted({*to}), "recipients")
    need(header["min_schema"] <= header["schema"], "schema")
    packed, inflate = data[end : end + body["compressed"]], zlib.decompressobj()
    need(data[end:] == packed + bytes(-(end + len(packed)) % CHUNK), "padding")
    plain = inflate.decompress(packed, min(2**29, max(2**20, 40 * len(packed))) + 1)
    need(inflate.eof and not inflate.unused_data and len(packed) == body["compressed"], "zlib stream")
    need(len(plain) == body["bytes"] and sha256(plain).digest() == b64decode(body["sha256"]), "body")
    *rows, rest = plain.split(b"\n")
    need(not rest and len(rows) == body["lines"] <= 2e6 and max(map(len, [rest, *rows])) <= 2**18, "lines")
    own, number, value = stream["id"] == sender, stream["first"] - 1, b64decode(stream["chain_before"])
    need((number or value == bytes(32)) and not (own and header["kind"] == "snapshot"), "stream")
    lines, keyset = [decoded(row, unread="erase" if own else None) for row in rows], None
    for one, row in zip(lines, rows, strict=True):
        kind, change = one["_"], one["_"] == "change"
        need(kind not in FORMS or (kind in laptops if own else kind not in laptops[1:3]), "whose line")
        need(not change or one["base"].get(one["actor"], 0) < one["seq"], "base")
        keyset = statement(one, keyset, header["organisation"]) if kind in ("keyset", "roster") else keyset
        if header["kind"] == "changes" and (change if own else kind != "person"):
            number, value = number + 1, link(value, one, row)
            need(not own or (one["actor"], one["seq"]) == (sender, number), "number")
    need((number, value) == (stream["last"], b64decode(stream["chain_after"])), "chain")
    return header, lines, misfit([one for one in lines if one["_"] == "audit"], header["audit_head"])

if __name__ == "__main__":
    bundle, secret, *keys = sys.argv[1:]
    (text,) = re.findall(r"AGE-SECRET-KEY-PQ-1\w+", Path(secret).read_text(encoding="utf-8"))
    json.dump(read(Path(bundle).read_bytes(), text, *map(b64decode, keys)), sys.stdout, indent=1)
