"""Start the market here: `python run.py`. WSGI servers import `app` from this module."""

from marketplace.app import create_app

app = create_app()

if __name__ == "__main__":
    from marketplace.cli.serve import serve  # only the starter needs the server and the demo

    serve(app)
