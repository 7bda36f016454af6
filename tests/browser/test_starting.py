"""`python run.py` from the outside: what a second start keeps and what Ctrl-C leaves."""

import time
from pathlib import Path

from tests.browser.conftest import free_port, start, stop, wait_until_open


def test_ctrl_c_stops_everything_at_any_moment(tmp_path: Path) -> None:
    """Right after the first page, while the second server process still loads, and later: nothing is left within 9 s."""
    for seconds_open in (0.0, 2.0):
        port = free_port()
        process, log = start(tmp_path, port)
        try:
            wait_until_open(f"http://127.0.0.1:{port}", process, log)
            time.sleep(seconds_open)
        finally:
            stop(process)
