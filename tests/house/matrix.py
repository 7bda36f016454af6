"""Who may do what, written by hand: a row for every method of every route, own things and foreign ones.

The things are Mơ's, in xã Thạch Thất. Columns, in this order:
nobody signed in · Sen (signed in, sells nothing) · Mơ (owner) · Tín (another producer) · Hạnh (coordinator of Thạch
Thất) · Quân (of Hà Nội) · Thu (of Lào Cai) · Bình (admin).

o: let in (the page, a form to correct, a redirect after doing it) · -: 404 · x: 403 · l: sent to sign in ·
a: sent to open a stall first.
"""

from dataclasses import dataclass, field

ROLES = ("", "Sen", "Mơ", "Tín", "Hạnh", "Quân", "Thu", "Bình")

ALL = "oooooooo"
SIGNED = "looooooo"
HER = "l-o-----"
ANY_STALL = "l-oo----"
AREA = "l---oo-o"
DESK = "l---oooo"
ADMIN = "l------o"
COOP = "l--o----"
COOPS_AREA = "l----o-o"
"""Of Tín's co-operative, in xã Dương Hòa."""


@dataclass(frozen=True)
class Row:
    """One method of one rule, with a real address, and what each role gets."""

    method: str
    rule: str
    path: str
    who: str
    data: dict[str, str] = field(default_factory=dict)


def get(rule: str, who: str, path: str = "") -> Row:
    return Row("GET", rule, path or rule, who)


def post(rule: str, who: str, path: str = "", **data: str) -> Row:
    return Row("POST", rule, path or rule, who, data)


STRANGERS = [
    get("/", ALL),
    get("/api/v1/products", ALL),
    get("/api/v1/products/<slug>", ALL, "/api/v1/products/che-lam-dai-dong-h1"),
    get("/bo-loc", ALL),
    get("/cach-sap-xep", ALL),
    get("/chon-noi", ALL, "/chon-noi?q=duyen+thai"),
    get("/danh-muc/", ALL),
    get("/danh-muc/<slug>", ALL, "/danh-muc/mi-mien-banh"),
    get("/doi-tra", ALL),
    get("/giai-quyet-van-de", ALL),
    get("/gian-hang/<slug>", ALL, "/gian-hang/co-so-ba-mo-mo1"),
    get("/giao-hang", ALL),
    get("/gioi-thieu", ALL),
    get("/goi-y", ALL, "/goi-y?q=che"),
    get("/lang-nghe/", ALL),
    get("/lang-nghe/<slug>", ALL, "/lang-nghe/{village}"),
    get("/lang-nghe/<slug>/hang", ALL, "/lang-nghe/{village}/hang"),
    get("/nhat-ky-duyet", ALL),
    get("/noi-lam/", ALL),
    get("/noi-lam/<slug>", ALL, "/noi-lam/xa-thach-that-09955"),
    get("/quy-che", ALL),
    get("/quyen-rieng-tu", ALL),
    get("/robots.txt", ALL),
    get("/san-pham/<slug>", ALL, "/san-pham/che-lam-dai-dong-h1"),
    get("/san-pham/<slug>/y-kien", ALL, "/san-pham/che-lam-dai-dong-h1/y-kien"),
    get("/san-pham/<slug>/in", ALL, "/san-pham/che-lam-dai-dong-h1/in"),
    get("/sitemap.xml", ALL),
    get("/tim", ALL, "/tim?q=che+lam"),
    get("/tuoi", ALL),
    post("/tuoi", ALL),
]

