"""What a call may ask, written out: an unknown parameter, a missing one and one of the wrong shape are refused, each by name."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Check = Callable[[str], bool]


class Wrong(Exception):
    """The call is refused, in Stripe's own form."""

    def __init__(self, message: str, *, code: str = "", param: str = "", status: int = 400, kind: str = "") -> None:
        super().__init__(message)
        self.message, self.code, self.param, self.status = message, code, param, status
        self.kind = kind or "invalid_request_error"

    @property
    def body(self) -> dict[str, dict[str, str]]:
        """The JSON of the refusal."""
        values = {"type": self.kind, "message": self.message, "code": self.code, "param": self.param}
        return {"error": {name: value for name, value in values.items() if value}}


def _matches(pattern: str) -> Check:
    return lambda value: re.fullmatch(pattern, value) is not None


whole = _matches(r"0|[1-9]\d{0,11}")
text = _matches(r"(?s).{1,5000}")
short = _matches(r"(?s).{1,500}")
reference = _matches(r"[\x20-\x7e]{1,200}")
address = _matches(r"https?://[^\s]{1,2000}")
email = _matches(r"[^@\s]+@[^@\s]+")


def one_of(*values: str) -> Check:
    """One of a few words."""
    return lambda value: value in values


@dataclass(frozen=True)
class Shape:
    """The parameters of one call; list positions are written `[]`, keys that the caller names `[*]`."""

    checks: Mapping[str, Check]
    needed: tuple[str, ...] = ()

    def read(self, sent: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The parameters by the name they were sent under. Raises Wrong."""
        values: dict[str, str] = {}
        for name, value in sent:
            check = self._check_of(name)
            if check is None:
                raise Wrong(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
            if name in values:
                raise Wrong(f"Parameter given twice: {name}", code="parameter_invalid", param=name)
            if not check(value):
                raise Wrong(f"Invalid value for {name}: {value[:40]!r}", code="parameter_invalid", param=name)
            values[name] = value
        for name in self.needed:
            if name not in values:
                raise Wrong(f"Missing required param: {name}.", code="parameter_missing", param=name)
        return values

    def _check_of(self, name: str) -> Check | None:
        bare = re.sub(r"\[\d*\]", "[]", name)
        return self.checks.get(bare) or self.checks.get(re.sub(r"metadata\]?\[[a-z_]{1,40}\]$", "metadata[*]", bare))
