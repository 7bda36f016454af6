"""Which drawing stands for which kind of goods, by the words of the name; never one for too many products."""

from dataclasses import dataclass

from marketplace.kit.text import fold


@dataclass(frozen=True)
class Drawing:
    """A drawing of `art/`, and what it shows in words."""

    name: str
    words: str


# Words are compared whole and without marks. What stands earliest in the name wins, because a Vietnamese name says the
# kind first and the place last ("Hồ tiêu Cùa" is no crab); at the same place the first line here, so the narrower kind
# comes before the wider one ("rượu sim" before "rượu").
BY_WORDS: tuple[tuple[str, Drawing], ...] = (
    ("che lam", Drawing("chelam", "đĩa chè lam")),
    ("mien", Drawing("mien", "miến phơi trên sào")),
    ("pho kho", Drawing("phokho", "tô phở")),
    ("hu tieu", Drawing("phokho", "tô hủ tiếu")),
    ("mi", Drawing("mygao", "bó mì gạo")),
    ("bun", Drawing("phokho", "tô bún")),
    ("banh te", Drawing("banhte", "bánh tẻ gói lá")),
    ("banh day", Drawing("banhday", "bánh dày kẹp giò")),
    ("banh chung", Drawing("banhchung", "bánh chưng")),
    ("banh cuon", Drawing("banhcuon", "đĩa bánh cuốn")),
    ("banh sua", Drawing("banhsua", "bánh sữa và chai sữa")),
    ("banh gai", Drawing("banhgai", "bánh gai")),
    ("banh tet", Drawing("banhtet", "đòn bánh tét")),
    ("banh pia", Drawing("pia", "bánh pía")),
    ("banh nhan", Drawing("banhnhan", "bát bánh nhãn")),
    ("banh phong", Drawing("banhda", "bánh phồng")),
    ("banh da nem", Drawing("banhtrang", "phên bánh đa nem")),
    ("banh da", Drawing("banhda", "bánh đa vừng")),
    ("banh trang nuoc dua", Drawing("banhda", "bánh tráng nước dừa")),
    ("banh trang", Drawing("banhtrang", "phên bánh tráng")),
    ("banh kho me", Drawing("banhme", "đĩa bánh khô mè")),
    ("banh deo", Drawing("keo", "gói bánh dẻo")),
    ("banh tam giac mach", Drawing("buckwheat", "bánh và hoa tam giác mạch")),
    ("khau xen", Drawing("khauxen", "mẹt khẩu xén")),
    ("tau hu ky", Drawing("tofuskin", "tàu hủ ky phơi trên sào")),
    ("com", Drawing("com", "cốm trong lá sen")),
    ("gio cha", Drawing("giocha", "khoanh giò lụa")),
    ("cha muc", Drawing("chamuc", "chả mực")),
    ("nem", Drawing("nemchua", "nem gói lá")),
    ("thit chua", Drawing("thitchua", "hũ thịt chua")),
    ("keo cu do", Drawing("cudo", "kẹo cu đơ")),
    ("keo siu chau", Drawing("peanutcandy", "kẹo lạc")),
    ("keo dua", Drawing("coconut", "dừa và kẹo dừa")),
    ("tra sen", Drawing("lotus", "hoa sen và chén trà")),
    ("tra tim sen", Drawing("lotus", "hoa sen và chén trà")),
    ("tra hoa vang", Drawing("goldtea", "hoa trà vàng")),
    ("tra bi dao", Drawing("bidao", "quả bí đao và chén trà")),
    ("cao atiso", Drawing("artichoke", "hoa atisô và lọ cao")),
    ("cao che vang", Drawing("cao", "lọ cao lá")),
    ("che shan tuyet", Drawing("teabud", "búp chè")),
    ("che bup", Drawing("teabud", "búp chè")),
    ("che", Drawing("tea", "hộp chè và chén nước")),
    ("tra o long", Drawing("tea", "hộp trà và chén nước")),
    ("thuoc tam", Drawing("bath", "bồn gỗ nước lá")),
    ("thuoc nam", Drawing("herbs", "bó lá thuốc và cối đá")),
    ("vit", Drawing("duck", "con vịt")),
    ("ga", Drawing("chicken", "con gà")),
    ("cua", Drawing("crab", "con cua")),
    ("ca ngu", Drawing("tuna", "cá ngừ")),
    ("ca chep do", Drawing("carp", "cá chép đỏ")),
    ("mam ca", Drawing("mamca", "hũ mắm cá")),
    ("mam nem", Drawing("mamca", "hũ mắm cá")),
    ("mam tom", Drawing("mamtom", "hũ mắm tôm")),
    ("nuoc mam", Drawing("fishsauce", "chai nước mắm")),
    ("ca thinh", Drawing("driedfish", "mẹt cá")),
    ("kho ca", Drawing("driedfish", "mẹt cá khô")),
    ("sa sung", Drawing("sasung", "mẹt sá sùng khô")),
    ("bo mot nang", Drawing("driedbeef", "thịt bò một nắng")),
    ("yen sao", Drawing("nest", "tổ yến")),
    ("cam", Drawing("orange", "quả cam")),
    ("buoi", Drawing("pomelo", "quả bưởi")),
    ("long nhan", Drawing("longnhan", "bát long nhãn")),
    ("mat ong", Drawing("honey", "lọ mật ong")),
    ("mat hoa dua", Drawing("nectar", "chai mật hoa dừa")),
    ("duong hoa dua", Drawing("cocosugar", "bát đường và nửa quả dừa")),
    ("dau dua", Drawing("cocooil", "chai dầu và nửa quả dừa")),
    ("dau phung", Drawing("peanutoil", "chai dầu và củ lạc")),
    ("dau tram", Drawing("oil", "chai tinh dầu lá")),
    ("tinh dau hoi", Drawing("aniseoil", "chai tinh dầu hồi")),
    ("hoa hoi", Drawing("anise", "hoa hồi")),
    ("nhan", Drawing("longan", "chùm nhãn")),
    ("vai thieu", Drawing("lychee", "chùm vải")),
    ("dau ha chau", Drawing("dauhachau", "chùm dâu Hạ Châu")),
    ("dau tay", Drawing("strawberry", "quả dâu tây")),
    ("chanh day", Drawing("passionfruit", "quả chanh dây")),
    ("thanh long", Drawing("dragonfruit", "quả thanh long")),
    ("man hau", Drawing("plum", "quả mận")),
    ("xoai", Drawing("mango", "quả xoài")),
    ("na", Drawing("custardapple", "quả na")),
    ("mang cau", Drawing("custardapple", "quả mãng cầu")),
    ("dua", Drawing("pineapple", "quả dứa")),
    ("sau rieng", Drawing("durian", "quả sầu riêng")),
    ("hong treo gio", Drawing("persimmon", "hồng treo gió")),
    ("rau", Drawing("greens", "bó rau cải")),
    ("mang", Drawing("bambooshoot", "búp măng")),
    ("nam huong", Drawing("mushroom", "nấm hương")),
    ("khoai deo", Drawing("sweetpotato", "khoai dẻo")),
    ("nhut", Drawing("nhut", "hũ nhút mít")),
    ("hanh tim", Drawing("shallot", "túm hành tím")),
    ("hanh toi", Drawing("garlic", "củ hành, củ tỏi")),
    ("tuong go", Drawing("statue", "tượng gỗ")),
    ("tuong", Drawing("tuong", "chum tương")),
    ("ho tieu", Drawing("pepper", "hạt tiêu")),
    ("tieu", Drawing("pepper", "hạt tiêu")),
    ("muoi", Drawing("salt", "đống muối")),
    ("que", Drawing("cinnamon", "bó quế")),
    ("bot nghe", Drawing("turmeric", "bát bột nghệ")),
    ("hat dieu", Drawing("cashew", "bát hạt điều")),
    ("hat de", Drawing("chestnut", "bát hạt dẻ")),
    ("mac ca", Drawing("macadamia", "bát hạt mắc ca")),
    ("hat sen", Drawing("lotusseed", "bát hạt sen")),
    ("lac", Drawing("peanut", "mẹt lạc")),
    ("bot ca cao", Drawing("cocoa", "quả và bột ca cao")),
    ("ca phe", Drawing("coffee", "gói cà phê")),
    ("sam", Drawing("ginseng", "củ sâm")),
    ("gao", Drawing("rice", "bao gạo")),
    ("ruou can", Drawing("ruoucan", "bình rượu cần")),
    ("ruou ba kich", Drawing("fruitwine", "chai rượu")),
    ("ruou sim", Drawing("fruitwine", "chai rượu")),
    ("ruou", Drawing("jug", "bình rượu")),
    ("kham trai", Drawing("pearl", "hộp khảm trai")),
    ("giay da", Drawing("shoes", "đôi giày da")),
    ("tien go", Drawing("turned", "lọ gỗ và bát gỗ tiện")),
    ("do go", Drawing("woodchair", "ghế gỗ chạm")),
    ("go my nghe", Drawing("woodchair", "ghế gỗ chạm")),
    ("moc", Drawing("woodchair", "ghế gỗ chạm")),
    ("tre truc", Drawing("bamboo", "bàn tre")),
    ("may tre", Drawing("basket", "giỏ đan")),
    ("coi my nghe", Drawing("sedgebag", "túi cói")),
    ("co bang", Drawing("sedgebag", "túi cỏ bàng")),
    ("chieu", Drawing("mat", "chiếu cuộn")),
    ("non", Drawing("nonla", "nón lá")),
    ("quat", Drawing("fan", "quạt giấy")),
    ("ao dai", Drawing("aodai", "áo dài")),
    ("lua", Drawing("silk", "xấp lụa")),
    ("tho cam", Drawing("brocade", "tấm thổ cẩm")),
    ("tam huong", Drawing("incense", "bó tăm hương")),
    ("huong tram", Drawing("censer", "bát hương")),
    ("am chen", Drawing("teaset", "bộ ấm chén")),
    ("tour trai nghiem lang gom", Drawing("potterwheel", "bàn xoay làm gốm")),
    ("gom huong canh", Drawing("chum", "bình gốm")),
    ("gom phuoc tich", Drawing("chum", "bình gốm")),
    ("gom bau truc", Drawing("chum", "bình gốm")),
    ("lo hoa", Drawing("vase", "lọ hoa gốm")),
    ("gom", Drawing("vase", "bình gốm vẽ hoa")),
    ("dat vang", Drawing("goldleaf", "vàng quỳ")),
    ("son mai", Drawing("lacquer", "hộp sơn mài")),
    ("dieu sao", Drawing("kite", "diều sáo")),
    ("tranh", Drawing("print", "tranh gà")),
    ("do dong", Drawing("bronze", "đỉnh đồng")),
    ("bac", Drawing("silver", "bát bạc")),
    ("trong", Drawing("drum", "cái trống")),
    ("da my nghe", Drawing("stonelion", "sư tử đá")),
    ("choi", Drawing("broom", "cái chổi")),
    ("luoc", Drawing("comb", "lược gỗ")),
    ("hoa hong", Drawing("rose", "hoa hồng")),
    ("dao", Drawing("peachblossom", "chậu hoa đào")),
    ("mai vang", Drawing("mai", "chậu mai vàng")),
    ("hoa cuc", Drawing("chrysanthemum", "hoa cúc")),
    ("hoa chau", Drawing("flowerpot", "chậu hoa")),
    ("hoa kieng", Drawing("flowerpot", "chậu hoa")),
    ("cay canh", Drawing("bonsai", "cây cảnh")),
    ("du lich cong dong thieng lieng", Drawing("boat", "thuyền trên sông")),
    ("du lich cong dong con son", Drawing("boat", "thuyền trên sông")),
    ("du lich cong dong dat mui", Drawing("boat", "thuyền trên sông")),
    ("du lich", Drawing("stilthouse", "nhà sàn")),
    ("tour", Drawing("stilthouse", "nhà sàn")),
)
BY_SET: dict[int, Drawing] = {
    1: Drawing("greens", "bó rau cải"),
    3: Drawing("rice", "bao gạo"),
    4: Drawing("honey", "lọ mật ong"),
    6: Drawing("keo", "gói bánh"),
    9: Drawing("fishsauce", "chai nước mắm"),
    11: Drawing("tea", "hộp chè và chén nước"),
    12: Drawing("teabud", "búp chè"),
    13: Drawing("coffee", "gói cà phê"),
    14: Drawing("jug", "bình rượu"),
    15: Drawing("fruitwine", "chai rượu"),
    20: Drawing("herbs", "bó lá thuốc và cối đá"),
    22: Drawing("silk", "xấp lụa"),
    23: Drawing("flowerpot", "chậu hoa"),
    24: Drawing("bonsai", "cây cảnh"),
    25: Drawing("carp", "cá chép đỏ"),
    26: Drawing("stilthouse", "nhà sàn"),
}
ELSE = Drawing("basket", "giỏ đan")
FOLDED = tuple(f" {fold(words)} " for words, _ in BY_WORDS)  # folding also makes "mỳ" and "mì" one word


def drawing_of(name: str, set_no: int) -> Drawing:
    """The drawing for a product of this name and set."""
    folded = f" {fold(name)} "
    found = ((folded.find(words), line) for line, words in enumerate(FOLDED))
    _, first = min(((at, line) for at, line in found if at >= 0), default=(-1, -1))
    return BY_SET.get(set_no, ELSE) if first < 0 else BY_WORDS[first][1]


MAKERS = ("p-ba", "p-co", "p-ong")
SCENES = (
    ("s-chedoi", (11, 12, 13)),
    ("s-bien", (2, 8, 9, 10)),
    ("s-gom", (21,)),
    ("s-lua", (22,)),
    ("s-miensan", (3, 6)),
)


def maker_of(number: int) -> str:
    """The drawn face of the sample stall of this number."""
    return MAKERS[number % len(MAKERS)]


def scene_of(set_no: int) -> str:
    """The drawn village where goods of this set are made."""
    return next((scene for scene, sets in SCENES if set_no in sets), "s-lang")
