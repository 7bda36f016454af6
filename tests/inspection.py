"""What every page must be, whichever test opened it."""

import re
from collections import Counter

from bs4 import BeautifulSoup, Tag

OFF_SITE = re.compile(r"^(https?:)?//")
INLINE = re.compile(r"^on[a-z]+$")


class BadPage(AssertionError):
    """A page breaks a rule that all pages keep."""


def inspect(html: str, path: str, status: int) -> None:
    """Raise BadPage with every rule that this page breaks."""
    soup = BeautifulSoup(html, "html.parser")
    faults = [*_head(soup), *_ids(soup), *_labels(soup), *_pictures(soup), *_inline(soup), *_links(soup)]
    if faults:
        raise BadPage(f"{path} ({status}):\n  " + "\n  ".join(faults))


def _head(soup: BeautifulSoup) -> list[str]:
    faults = []
    headings = soup.find_all("h1")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1, wanted one")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    first = " ".join(headings[0].get_text(" ", strip=True).split()) if headings else ""
    if headings and not " ".join(title.split()).removeprefix("Lỗi: ").removeprefix("Error: ").startswith(first):
        faults.append(f"title {title!r} does not start with h1 {first!r}")
    if not (soup.html and soup.html.get("lang") in ("vi", "en")):
        faults.append("html has no lang")
    return faults


def _ids(soup: BeautifulSoup) -> list[str]:
    counts = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    faults = [f"id {name!r} {count} times" for name, count in counts.items() if count > 1]
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for tag in soup.find_all(attrs={attribute: True}):
            value = tag[attribute]
            names = value if isinstance(value, list) else str(value).split()
            faults += [f"{attribute} names {name!r}, which is not there" for name in names if name not in counts]
    return faults


def _labels(soup: BeautifulSoup) -> list[str]:
    labelled = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    faults = []
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") in ("hidden", "submit", "button", "image"):
            continue
        named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
        if not named and not control.find_parent("label"):
            faults.append(f"no label for {control.get('name')!r}")
    for button in soup.find_all("button"):
        if not button.get_text(strip=True) and not button.get("aria-label"):
            faults.append("a button without words")
    return faults


def _pictures(soup: BeautifulSoup) -> list[str]:
    faults = []
    for image in soup.find_all("img"):
        source = image.get("src")
        if image.get("alt") is None:
            faults.append(f"no alt on {source}")
        if not (image.get("width") and image.get("height")):
            faults.append(f"no size on {source}")
    return faults


def _inline(soup: BeautifulSoup) -> list[str]:
    faults = ["inline style element" for _ in soup.find_all("style")]
    for tag in soup.find_all(True):
        if tag.get("style") is not None:
            faults.append(f"style= on {tag.name}")
        faults += [f"{name}= on {tag.name}" for name in tag.attrs if INLINE.match(name)]
    for script in soup.find_all("script"):
        if not script.get("src") and script.get("type") != "application/ld+json":
            faults.append("inline script")
    return faults


def _links(soup: BeautifulSoup) -> list[str]:
    faults = []
    for tag in soup.find_all(["script", "link", "img", "source", "audio", "iframe"]):
        address = str(tag.get("src") or tag.get("href") or "")
        if OFF_SITE.match(address) and not _own(tag):
            faults.append(f"{tag.name} asks another site: {address}")
    for link in soup.find_all("a"):
        if link.get("href") in (None, "", "#"):
            faults.append(f"a link that leads nowhere: {link.get_text(strip=True)!r}")
    return faults


def _own(tag: Tag) -> bool:
    """Canonical and alternate links name this market by its whole address."""
    return tag.name == "link" and bool({"canonical", "alternate"} & set(tag.get("rel") or []))
