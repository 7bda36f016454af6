"""Start the market here: `python run.py`. WSGI servers import `app` from this module."""

import config
from marketplace.app import create_app
from marketplace.kit import logs

settings = config.read()
logs.install(settings.log_level)
app = create_app(settings)

if __name__ == "__main__":
    from marketplace.cli.serve import serve  # only the starter needs the server and the demo

    serve(app)