ACCOUNT = [
    get("/dang-ky", ALL),
    post("/dang-ky", ALL),
    get("/dang-ky/ma", ALL),
    post("/dang-ky/ma", ALL),
    get("/dang-nhap", ALL),
    post("/dang-nhap", ALL),
    get("/dang-nhap/ma", ALL),
    post("/dang-nhap/ma", ALL),
    post("/dang-xuat", ALL),
    get("/dung-doi-tai-khoan/<key>/<mark>", ALL, "{stop}"),
    post("/dung-doi-tai-khoan/<key>/<mark>", ALL, "{stop}"),
    get("/vao/<card>", ALL, "/vao/{entry}"),
    post("/vao/<card>", "--------", "/vao/khong-co"),
    get("/tai-khoan/", SIGNED),
    get("/tai-khoan/don", SIGNED),
    post("/tai-khoan/don", SIGNED),
    get("/tai-khoan/mat-khau", SIGNED),
    post("/tai-khoan/mat-khau", SIGNED),
    get("/tai-khoan/noi-nhan", SIGNED),
    get("/tai-khoan/noi-nhan/moi", SIGNED),
    post("/tai-khoan/noi-nhan/moi", SIGNED),
    get("/tai-khoan/noi-nhan/<int:address_id>", "lo------", "/tai-khoan/noi-nhan/{address}"),
    post("/tai-khoan/noi-nhan/<int:address_id>", "lo------", "/tai-khoan/noi-nhan/{address}"),
    post("/tai-khoan/noi-nhan/<int:address_id>/lay-lai", "lo------", "/tai-khoan/noi-nhan/{address}/lay-lai"),
    post("/tai-khoan/noi-nhan/<int:address_id>/xoa", "lo------", "/tai-khoan/noi-nhan/{address}/xoa"),
    get("/tai-khoan/phien", SIGNED),
    get("/tai-khoan/pin", SIGNED),
    post("/tai-khoan/pin", SIGNED),
    get("/tai-khoan/xac-thuc/", DESK),
    post("/tai-khoan/xac-thuc/", DESK),
    get("/tai-khoan/xac-thuc/dat", DESK),
    post("/tai-khoan/xac-thuc/dat", DESK),
    get("/tai-khoan/xac-thuc/du-phong", DESK),
    post("/tai-khoan/xac-thuc/du-phong", DESK, viec="xong"),
    Row("POST", "/tai-khoan/phien", "/tai-khoan/phien", SIGNED, {"tat-ca": "1"}),
]

APPLYING = [
    get("/dang-ky-ban-hang/", SIGNED),
    get("/dang-ky-ban-hang/<slug>", SIGNED, "/dang-ky-ban-hang/loai"),
    post("/dang-ky-ban-hang/<slug>", SIGNED, "/dang-ky-ban-hang/loai"),
    post("/dang-ky-ban-hang/sua", "l-------"),
    get("/dang-ky-ban-hang/xem-lai", "loaaaaaa"),
    post("/dang-ky-ban-hang/xem-lai", "loaa----"),
]

SELLING = [
    get("/ban-hang/", "laooaaaa"),
    Row("POST", "/ban-hang/doi-gian-hang", "/ban-hang/doi-gian-hang", HER, {"gian-hang": "mo1"}),
    get("/ban-hang/gian-hang", ANY_STALL),
    get("/ban-hang/gian-hang/anh", ANY_STALL),
    post("/ban-hang/gian-hang/anh", ANY_STALL),
    get("/ban-hang/gian-hang/ke-chuyen", ANY_STALL),
    post("/ban-hang/gian-hang/ke-chuyen", ANY_STALL),
    get("/ban-hang/gian-hang/tai-khoan", ANY_STALL),
    get("/ban-hang/gian-hang/tai-khoan/doi", ANY_STALL),
    post("/ban-hang/gian-hang/tai-khoan/doi", ANY_STALL),
    post("/ban-hang/gian-hang/tai-khoan/dung", HER, lan="{change}"),
    get(
        "/ban-hang/gian-hang/tai-khoan/hop-tac-xa/<int:member_id>",
        HER,
        "/ban-hang/gian-hang/tai-khoan/hop-tac-xa/{invited}",
    ),
    post(
        "/ban-hang/gian-hang/tai-khoan/hop-tac-xa/<int:member_id>",
        HER,
        "/ban-hang/gian-hang/tai-khoan/hop-tac-xa/{invited}",
    ),
    get("/ban-hang/hop-tac-xa", COOP),
    post("/ban-hang/hop-tac-xa", COOP, stall="0900 000 101"),
    Row("POST", "/ban-hang/hop-tac-xa/thoi", "/ban-hang/hop-tac-xa/thoi", COOP, {"thanh-vien": "{invited}"}),
    get("/ban-hang/hop-tac-xa/tien", COOP),
    get("/ban-hang/khoan/<reference>", COOP, "/ban-hang/khoan/{kept}"),
    post("/ban-hang/khoan/<reference>", COOP, "/ban-hang/khoan/{kept}", verb="received"),
    get("/ban-hang/gian-hang/tien-mat", ANY_STALL),
    post("/ban-hang/gian-hang/tien-mat", ANY_STALL, cod="y"),
    get("/ban-hang/hang", ANY_STALL),
    get("/ban-hang/hang/da-xoa", ANY_STALL),
    get("/ban-hang/hang/moi", ANY_STALL),
    post("/ban-hang/hang/moi", ANY_STALL),
]


