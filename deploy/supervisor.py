"""Keeps processes running: starts them, restarts what ends, reports it, and stops them all together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

from deploy import process
from deploy.programs import Program

FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY_SECONDS = 60.0
TICK_SECONDS = 0.1


class Child:
    """One program under care: running, or waiting to be started again."""

    def __init__(self, program: Program, report: Callable[[str], None]):
        self.program = program
        self.failures = 0
        self.identity: process.Identity | None = None
        self._is_started = False
        self._report = report
        self._popen: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0

    def start(self) -> None:
        self._started_at = time.monotonic()
        self._is_started = True
        self.identity = self.program.adopt()
        if self.identity is None:
            self._popen = self.program.launch()
            self.identity = process.identify(self._popen.pid)

    def tick(self) -> None:
        """Notice that it ended; start it again once its delay is over."""
        now = time.monotonic()
        if self._is_started and self._has_ended():
            self._note_end(now)
        elif not self._is_started and now >= self._start_again_at:
            self._try_again()

    def stop(self, number: signal.Signals) -> None:
        if self.identity is not None and process.is_alive(self.identity):
            try:
                os.kill(self.identity.pid, number)
            except ProcessLookupError:
                return

    def is_gone(self) -> bool:
        return not self._is_started or self._has_ended()

    def end_family(self) -> None:
        """Kill what the process left behind in its session."""
        if self._popen is not None:
            try:
                os.killpg(self._popen.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def _has_ended(self) -> bool:
        if self._popen is not None:
            return self._popen.poll() is not None
        return self.identity is None or not process.is_alive(self.identity)

    def _note_end(self, now: float) -> None:
        if now - self._started_at >= STEADY_SECONDS:
            self.failures = 0
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**self.failures)
        self.failures += 1
        self._start_again_at = now + delay
        self._report(f"{self.program.name} ended ({self._how()}); starts again in {delay:g} s. See {self.program.log}")
        self.end_family()
        self.identity, self._popen, self._is_started = None, None, False

    def _try_again(self) -> None:
        try:
            self.start()
        except OSError as error:
            self._is_started = False
            self._report(f"{self.program.name} could not be started: {error}")
            self._start_again_at = time.monotonic() + LONGEST_DELAY
            return
        self._report(f"{self.program.name} is started again")

    def _how(self) -> str:
        code = self._popen.returncode if self._popen is not None else None
        if code is None:
            return "process gone"
        return f"signal {-code}" if code < 0 else f"exit code {code}"


class Supervisor:
    def __init__(self, report: Callable[[str], None]):
        self.children: list[Child] = []
        self.stopping = False
        self._report = report

    def listen_to_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def add(self, program: Program) -> Child:
        child = Child(program, self._report)
        self.children.append(child)
        child.start()
        return child

    def watch(self, until: Callable[[], bool] = lambda: False, seconds: float = float("inf")) -> bool:
        """Care for the children until told to stop, or until the condition holds: then True."""
        deadline = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < deadline:
            for child in self.children:
                child.tick()
            if until():
                return True
            time.sleep(TICK_SECONDS)
        return False

    def stop(self) -> None:
        """Stop the children, level by level: those that others lean on end last."""
        self.stopping = True
        for level in sorted({child.program.level for child in self.children}, reverse=True):
            self._stop_group([child for child in self.children if child.program.level == level])

    def _stop_group(self, children: list[Child]) -> None:
        for step in range(max((len(child.program.stop_signals) for child in children), default=0)):
            patience = 0.0
            for child in children:
                number, seconds = child.program.stop_signals[min(step, len(child.program.stop_signals) - 1)]
                child.stop(number)
                patience = max(patience, seconds)
            if self._all_gone(children, patience):
                break
        for child in children:
            child.end_family()

    def _all_gone(self, children: list[Child], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if all(child.is_gone() for child in children):
                return True
            time.sleep(TICK_SECONDS / 2)
        return False

    def _on_signal(self, number: int, frame: object) -> None:
        self.stopping = True
