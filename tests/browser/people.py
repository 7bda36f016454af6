"""People with a telephone who use the market through its pages only."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.conftest import LiveMarket


@dataclass
class Person:
    """Somebody and the page they look at."""

    page: Page
    market: LiveMarket

    def opens(self, path: str) -> None:
        """Go to an address and wait for the page."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}\n{self.reads()[:800]}"

    def reads(self) -> str:
        """The words on the page."""
        return self.page.locator("body").inner_text()

    def shows(self, words: str) -> bool:
        """Whether these words are on the page, whatever the spaces between them."""
        return " ".join(words.split()) in " ".join(self.reads().split())

    def sees(self, *words: str) -> None:
        """All these words are on the page."""
        for each in words:
            assert self.shows(each), f"{each!r} is not on {self.page.url}:\n{self.reads()[:1500]}"

    def lacks(self, words: str) -> None:
        """These words are nowhere on the page."""
        assert not self.shows(words), f"{words!r} is still on {self.page.url}"

    def fills(self, label: str, value: str) -> None:
        """Type into the field of this label, and leave it: suggestions close."""
        self.types(self.page.get_by_label(label, exact=False).first, value)

    def types(self, box: Locator, value: str) -> None:
        """Type into a field and leave it."""
        box.fill(value)
        box.blur()

    def chooses(self, label: str) -> None:
        """Tap the tile or box of this label."""
        self.page.locator("label").filter(has_text=label).first.click()

    def presses(self, name: str) -> None:
        """Press a button, or follow a link that looks like one, and wait for the page it leads to."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        self.follows(button.or_(link).first)

    def follows(self, thing: Locator) -> None:
        """Tap something that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            thing.click()

    def gives(self, path: str, name: str = "") -> None:
        """Choose a picture or paper for the page's file field."""
        self.page.locator(f"input[type=file]{f'[name={name}]' if name else ''}").first.set_input_files(path)

    def signs_in(self, phone: str, password: str) -> None:
        """With number and password."""
        self.opens("/dang-nhap")
        self.fills("Số điện thoại", phone)
        self.fills("Mật khẩu", password)
        self.presses("Đăng nhập")
        self.shows_the_factor()

    def shows_the_factor(self) -> None:
        """Where the desk asks for a code: the market is one of samples, so the page has filled it in."""
        while "/tai-khoan/xac-thuc/" in self.page.url:
            if self.page.get_by_label("Mã 6 số trong ứng dụng").input_value():
                self.presses("Vào bàn duyệt")
            else:  # two came within the same minute
                self.page.wait_for_timeout(2_000)
                self.page.reload()

    def is_at_the_desk(self, phone: str, password: str) -> None:
        """An official; signed in once for all stories, because a code is good once and the next comes in half a minute."""
        if phone not in self.market.at_the_desk:
            self.signs_in(phone, password)
            self.market.at_the_desk[phone] = self.page.context.cookies()
        self.page.context.add_cookies(self.market.at_the_desk[phone])
