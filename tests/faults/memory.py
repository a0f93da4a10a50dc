"""Looks for bytes in all of another process's memory, as a thief with root would (SECURITY.md §5 "lock")."""

from __future__ import annotations

from pathlib import Path


def spellings(text: str) -> list[bytes]:
    """A text as Python, Qt and a file may hold it."""
    return [text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-32-le")]


def key_spellings(key: bytes) -> list[bytes]:
    """A key as raw bytes and as the hexadecimal digits in which SQLCipher takes it."""
    return [key, key.hex().encode(), key.hex().upper().encode(), key.hex().encode("utf-16-le")]


def regions(pid: int) -> list[tuple[int, int]]:
    """Begin and end of everything in a process that can be read, but for files that it only reads."""
    found = []
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        addresses, rights, _offset, _device, inode, *rest = line.split()
        begin, end = (int(part, 16) for part in addresses.split("-"))
        if rights.startswith("rw") or (rights.startswith("r") and inode == "0" and not rest):
            found.append((begin, end))
    return found


def count(pid: int, wanted: dict[str, list[bytes]]) -> dict[str, int]:
    """How often each of the named secrets stands in the memory of a process."""
    hits = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for begin, end in regions(pid):
            try:
                memory.seek(begin)
                held = memory.read(end - begin)
            except OSError:  # a page that the kernel gives to nobody, such as one of a device
                continue
            for name, forms in wanted.items():
                hits[name] += sum(held.count(form) for form in forms)
    return hits