def of_product(method: str, tail: str, key: str = "h22", who: str = HER, **values: str) -> Row:
    """A row about one product of Mơ's: h1 is on sale, h22 a draft."""
    rule = f"/ban-hang/hang/<key>{tail}"
    path = rule.replace("<key>", key)
    names = {
        "<photo_key>": "pa22", "<int:width>": "720", "<slug>": "thanh-phan", "<int:variant_id>": "22",
        "<int:document_id>": "220", "<kind>": "food_safety", **{k: v for k, v in values.items() if k.startswith("<")},
    }  # fmt: skip
    if key == "h1":
        names["<int:variant_id>"] = "1"
    for name, value in names.items():
        path = path.replace(name, value)
    return Row(method, rule, path, who, {k: v for k, v in values.items() if not k.startswith("<")})


PRODUCTS = [
    of_product("GET", ""),
    of_product("GET", "/anh"),
    of_product("POST", "/anh"),
    of_product("GET", "/anh/<photo_key>/<int:width>"),
    of_product("POST", "/anh/<photo_key>/dau"),
    of_product("POST", "/anh/<photo_key>/xoa"),
    of_product("POST", "/anh/<photo_key>/lay-lai"),
    of_product("POST", "/ban-tiep", "h1"),
    of_product("GET", "/cau-hoi/<slug>"),
    of_product("POST", "/cau-hoi/<slug>"),
    of_product("GET", "/chung-nhan"),
    of_product("POST", "/chung-nhan"),
    of_product("POST", "/dem/<int:variant_id>", "h1", counted="20", expected="24"),
    of_product("GET", "/gia"),
    of_product("POST", "/gia"),
    of_product("POST", "/gia/<int:variant_id>", "h1", price="86.000"),
    of_product("GET", "/giay-to"),
    of_product("GET", "/giay-to/<int:document_id>"),
    of_product("POST", "/giay-to/<int:document_id>/xoa"),
    of_product("POST", "/giay-to/<int:document_id>/lay-lai"),
    of_product("POST", "/giay-to/<kind>"),
    of_product("POST", "/lay-lai"),
    of_product("POST", "/lay-ve"),
    of_product("GET", "/loai"),
    of_product("POST", "/loai"),
    of_product("POST", "/loai/<int:variant_id>/bo", **{"<int:variant_id>": "220"}),
    of_product("POST", "/loai/<int:variant_id>/lay-lai", **{"<int:variant_id>": "220"}),
    of_product("GET", "/nhom"),
    of_product("POST", "/nhom"),
    of_product("GET", "/so-luong"),
    of_product("POST", "/so-luong"),
    of_product("POST", "/tam-dung", "h1"),
    of_product("POST", "/sua", "h1"),
    of_product("GET", "/ten"),
    of_product("POST", "/ten"),
    of_product("POST", "/them/<int:variant_id>", "h1", count="2"),
    of_product("GET", "/xem-lai"),
    of_product("POST", "/xem-lai"),
    of_product("GET", "/xep-loai"),
    of_product("POST", "/xep-loai"),
    of_product("POST", "/xoa"),
]

