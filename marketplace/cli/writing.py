"""Writing a file that a command was asked for, or saying in a sentence why it cannot be written."""

import errno
from pathlib import Path

import click

WHY = {
    errno.ENOENT: "chưa có thư mục này",
    errno.ENOTDIR: "chưa có thư mục này",
    errno.EISDIR: "đó là một thư mục, hãy ghi thêm tên tệp",
    errno.EACCES: "không có quyền ghi ở đó",
    errno.EROFS: "không có quyền ghi ở đó",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên dài quá",
}


def write(target: Path, content: bytes) -> None:
    """Put the content there. Raises ClickException: no such folder, no right to write, a folder of that name, disk full."""
    try:
        target.write_bytes(content)
    except OSError as error:
        why = WHY.get(error.errno or 0, error.strerror or str(error))
        raise click.ClickException(f"Không ghi được vào {target}: {why}.") from error
