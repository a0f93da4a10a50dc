"""Watches how much the window's thread works at a stretch on what one act or one event asks of it.

It counts the processor time of that thread alone, never a wall clock: a machine that others use counts alike.
It looks from within that thread, at a signal: a look from another thread would hold what lives in its frames,
and widgets must not end there. Where there is no such signal (Windows) nothing is counted.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

import leerwinkel_desktop.ui

LOOK_S: Final = 0.005
"""Between two looks; each gives what was worked since the one before to the act that it finds."""
LONG_S: Final = 0.1
OURS: Final = str(Path(leerwinkel_desktop.ui.__file__).parent)


@dataclass
class Stretch:
    """One call into our window from outside it: by Qt with an event, or by a journey."""

    act: int
    name: str
    seconds: float = 0.0
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> str:
        """How long it took, and where it was found most."""
        where = ", ".join(name for name, _ in self.seen.most_common(3))
        return f"{self.seconds * 1000:.0f} ms in {self.name}: {where}"


def chain(frame: FrameType | None) -> list[FrameType]:
    """The frames of our window from the innermost to the outermost; empty when it does nothing."""
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(OURS):
            found.append(frame)
        frame = frame.f_back
    return found


class Watchdog:
    """Watches the main thread from `start` to `stop`, which gives what took more than LONG_S."""

    def __init__(self) -> None:
        self._long: list[str] = []
        self._now: Stretch | None = None
        self._before = 0.0

    def start(self) -> None:
        """Begin to watch."""
        self._before = time.thread_time()
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda _number, frame: self._look(frame))
            signal.setitimer(signal.ITIMER_REAL, LOOK_S, LOOK_S)

    def stop(self) -> list[str]:
        """Watch no more; gives what took long."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._look(None)
        return self._long

    def _look(self, frame: FrameType | None) -> None:
        frames = chain(frame)
        now = time.thread_time()
        worked, self._before = now - self._before, now
        if self._now is not None and (not frames or id(frames[-1]) != self._now.act):
            self._end(self._now)
        if frames:
            self._now = self._now or Stretch(id(frames[-1]), frames[-1].f_code.co_qualname)
            self._now.seconds += worked
            at = next((one for one in frames if one.f_code.co_name != "eventFilter"), frames[0])
            self._now.seen[_place(at)] += 1  # filters see each event: they are where it is found, not why

    def _end(self, stretch: Stretch) -> None:
        self._now = None
        if stretch.seconds > LONG_S:
            self._long.append(stretch.told)


def _place(frame: FrameType) -> str:
    code = frame.f_code
    return f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}"
