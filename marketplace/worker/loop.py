"""Three threads, one for each kind of work, each unit of work in a context and transaction of its own."""

import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask, g

from marketplace.kit import clock, db, holding, outbox, sent, spreading
from marketplace.kit.actor import Actor
from marketplace.kit.masking import masked
from marketplace.worker.schedule import TIMERS, TIMERS_WHILE_HELD
from marketplace.worker.topics import OUTSIDE, TOPICS, WHILE_HELD

log = logging.getLogger(__name__)

IDLE = 0.3


@dataclass
class Worker:
    """One worker process. `stop` ends all threads after what they are doing."""

    app: Flask
    follow_index: Callable[[], int]
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=lambda: f"{os.getpid()}-{secrets.token_hex(4)}")

    @property
    def actor(self) -> Actor:
        """Who the trail says did it."""
        return Actor.system(self.name)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        threads = [threading.Thread(target=self._keep, args=(work,)) for work in (self.jobs, self.timers, self.index)]
        for thread in threads:
            thread.start()
        while not self.stop.wait(0.5):
            pass
        for thread in threads:
            thread.join()

    def _keep(self, work: Callable[[], int]) -> None:
        """Repeat one kind of work; a failure is logged and tried again, it never ends the worker."""
        while not self.stop.is_set():
            try:
                with self.app.app_context():
                    done = work()
            except Exception:
                log.exception("worker: %s failed", work.__name__)
                done = 0
                self.stop.wait(2)
            if not done:
                self.stop.wait(IDLE)

    def jobs(self) -> int:
        """Keep the promises that are due; how many were tried."""
        with db.unit():
            held = holding.current() is not None
            jobs = outbox.claim(self.actor, only=WHILE_HELD if held else None)
        for job in jobs:
            self.do(job)
        return len(jobs)

    def do(self, job: outbox.Job) -> None:
        """Keep one promise, or put it back with a growing pause."""
        g.job = job.key
        outside = job.topic in OUTSIDE
        try:
            if not (outside and sent.knows(job.key)):
                TOPICS[job.topic](dict(job.payload), job.key)
                if outside:
                    sent.remember(job.key)
        except Exception as error:
            log.exception("promise %s of topic %s failed", job.key, job.topic)
            pause = timedelta(seconds=min(3600, 5 * 4 ** (job.attempts - 1)) * spreading.between(0.8, 1.2))
            with db.unit():
                outbox.fail(self.actor, job, masked(f"{type(error).__name__}: {error}"), wait_until=clock.now() + pause)
            return
        with db.unit():
            outbox.finish(self.actor, job.id)
        log.info("promise kept", extra={"facts": {"topic": job.topic, "attempts": job.attempts}})

    def timers(self) -> int:
        """Run every timer whose time has come."""
        now = time.monotonic()
        with db.unit():
            held = holding.current() is not None
        for name, seconds, verb in TIMERS:
            if held and name not in TIMERS_WHILE_HELD:
                continue
            if now - _last_run.get(name, -1e9) >= seconds:
                _last_run[name] = now
                with db.unit():
                    verb(Actor.system(name))
        return 0

    def index(self) -> int:
        """Follow the changes with the search index; how many were read."""
        return self.follow_index()


_last_run: dict[str, float] = {}


def drain(app: Flask) -> int:
    """Keep every promise that is due now, in this process (tests, demo); how many were kept."""
    worker = Worker(app, follow_index=lambda: 0)
    kept = 0
    with app.app_context():
        while done := worker.jobs():
            kept += done
    return kept
