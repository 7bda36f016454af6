"""Which drawing stands for which kind of goods, by the words of the name; never one for too many products."""

from dataclasses import dataclass

from marketplace.kit.text import fold


@dataclass(frozen=True)
class Drawing:
    """A drawing of `art/`, and what it shows in words."""

    name: str
    words: str


BY_WORDS: tuple[tuple[str, Drawing], ...] = (
    ("che lam", Drawing("chelam", "đĩa chè lam")),
    ("mien", Drawing("mien", "bó miến")),
    ("pho kho", Drawing("phokho", "bó phở khô")),
    ("my ", Drawing("mygao", "bó mì gạo")),
    ("nuoc mam", Drawing("fishsauce", "chai nước mắm")),
    ("ca phe", Drawing("coffee", "gói cà phê")),
    ("ruou", Drawing("jug", "bình rượu")),
    ("non ", Drawing("nonla", "nón lá")),
    ("mat ong", Drawing("honey", "lọ mật ong")),
)
BY_SET: dict[int, Drawing] = {}
ELSE = Drawing("basket", "giỏ đan")


def drawing_of(name: str, set_no: int) -> Drawing:
    """The drawing for a product of this name and set."""
    folded = f"{fold(name)} "
    for words, drawing in BY_WORDS:
        if words in folded:
            return drawing
    return BY_SET.get(set_no, ELSE)


MAKERS = ("p-ba", "p-co", "p-ong")


def maker_of(number: int) -> str:
    """The drawn face of the sample stall of this number."""
    return MAKERS[number % len(MAKERS)]


def scene_of(set_no: int) -> str:
    """The drawn village where goods of this set are made."""
    if set_no in (11, 12, 13):
        return "s-chedoi"
    if set_no in (2, 8, 9, 10):
        return "s-bien"
    if set_no == 21:
        return "s-gom"
    if set_no == 22:
        return "s-lua"
    if set_no in (3, 6):
        return "s-miensan"
    return "s-lang"
