"""What holds for all tests: no screen, nothing of whoever runs them, the same random choices every run."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in [name for name in os.environ if name.startswith("LEERWINKEL_")]:
    del os.environ[name]

# Time limits are for benchmarks; what fails here fails on every machine, and leaves nothing in the tree.
settings.register_profile("checks", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("checks")