DESK_ROWS = [
    get("/dieu-phoi/", DESK),
    get("/dieu-phoi/chung-nhan/<int:certificate_id>", AREA, "/dieu-phoi/chung-nhan/21"),
    post("/dieu-phoi/chung-nhan/<int:certificate_id>", AREA, "/dieu-phoi/chung-nhan/21", verb="confirm"),
    post("/dieu-phoi/chung-nhan/<int:certificate_id>/gia-han", AREA, "/dieu-phoi/chung-nhan/1/gia-han"),
    post("/dieu-phoi/chung-nhan/<int:certificate_id>/thu-hoi", AREA, "/dieu-phoi/chung-nhan/1/thu-hoi"),
    get("/dieu-phoi/co-so/<key>", AREA, "/dieu-phoi/co-so/mo1"),
    post("/dieu-phoi/co-so/<key>", AREA, "/dieu-phoi/co-so/mo1", verb="pause", reason="Kiểm tra lại"),
    get("/dieu-phoi/co-so/<key>/khoa", AREA, "/dieu-phoi/co-so/mo1/khoa"),
    post("/dieu-phoi/co-so/<key>/khoa", AREA, "/dieu-phoi/co-so/mo1/khoa", verb="freeze", reason="Gọi không ai biết"),
    get("/dieu-phoi/co-so/<key>/the", AREA, "/dieu-phoi/co-so/mo1/the"),
    post("/dieu-phoi/co-so/<key>/the", AREA, "/dieu-phoi/co-so/mo1/the", nguoi="1"),
    get("/dieu-phoi/co-so/<key>/the/in", AREA, "/dieu-phoi/co-so/mo1/the/in"),
    get("/dieu-phoi/co-so/<key>/tai-khoan", AREA, "/dieu-phoi/co-so/mo1/tai-khoan"),
    post("/dieu-phoi/co-so/<key>/tai-khoan", AREA, "/dieu-phoi/co-so/mo1/tai-khoan"),
    get("/dieu-phoi/tai-khoan/<key>", AREA, "/dieu-phoi/tai-khoan/{change}"),
    post("/dieu-phoi/tai-khoan/<key>", AREA, "/dieu-phoi/tai-khoan/{change}", verb="approve"),
    get("/dieu-phoi/don-cham", DESK),
    get("/dieu-phoi/don-vi-van-hanh", ADMIN),
    post("/dieu-phoi/don-vi-van-hanh", ADMIN),
    get("/dieu-phoi/hang/<key>", AREA, "/dieu-phoi/hang/h21"),
    post("/dieu-phoi/hang/<key>", AREA, "/dieu-phoi/hang/h21", verb="approve"),
    get("/dieu-phoi/ban-sua/<key>", AREA, "/dieu-phoi/ban-sua/h23"),
    post("/dieu-phoi/ban-sua/<key>", AREA, "/dieu-phoi/ban-sua/h23", verb="apply", seen="1"),
    get("/dieu-phoi/y-kien", DESK),
    get("/dieu-phoi/y-kien/<int:review_id>", AREA, "/dieu-phoi/y-kien/{review}"),
    post(
        "/dieu-phoi/y-kien/<int:review_id>", AREA, "/dieu-phoi/y-kien/{review}", verb="hide", reason="Lời lẽ xúc phạm"
    ),
    get("/dieu-phoi/hoan-tien", DESK),
    post(
        "/dieu-phoi/hoan-tien/ma-cu/<int:doubt_id>",
        COOPS_AREA,
        "/dieu-phoi/hoan-tien/ma-cu/{doubt}",
        outcome="counted",
        amount="150.000",
        note="Đã gọi",
    ),
    get("/dieu-phoi/khu-vuc", DESK),
    get("/dieu-phoi/luat", DESK),
    get("/dieu-phoi/nguoi-dung", DESK),
    get("/dieu-phoi/nguoi-dung/<int:user_id>", ADMIN, "/dieu-phoi/nguoi-dung/5"),
    post("/dieu-phoi/nguoi-dung/<int:user_id>/khu-vuc", ADMIN, "/dieu-phoi/nguoi-dung/5/khu-vuc"),
    post("/dieu-phoi/nguoi-dung/<int:user_id>/quyen", ADMIN, "/dieu-phoi/nguoi-dung/5/quyen", viec="dong"),
    Row(
        "POST",
        "/dieu-phoi/nguoi-dung/<int:user_id>/thoi-khu-vuc",
        "/dieu-phoi/nguoi-dung/5/thoi-khu-vuc",
        ADMIN,
        {"khu-vuc": "1"},
    ),
    get("/dieu-phoi/nguoi-dung/ma", DESK),
    get("/dieu-phoi/nguoi-dung/mo", DESK),
    post("/dieu-phoi/nguoi-dung/mo", DESK),
    get("/dieu-phoi/phi-giao", ADMIN),
    post("/dieu-phoi/phi-giao", ADMIN),
    get("/dieu-phoi/tam-giu", ADMIN),
    post("/dieu-phoi/tam-giu", ADMIN),
    post("/dieu-phoi/tam-giu/<int:finding_id>", ADMIN, "/dieu-phoi/tam-giu/1", note="Đã gọi khách"),
    post("/dieu-phoi/tam-giu/chuyen-khoan", ADMIN, memo="OCOP 000 000 197", amount="85.000"),
    get("/dieu-phoi/tep/<kind>/<int:paper_id>", AREA, "/dieu-phoi/tep/giay-to/210"),
    get("/dieu-phoi/thong-bao", DESK),
    post("/dieu-phoi/thong-bao", DESK),
    post("/dieu-phoi/thong-bao/<int:notice_id>", "l---o---", "/dieu-phoi/thong-bao/{told}"),
    get("/dieu-phoi/tien-mat", DESK),
    get("/dieu-phoi/viec-ket", ADMIN),
    post("/dieu-phoi/viec-ket", ADMIN, verb="retry"),
    get("/dieu-phoi/chi-tra", ADMIN),
    post("/dieu-phoi/chi-tra/hoan-lai", ADMIN, khoan="1"),
    get("/dieu-phoi/chi-tra/<key>", ADMIN, "/dieu-phoi/chi-tra/mo1"),
    post("/dieu-phoi/chi-tra/<key>", ADMIN, "/dieu-phoi/chi-tra/mo1", key="k1", amount="1000"),
    post("/dieu-phoi/chi-tra/<key>/bo", ADMIN, "/dieu-phoi/chi-tra/mo1/bo", khoan="{payout}"),
    get("/dieu-phoi/chi-tra/<key>/ma.<kind>", ADMIN, "/dieu-phoi/chi-tra/mo1/ma.svg"),
    get("/dieu-phoi/the", ADMIN),
    post("/dieu-phoi/the", ADMIN),
    post("/dieu-phoi/the/<int:doubt_id>", ADMIN, "/dieu-phoi/the/1", note="Đã hoàn ở Stripe"),
    get("/dieu-phoi/van-de/<key>", AREA, "/dieu-phoi/van-de/{problem}"),
    post("/dieu-phoi/van-de/<key>", AREA, "/dieu-phoi/van-de/{problem}", verb="answer", text="Đã hỏi người bán."),
]

