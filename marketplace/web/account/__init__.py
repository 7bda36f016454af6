"""The door of signing in: numbers, codes, signed-in telephones, the password."""

from marketplace.web.account.door import bp
from marketplace.web.account.views import code, me, sign_in, sign_up, stop

bp.register_blueprint(me.bp)

__all__ = ["bp", "code", "me", "sign_in", "sign_up", "stop"]
