"""How long an import of 5,000 changes of ten fields takes in this library; asked for with -m bench."""

from __future__ import annotations

import io
import time

import pytest

from sync.bundle import read_lines
from sync.changes import encode


@pytest.mark.bench
def test_import_of_5000_changes(workshop):
    patch = {f"field_{n}": f"waarde {n} met één accent" if n % 3 else n for n in range(10)}
    other = {workshop.office.actor: 3}
    lines = [encode(workshop.change(seq, patch=patch, base=other)) for seq in range(1, 5001)]
    begin = time.perf_counter()
    data = workshop.write(lines)
    written = time.perf_counter()
    verified = workshop.verify(data, have=lambda header: 0)
    checked = time.perf_counter()
    count = sum(1 for _ in read_lines(io.BytesIO(data), verified))
    read = time.perf_counter()
    print(f"write {written - begin:.3f} s, verify {checked - written:.3f} s, read {read - checked:.3f} s")
    assert count == 5000
    assert read - written < 0.2