# An order is known by an address nobody can guess: whoever holds it is its buyer, signed in or not.
BUYING = [
    get("/bao-van-de", ALL, "/bao-van-de?hang=h1"),
    post("/bao-van-de", ALL, "/bao-van-de?hang=h1"),
    get("/bao-van-de/da-gui", ALL),
    get("/dat-hang", ALL),
    get("/dat-hang/cach-giao", ALL),
    post("/dat-hang/cach-giao", ALL),
    get("/dat-hang/nguoi-nhan", ALL),
    post("/dat-hang/nguoi-nhan", ALL),
    post("/dat-hang/noi-da-luu", "-o------", noi="{address}"),
    get("/dat-hang/noi-nhan", ALL),
    post("/dat-hang/noi-nhan", ALL),
    get("/dat-hang/xem-lai", ALL),
    post("/dat-hang/xem-lai", ALL),
    get("/don-hang/<token>", ALL, "/don-hang/{token}"),
    get("/don-hang/<token>/bien-nhan", ALL, "/don-hang/{token}/bien-nhan"),
    post("/don-hang/<token>/chua-chuyen", ALL, "/don-hang/{back}/chua-chuyen", khoan="{refund}"),
    post("/don-hang/<token>/da-chuyen", ALL, "/don-hang/{token}/da-chuyen", khoan="1"),
    post("/don-hang/<token>/da-nhan", ALL, "/don-hang/{token}/da-nhan", don="{code}"),
    post("/don-hang/<token>/da-nhan-lai-tien", ALL, "/don-hang/{back}/da-nhan-lai-tien", khoan="{refund}"),
    post("/don-hang/<token>/huy", ALL, "/don-hang/{token}/huy", don="{code}"),
    get("/don-hang/<token>/mua-lai", ALL, "/don-hang/{token}/mua-lai"),
    post("/don-hang/<token>/mua-lai", ALL, "/don-hang/{token}/mua-lai"),
    get("/don-hang/<token>/qr/<int:number>.png", ALL, "/don-hang/{token}/qr/1.png"),
    get("/don-hang/<token>/qr/<int:number>.svg", ALL, "/don-hang/{token}/qr/1.svg"),
    post("/don-hang/<token>/tai-khoan", ALL, "/don-hang/{token}/tai-khoan"),
    get("/don-hang/<token>/tai-khoan-hoan", ALL, "/don-hang/{back}/tai-khoan-hoan"),
    post("/don-hang/<token>/tai-khoan-hoan", ALL, "/don-hang/{back}/tai-khoan-hoan"),
    post("/don-hang/<token>/tai-khoan-hoan/ma", ALL, "/don-hang/{back}/tai-khoan-hoan/ma"),
    post("/don-hang/<token>/the", ALL, "/don-hang/{card}/the", khoan="1"),
    get("/don-hang/<token>/the/<int:row_id>", ALL, "/don-hang/{card}/the/1"),
    get("/don-hang/<token>/the/ve", ALL, "/don-hang/{card}/the/ve"),
    get("/don-hang/<token>/van-de/<key>", ALL, "/don-hang/{token}/van-de/{case}"),
    post("/don-hang/<token>/van-de/<key>", ALL, "/don-hang/{token}/van-de/{case}", verb="ask", answer="Vẫn chưa thấy."),
    get("/don-hang/<token>/y-kien/<int:line_id>", ALL, "/don-hang/{spoken}/y-kien/{line}"),
    post(
        "/don-hang/<token>/y-kien/<int:line_id>",
        ALL,
        "/don-hang/{spoken}/y-kien/{line}",
        feeling="good",
        text="Bánh dẻo",
    ),
    post("/don-hang/<token>/xac-nhan-so", ALL, "/don-hang/{token}/xac-nhan-so"),
    get("/don-tren-may", ALL),
    post("/don-tren-may/quen", ALL),
    get("/gio-hang", ALL),
    Row("POST", "/gio-hang", "/gio-hang", ALL, {"verb": "add", "variant": "1", "quantity": "1"}),
    get("/phi-giao/<slug>", ALL, "/phi-giao/che-lam-dai-dong-h1"),
    post("/phi-giao/<slug>", ALL, "/phi-giao/che-lam-dai-dong-h1"),
    get("/tra-cuu-don", ALL),
    post("/tra-cuu-don", ALL),
]

