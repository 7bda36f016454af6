"""Whether this browser may be shown alcoholic drinks."""

from flask import request

AGE_COOKIE = "tuoi"


def adult_ok() -> bool:
    """Whether this browser has answered that its owner is 18 or older."""
    return request.cookies.get(AGE_COOKIE) == "1"
