"""The door of signing in: numbers, codes, the second factor, signed-in telephones, the password; buyers' orders and addresses."""

from marketplace.web.account.door import bp
from marketplace.web.account.views import buyer, card, code, factor, me, pin, sign_in, sign_up, stop

bp.register_blueprint(me.bp)
bp.register_blueprint(factor.bp)
bp.register_blueprint(pin.bp)

__all__ = ["bp", "buyer", "card", "code", "factor", "me", "pin", "sign_in", "sign_up", "stop"]
