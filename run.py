"""Start the market here: `python run.py`. WSGI servers import `app` from this module."""

import sys

from click import ClickException

import config
from marketplace.app import create_app
from marketplace.kit import logs

settings = config.read()
logs.install(settings.log_level)
app = create_app(settings)

if __name__ == "__main__":
    from marketplace.cli.serve import serve  # only the starter needs the server and the demo
    from marketplace.cli.speaking import in_words

    try:
        with in_words():
            serve(app)
    except ClickException as refusal:  # one sentence and exit code 1, as from every command
        refusal.show()
        sys.exit(1)