ORDERS = [
    get("/ban-hang/don", ANY_STALL),
    get("/ban-hang/don/<code>", HER, "/ban-hang/don/{code}"),
    post("/ban-hang/don/<code>", HER, "/ban-hang/don/{code}", verb="received"),
    get("/ban-hang/don/<code>/gui", HER, "/ban-hang/don/{code}/gui"),
    post("/ban-hang/don/<code>/gui", HER, "/ban-hang/don/{code}/gui"),
    get("/ban-hang/don/<code>/hoan", HER, "/ban-hang/don/{code}/hoan"),
    post("/ban-hang/don/<code>/hoan", HER, "/ban-hang/don/{code}/hoan", key="0" * 32, reason="Vỡ"),
    get("/ban-hang/don/<code>/hoan/<int:refund_id>.<kind>", HER, "/ban-hang/don/{backcode}/hoan/{refund}.svg"),
    get("/ban-hang/don/<code>/khong-lam-duoc", HER, "/ban-hang/don/{code}/khong-lam-duoc"),
    post("/ban-hang/don/<code>/khong-lam-duoc", HER, "/ban-hang/don/{code}/khong-lam-duoc"),
    get("/ban-hang/don/<code>/khong-nhan", HER, "/ban-hang/don/{cashcode}/khong-nhan"),
    post("/ban-hang/don/<code>/khong-nhan", HER, "/ban-hang/don/{cashcode}/khong-nhan", reason="Không nghe máy"),
    get("/ban-hang/don/<code>/nhan", HER, "/ban-hang/don/{code}/nhan"),
    get("/ban-hang/don/<code>/phieu", HER, "/ban-hang/don/{code}/phieu"),
    get("/ban-hang/don/<code>/tien-mat", HER, "/ban-hang/don/{cashcode}/tien-mat"),
    post("/ban-hang/don/<code>/tien-mat", HER, "/ban-hang/don/{cashcode}/tien-mat", whose="hand", total="60.000"),
    get("/ban-hang/thong-bao", ANY_STALL),
    post("/ban-hang/thong-bao", ANY_STALL),
    post("/ban-hang/thong-bao/<int:notice_id>", HER, "/ban-hang/thong-bao/{notice}"),
    get("/ban-hang/y-kien", ANY_STALL),
    post("/ban-hang/y-kien/<int:review_id>", HER, "/ban-hang/y-kien/{review}", text="Cảm ơn đã mua"),
    get("/ban-hang/tien", ANY_STALL),
    get("/ban-hang/van-de", ANY_STALL),
    get("/ban-hang/van-de/<key>", HER, "/ban-hang/van-de/{case}"),
    post("/ban-hang/van-de/<key>", HER, "/ban-hang/van-de/{case}", verb="answer", answer="Đã gửi bù."),
    post("/ban-hang/tien", HER, khoan="{refund}", verb="sent"),
    get("/ban-hang/tien/thu-ho", ANY_STALL),
    post("/ban-hang/tien/thu-ho", ANY_STALL, don="{cashcode}"),
]

# Whoever signs is let in; what is not signed is refused as a bad request, whoever sends it.
HOOKS = [post("/hooks/stripe", ALL)]

ROWS = [*HOOKS, *BUYING, *ORDERS, *STRANGERS, *ACCOUNT, *APPLYING, *SELLING, *PRODUCTS, *DESK_ROWS]
