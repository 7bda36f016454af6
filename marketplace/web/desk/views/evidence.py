"""Papers behind a decision: opened by officials of the area only, as attachments, never stored on the way."""

from dataclasses import dataclass
from pathlib import PurePath

from flask import Response, abort
from werkzeug.datastructures import FileStorage

from marketplace.catalog import queries as catalog
from marketplace.catalog.rules import desk_sees, inspect_paper
from marketplace.certificates import queries as certificates
from marketplace.kit.errors import NotFound
from marketplace.kit.storage import private_store
from marketplace.web import frame
from marketplace.web.desk.door import bp

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True)
class Paper:
    """A file of the private store and the name it is saved under."""

    key: str
    name: str


def _document(paper_id: int) -> Paper:
    found = catalog.document(paper_id)
    product = catalog.product(found.product_id) if found else None
    if found is None or product is None or not desk_sees(product.state, product.withdrawn_from):
        raise NotFound
    frame.actor().require_area(product.place)
    return Paper(found.key, f"{found.kind.value}-{product.key}")


def _evidence(certificate_id: int) -> Paper:
    one, product = certificates.on_desk(frame.actor(), certificate_id)
    return Paper(one.evidence_key or "", f"quyet-dinh-{product.key}")


def _extension(certificate_id: int) -> Paper:
    one, product = certificates.on_desk(frame.actor(), certificate_id)
    return Paper(one.extension_evidence_key or "", f"gia-han-{product.key}")


KINDS = {"giay-to": _document, "chung-nhan": _evidence, "gia-han": _extension}


@bp.get("/tep/<kind>/<int:paper_id>")
def paper(kind: str, paper_id: int) -> Response:
    """One paper as an attachment. 404 outside the area, and for a paper that was never sent."""
    find = KINDS.get(kind)
    if find is None:
        abort(404)
    wanted = find(paper_id)
    if not wanted.key:
        abort(404)
    ext = PurePath(wanted.key).suffix.lstrip(".")
    answer = Response(_content(wanted.key), mimetype=MEDIA_TYPES.get(ext, "application/octet-stream"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{wanted.name}.{ext}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _content(key: str) -> bytes:
    """The whole paper: at most 10 MB, as it was let in."""
    try:
        with private_store().open(key) as file:
            return file.read()
    except FileNotFoundError:
        abort(404)


def is_picture(key: str | None) -> bool:
    """Whether a paper can be shown on the page itself."""
    return bool(key) and PurePath(key or "").suffix in (".jpg", ".png", ".webp")


def keep_paper(sent: FileStorage | None) -> str | None:
    """Put a paper that was sent into the private store; None when nothing was. Refuses what is neither picture nor PDF."""
    if sent is None or not sent.filename:
        return None
    content = sent.stream.read()
    found = inspect_paper(content)
    return private_store().put(content, found.ext)
