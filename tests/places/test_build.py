"""The table is rebuilt from the package's data files, and a wrong file is answered with a sentence."""

import gzip
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from marketplace.cli.build_places import TARGET, build_places, packed

NEW = [
    ("01", "Thành phố Hà Nội", "10210", "Xã Hồng Vân", "thanhphohanoi", "xahongvan"),
    ("01", "Thành phố Hà Nội", "00685", "Xã Nam Phù", "thanhphohanoi", "xanamphu"),
    ("31", "Thành phố Hải Phòng", "11948", "Đặc khu Bạch Long Vĩ", "thanhphohaiphong", "dackhubachlongvi"),
]
OLD = [
    ("Tỉnh Hà Tây", "Huyện Thường Tín", "Xã Duyên Thái", "tinhhatay", "huyenthuongtin", "xaduyenthai", "01", "01"),
    ("Tỉnh Hà Tây", "Huyện Thường Tín", "Thị Trấn Vân", "tinhhatay", "huyenthuongtin", "thitranvan", "02", "01"),
    ("Thành phố Hải Phòng", "Huyện Bạch Long Vĩ", None, "thanhphohaiphong", "huyenbachlongvi", None, None, "31"),
]
MOVED = {
    "DICT_PROVINCE": {"thanhphohanoi": ["tinhhatay"], "thanhphohaiphong": ["thanhphohaiphong"]},
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "thanhphohanoi": {"xahongvan": ["tinhhatay_huyenthuongtin_thitranvan"]},
        "thanhphohaiphong": {"dackhubachlongvi": ["thanhphohaiphong_huyenbachlongvi_"]},
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "thanhphohanoi": {
            "tinhhatay_huyenthuongtin_xaduyenthai": [{"newWardKey": "xahongvan"}, {"newWardKey": "xanamphu"}],
        }
    },
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A wheel with the package's two data files, three communes long."""
    folder = tmp_path / "vietnamadminunits" / "data"
    folder.mkdir(parents=True)
    (folder / "converter_2025.json").write_text(json.dumps(MOVED), "utf-8")
    with closing(sqlite3.connect(folder / "dataset.db")) as db:
        db.execute("CREATE TABLE admin_units (provinceCode, province, wardCode, ward, provinceKey, wardKey)")
        db.execute(
            "CREATE TABLE admin_units_legacy"
            " (province, district, ward, provinceKey, districtKey, wardKey, wardCode, provinceCode, districtCode)"
        )
        db.executemany("INSERT INTO admin_units VALUES (?, ?, ?, ?, ?, ?)", NEW)
        db.executemany("INSERT INTO admin_units_legacy VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)", OLD)
        db.commit()
    wheel = tmp_path / "vietnamadminunits-1.0.4-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"vietnamadminunits/data/{path.name}")
    return wheel


def _built(source: Path, target: Path) -> dict[str, Any]:
    result = CliRunner().invoke(build_places, [str(source), "--to", str(target)])
    assert result.exit_code == 0, result.output
    table: dict[str, Any] = json.loads(gzip.decompress(target.read_bytes()))
    return table


def test_a_wheel_becomes_a_table(package: Path, tmp_path: Path) -> None:
    table = _built(package, tmp_path / "units.json.gz")
    assert table["provinces"] == [["01", "Thành phố Hà Nội"], ["31", "Thành phố Hải Phòng"]]
    assert table["communes"]["01"] == [["00685", "Xã Nam Phù"], ["10210", "Xã Hồng Vân"]]
    assert table["old"] == [
        ["Tỉnh Hà Tây", "01", [["Huyện Thường Tín", [["Xã Duyên Thái", "00685 10210"], ["Thị trấn Vân", "10210"]]]]],
        ["Thành phố Hải Phòng", "31", [["Huyện Bạch Long Vĩ", [["", "11948"]]]]],
    ]
    assert table["keys"]["Thị trấn Vân"] == "van"


def test_an_unpacked_folder_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.gz", tmp_path / "other.gz"
    _built(package, one)
    _built(package.parent, other)
    assert one.read_bytes() == other.read_bytes()


def test_the_table_shipped_is_small_and_packed_the_same_way() -> None:
    shipped = TARGET.read_bytes()
    assert len(shipped) <= 250_000
    assert packed(json.loads(gzip.decompress(shipped))) == shipped


@pytest.mark.parametrize("arguments", [[], ["nowhere.whl"], ["."]])
def test_what_is_missing_is_said_in_a_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(build_places, [*arguments, "--to", "out.gz"])
    assert result.exit_code == 1
    assert "vietnamadminunits" in result.output or "wheel" in result.output
    assert not Path("out.gz").exists()
