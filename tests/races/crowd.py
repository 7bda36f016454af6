"""Eight real processes on one real database file, all starting at the same moment."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

from marketplace.kit import db
from marketplace.kit.errors import Refused
from tests.market import MarketUnderTest

PROCESSES = 8
_market: list[MarketUnderTest] = []


def all_at_once(market: MarketUnderTest, tasks: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]) -> list[Any]:
    """Deal the tasks out to eight processes; the answers, a refusal's class name among them, in the order of tasks.

    The processes are forked, so that they share nothing but the file, and wait for one starting shot.
    """
    market.close()
    _market[:] = [market]
    context = multiprocessing.get_context("fork")
    shot = time.time() + 0.5
    with context.Pool(PROCESSES, initializer=_let_go) as pool:
        hands = [pool.apply_async(_work, (shot, tasks[n::PROCESSES])) for n in range(PROCESSES)]
        answers = [hand.get(timeout=120) for hand in hands]
    ordered: list[Any] = [None] * len(tasks)
    for n, part in enumerate(answers):
        ordered[n::PROCESSES] = part
    return ordered


def _let_go() -> None:
    """A connection must not be used on both sides of a fork."""
    with _market[0].app.app_context():
        db.sqla.engine.dispose(close=False)


def _work(shot: float, tasks: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]) -> list[Any]:
    time.sleep(max(0.0, shot - time.time()))
    return [_one(verb, arguments) for verb, arguments in tasks]


def _one(verb: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        with _market[0].unit():
            return verb(*arguments)
    except Refused as refusal:
        return type(refusal).__name__
    except Exception as error:
        return f"ERROR {type(error).__name__}: {error}"
