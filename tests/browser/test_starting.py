"""`python run.py` from the outside: what a second start keeps and what Ctrl-C leaves."""

import shutil
from pathlib import Path

from tests.browser.conftest import free_port, start, stop, wait_until_open


def test_ctrl_c_stops_everything_even_while_the_second_server_process_still_loads(
    template: Path, tmp_path: Path
) -> None:
    """Right after the first page: nothing is left within 9 s. The goods are there already; how they come is told elsewhere."""
    shutil.copytree(template, tmp_path / "data")
    port = free_port()
    process, log = start(tmp_path, port)
    try:
        wait_until_open(f"http://127.0.0.1:{port}", process, log)
    finally:
        stop(process)
