"""Writing judged rows: stalls, villages, products, recognitions, in units small enough to leave buyers their turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from marketplace.catalog import actions as catalog
from marketplace.catalog import queries as catalog_queries
from marketplace.catalog.rules.imported import Goods
from marketplace.certificates import actions as certificates
from marketplace.cli.importing.illustrating import portrait_key, scene_key
from marketplace.cli.importing.judging import Judged, Recognition
from marketplace.cli.importing.reading import Row
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.text import fold
from marketplace.places import actions as places
from marketplace.places import queries as place_queries
from marketplace.producers import actions as producers
from marketplace.producers import queries as producer_queries
from marketplace.producers.rules import KIND_LABELS, Application, PayeeDraft, PayeeKind, ProducerKind

BATCH = 20
SAMPLE_BANK = "970436"
SAMPLE_PHONE = "+8490000"
"""No operator has given out numbers that begin with 0900 00."""


@dataclass
class Report:
    """What became of the rows; `new` are product ids."""

    new: list[int] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Writer:
    """Writes for the operator. `demo` founds sample stalls, `on_sale` makes the operator the approver."""

    demo: bool
    on_sale: bool
    report: Report = field(default_factory=Report)
    actor: Actor = field(default_factory=Actor.operator)

    def set_known_apart(self, rows: Sequence[Row]) -> list[Row]:
        """The rows to judge. One whose id is on this market already is reported and not read further."""
        known = [row for row in rows if row["id"] and catalog_queries.by_external_id(row["id"]) is not None]
        self.report.known += [(row.line, row["name"]) for row in known]
        return [row for row in rows if row not in known]

    def unknown_producers(self, rows: Sequence[Row]) -> list[tuple[int, str]]:
        """Rows whose named producer does not exist here; a demo founds her instead."""
        named = {row["producer"] for row in rows if row["producer"] and not self.demo}
        unknown = {name for name in named if not producer_queries.by_name(fold(name))}
        return [(row.line, f"chưa có người bán tên {row['producer']!r}.") for row in rows if row["producer"] in unknown]

    def write(self, rows: Sequence[Judged]) -> Iterator[int]:
        """Write all rows; yields how many were done after each unit."""
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            with db.unit():
                for row in batch:
                    self._row(row)
            yield len(batch)

    def _row(self, row: Judged) -> None:
        village_id = self._village(row)
        goods = self._goods(row, village_id)
        product_id = catalog.import_product(self.actor, self._stall(row, village_id), goods)
        if product_id is None:
            self.report.known.append((row.line, row.name))
            return
        self.report.new.append(product_id)
        if why := goods.why_draft:
            self.report.remarks.append((row.line, f"bản nháp: {why}"))
        if row.recognition:
            self._recognise(row, product_id, row.recognition)

    def _village(self, row: Judged) -> int | None:
        if not row.village:
            return None
        village_id = places.open_village(
            self.actor,
            name=row.village,
            place=row.place,
            old_place=row.old_place,
            is_sample=self.demo,
            picture=scene_key(row.set_no) if self.demo else None,
        )
        return village_id if self._lies_there(village_id, row) else None

    def _lies_there(self, village_id: int, row: Judged) -> bool:
        """Whether the village of this name and old place is the row's own, not one entered before in another commune."""
        village = place_queries.village(village_id)
        if village is None or not village.commune_code or village.commune_code == row.place.commune_code:
            return True
        if not row.place.commune_code:
            return True
        where = place_queries.label(village.place)
        self.report.remarks.append((row.line, f"làng {row.village} đã ghi ở {where}: nhập không kèm làng."))
        return False

    def _stall(self, row: Judged, village_id: int | None) -> int:
        known = producer_queries.by_name(fold(row.producer)) if row.producer else ()
        if known:
            return known[0].id
        where = row.village or (row.place.commune_code or row.place.province_code)
        key = row.producer or f"{row.producer_kind.value}:{where}:{row.place.province_code}"
        number = producer_queries.count_samples() + 1
        application = Application(
            kind=row.producer_kind,
            name=row.producer or _sample_name(row),
            place=row.place,
            phone=f"{SAMPLE_PHONE}{number:04}",
            payee=PayeeDraft(PayeeKind.PRODUCER, SAMPLE_BANK, f"MAU{number:06}", f"CO SO MAU {number:03}"),
            village=row.village,
            village_id=village_id,
            old_place=row.old_place,
            story=_sample_story(row),
            registration_no=f"MAU-{number:03}",
        )
        return producers.found(self.actor, application, sample_key=key, photo_key=portrait_key(number))

    def _goods(self, row: Judged, village_id: int | None) -> Goods:
        texts = {"description": row.description} if row.description else {}
        if self.demo:
            texts |= {"origin": place_queries.label(row.place)}
        return Goods(
            name=row.name,
            set_no=row.set_no,
            place=row.place,
            unit=row.unit,
            net=row.net,
            external_id=row.external_id,
            price=row.price,
            stock=row.stock,
            klass=row.klass,
            village_id=village_id,
            is_sample=self.demo,
            on_sale=self.on_sale,
            texts=texts,
        )

    def _recognise(self, row: Judged, product_id: int, recognition: Recognition) -> None:
        if claim := recognition.claim:
            certificates.claim(self.actor, product_id, claim)
            self.report.remarks.append((row.line, "giấy công nhận chờ cán bộ đối chiếu bản chụp trước khi hiện sao."))
        elif self.demo:
            certificates.record_sample(self.actor, product_id, recognition.stars, _sample_day(product_id))


def _sample_day(product_id: int) -> date:
    """Some time in the last two years, so that sample recognitions end on different days."""
    return clock.today() - timedelta(days=30 + product_id * 37 % 700)


def _sample_name(row: Judged) -> str:
    where = row.village or place_queries.label(row.place).split(",")[0]
    label = "" if row.producer_kind is ProducerKind.HOUSEHOLD else f" ({str(KIND_LABELS[row.producer_kind]).lower()})"
    return f"Cơ sở mẫu {where}{label}"


def _sample_story(row: Judged) -> str:
    where = place_queries.full_line(row.place, row.village, "")
    return f"Hàng làm ở {where}. Gian hàng này là mẫu để xem thử chợ: người bán, giá và số lượng là ví dụ."
