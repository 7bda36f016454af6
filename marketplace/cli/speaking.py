"""What every command has in common: whatever cannot be done is one Vietnamese sentence and exit code 1."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")
_NO_TABLE = re.compile(r"no such table|relation .* does not exist")


class Refusal(click.ClickException):
    """The sentence, without the library's English in front."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it where errors are said."""
        click.echo(self.format_message(), err=file is None, file=file)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a person can mend into a Refusal; a fault of the market itself keeps its traceback."""
    try:
        yield
    except Refusal:
        raise
    except click.UsageError as error:
        raise Refusal(_said(error)) from None
    except click.ClickException as error:
        raise Refusal(error.format_message()) from None
    except (OperationalError, ProgrammingError) as error:
        raise Refusal(_database_said(error)) from None


class Command(click.Command):
    """A command that speaks Vietnamese when it refuses."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what was typed."""
        with in_words():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Do it."""
        with in_words():
            return super().invoke(ctx)


class Unknown(Command):
    """Stands for a name that no command has."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, hidden=True)
        self.known = known

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ARG002 - the interface
        """Refuse before anything is read."""
        raise Refusal(f"Không có lệnh {self.name!r}. Các lệnh: {', '.join(self.known)}.")


def _said(error: click.UsageError) -> str:
    where = f" Xem: flask --app run {error.ctx.info_name} --help" if error.ctx else ""
    return f"{_reason(error)}{where}"


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Không có lựa chọn {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        return f"Lựa chọn {error.option_name} viết chưa đúng: thiếu hoặc thừa giá trị đi sau."
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name.upper()
        if isinstance(error, click.MissingParameter):
            return f"Thiếu {name}."
        if isinstance(error.param.type, click.Choice):
            return f"{name} chỉ nhận một trong: {', '.join(error.param.type.choices)}."
        return f"{name} chưa dùng được."
    if extra := _EXTRA.search(error.format_message()):
        return f"Thừa {extra[1]} ở cuối dòng lệnh."
    return "Chưa đọc được dòng lệnh."


def _database_said(error: OperationalError | ProgrammingError) -> str:
    reason = str(error.orig).partition("\n")[0]
    if _NO_TABLE.search(reason):
        return (
            "Cơ sở dữ liệu này chưa có bảng nào. Chạy `flask --app run migrate` hoặc mở chợ bằng `python run.py` trước."
        )
    if isinstance(error, ProgrammingError):
        raise error
    return f"Không dùng được cơ sở dữ liệu ({reason}). Xem lại DATABASE_URL và DATA_DIR."
