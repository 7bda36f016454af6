"""The index on disk: changes, crashes, removal while serving, other processes."""

import gc
import shutil
import threading
from dataclasses import replace

import pytest

from marketplace.search import index as engine
from marketplace.search.directory import Manifest, writing
from marketplace.search.index import Index, IndexWriter
from marketplace.search.rules import Query, Unreadable
from tests.search.goods import TODAY, Shelf, product, real_goods


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "LOOK_EVERY", 0.0)
    return Shelf(tmp_path / "index", real_goods())


def test_a_reader_sees_what_was_changed_added_and_removed(shelf):
    reader = shelf.reader
    changed = replace(real_goods()[0], name="Kẹo dồi Nam Định")
    shelf.writer.apply([changed, product(9_001, "Bánh xoong")], [real_goods()[1].id], 5)
    assert reader.find(Query("kẹo dồi"), TODAY).ids == (changed.id,)
    assert reader.find(Query("bánh xoong"), TODAY).ids == (9_001,)
    assert real_goods()[1].id not in reader.find(Query(per_page=999), TODAY).ids
    assert reader.documents() == len(real_goods())
    assert shelf.writer.cursor == 5


def test_a_replaced_document_is_found_by_its_old_name_no_more(shelf):
    old = real_goods()[0]
    shelf.writer.apply([replace(old, name="Zin zin")], [], 1)
    assert old.id not in shelf.reader.find(Query(f'"{old.name}"'), TODAY).ids


def test_the_same_change_twice_changes_nothing_more(shelf):
    for _ in range(3):
        shelf.writer.apply([product(9_001, "Bánh nhãn")], [real_goods()[3].id], 7)
    assert shelf.reader.documents() == len(real_goods())
    assert shelf.reader.find(Query("bánh nhãn"), TODAY).ids.count(9_001) == 1


def test_scores_and_facets_are_the_same_in_one_piece_and_in_many(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "TAIL", 20)
    whole = Shelf(tmp_path / "whole", real_goods())
    pieces = Shelf(tmp_path / "pieces", real_goods()[:100])
    for begin in range(100, len(real_goods()), 13):
        pieces.writer.apply(real_goods()[begin : begin + 13], [], begin)
        pieces.writer.apply(real_goods()[begin - 5 : begin], [], begin)
    pieces.look_again()
    for text in ("", "chè lam", "mat ong", "xã", "chef lam", "nước mắm phú quốc"):
        mine, theirs = pieces.find(text), whole.find(text)
        assert mine.ids == theirs.ids, text
        assert mine.facets == theirs.facets
        assert mine.understood == theirs.understood


def test_pieces_stay_few(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "TAIL", 10)
    shelf = Shelf(tmp_path / "index", real_goods())
    for number in range(40):
        shelf.writer.apply([product(9_000 + 12 * number + i, "Bánh") for i in range(12)], [], number)
    folder = shelf.home / Manifest.read(shelf.home).folder
    assert len(list(folder.glob("*.seg"))) <= engine.MOST_PARTS + 4


def test_many_dead_documents_ask_for_a_new_index(shelf):
    assert not shelf.writer.worn()
    for _ in range(2):
        shelf.writer.apply([], [document.id for document in real_goods()[:150]], 1)
    assert shelf.writer.worn()


def test_an_index_deleted_while_serving_goes_on_answering_and_is_missed(shelf):
    before = shelf.find("chè lam")
    shutil.rmtree(shelf.home)
    assert shelf.reader.find(Query("chè lam", per_page=300), TODAY).ids == before.ids
    assert shelf.find("lụa").total > 0
    assert (shelf.home / "REBUILD").exists()


def test_a_new_reader_without_an_index_says_so(tmp_path):
    with pytest.raises(Unreadable):
        Index(tmp_path / "nothing").find(Query("chè"), TODAY)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves an empty file open
def test_files_emptied_by_a_power_cut_are_noticed(shelf):
    for file in (shelf.home / Manifest.read(shelf.home).folder).iterdir():
        file.write_bytes(b"")
    with pytest.raises(Unreadable):
        Index(shelf.home).find(Query("chè"), TODAY)
    with pytest.raises(Unreadable):
        shelf.writer.cursor  # noqa: B018 - the reader left word
    gc.collect()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"folder": "x"}'])
def test_a_damaged_manifest_is_no_index(shelf, damage):
    (shelf.home / "MANIFEST").write_bytes(damage)
    with pytest.raises(Unreadable):
        Index(shelf.home).find(Query("chè"), TODAY)


def test_an_index_of_another_database_is_no_index(shelf):
    with pytest.raises(Unreadable):
        IndexWriter(shelf.home, "another").cursor  # noqa: B018 - reading it is the check


def test_a_rebuild_heals_and_leaves_nothing_behind(shelf):
    reader = shelf.reader
    (shelf.home / "REBUILD").touch()
    (shelf.home / "MANIFEST.half").touch()
    assert shelf.writer.rebuild(real_goods()[:10], 3) == 10
    assert reader.documents() == 10
    assert shelf.writer.cursor == 3
    live = Manifest.read(shelf.home).folder
    assert {found.name for found in shelf.home.iterdir()} == {live, "MANIFEST", "LOCK"}


def test_a_rebuild_that_fails_leaves_the_old_index(shelf):
    def broken():
        yield real_goods()[0]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        shelf.writer.rebuild(broken(), 9)
    assert shelf.writer.cursor == 0
    assert shelf.reader.documents() == len(real_goods())


def test_an_empty_market_has_an_empty_index(tmp_path):
    shelf = Shelf(tmp_path / "index", ())
    assert shelf.find("chè").total == 0
    shelf.put(product(1, "Chè lam"))
    assert shelf.find("chè").ids == (1,)


def test_one_process_writes_at_a_time(shelf):
    with writing(shelf.home, wait=0) as first, writing(shelf.home, wait=0.1) as second:
        assert (first, second) == (True, False)
    with writing(shelf.home, wait=0) as again:
        assert again


def test_readers_see_no_half_state_while_it_is_written_and_rebuilt(shelf):
    reader, wrong, done = shelf.reader, [], threading.Event()

    def read():
        while not done.is_set():
            try:
                found = reader.find(Query("chè lam đại đồng"), TODAY)
                if found.ids[:1] != (2,):
                    wrong.append(found)
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(3):
        shelf.writer.apply([product(9_000 + number, "Kẹo dồi")], [], number)
        shelf.writer.rebuild(real_goods(), number)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
