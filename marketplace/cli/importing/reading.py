"""A .csv or .xlsx file as rows of text, each with the line it stands on."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from marketplace.kit.text import nfc

REQUIRED = ("name", "province_new_code", "ocop_set")
KNOWN = (
    "id", "name", "craft_village", "commune_old", "district_old", "province_old", "commune_new", "commune_new_code",
    "commune_match", "province_new", "province_new_code", "ocop_group", "ocop_set", "ocop_set_name", "star",
    "producer_type", "source", "price", "unit", "stock", "description", "producer", "decision_no", "issued_on", "expires_on",
)  # fmt: skip


class UnreadableFile(Exception):
    """The file cannot be read at all; carries the sentence."""


@dataclass(frozen=True)
class Row:
    """One line of the file. Columns that the header lacks read as empty."""

    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def read(path: Path) -> list[Row]:
    """Every row that says anything. Raises UnreadableFile: not a table, or a column that must be there is missing."""
    if not path.is_file():
        raise UnreadableFile(f"Không thấy tệp {path}.")
    if path.suffix.lower() == ".csv":
        table = _csv(path)
    elif path.suffix.lower() == ".xlsx":
        table = _xlsx(path)
    else:
        raise UnreadableFile(f"{path.name}: chỉ đọc được tệp .csv hoặc .xlsx.")
    if not table:
        raise UnreadableFile(f"{path.name}: tệp không có dòng nào.")
    header = [cell.strip().lower() for cell in table[0]]
    lacking = [name for name in REQUIRED if name not in header]
    if lacking:
        raise UnreadableFile(f"{path.name}: dòng đầu thiếu cột {', '.join(lacking)}. Cột đọc được: {', '.join(KNOWN)}.")
    rows = (Row(line, dict(zip(header, cells, strict=False))) for line, cells in enumerate(table[1:], 2))
    return [row for row in rows if any(row.values.values())]


def _csv(path: Path) -> list[list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path.name}: tệp .csv phải lưu bằng UTF-8.") from None
    except OSError as error:
        raise UnreadableFile(f"{path.name}: không mở được tệp ({error.strerror}).") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableFile(f"{path.name}: dấu ngoặc kép hoặc dấu phân cách bị hỏng ({error}).") from None
    return [[_typed(cell) for cell in row] for row in rows]


def _xlsx(path: Path) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(f"{path.name}: không mở được tệp Excel ({error}).") from None
    return [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: object) -> str:
    """Codes typed as numbers lose nothing but their leading zeros, which the judge puts back."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _typed(str(value))


def _typed(cell: str) -> str:
    """A cell as a form would take it: nothing invisible, no control characters, single spaces; paragraphs stay."""
    return "\n".join(line for line in map(nfc, cell.splitlines()) if line)
