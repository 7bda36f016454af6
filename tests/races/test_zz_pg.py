import inspect
from pathlib import Path
import pytest
from sqlalchemy import text
from marketplace.app import create_app
from marketplace.kit import db
from tests import cast, postgres
from tests.conftest import settings_for
from tests.market import MarketUnderTest
from tests.orders import test_placing, shop
from tests.payments import test_seeing, test_refunds, test_pages
from tests.races import test_races
from tests.cart import test_cart

@pytest.fixture(scope="module")
def pg(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pg")
    with postgres.server() as url:
        app = create_app(settings_for(folder, DATABASE_URL=url))
        m = MarketUnderTest(app, Path(folder))
        with app.app_context():
            cast.build(app)
        yield m
        m.close()

FN=[(mod.__name__,n,f) for mod in (test_placing,test_seeing,test_refunds,test_pages,test_cart,test_races) for n,f in vars(mod).items() if n.startswith("test_") and set(inspect.signature(f).parameters)<= {"market","bought"}]
@pytest.mark.parametrize("mod,name,f", FN, ids=[n for _,n,_ in FN])
def test_pg(pg, mod, name, f):
    with pg.app.app_context():
        with db.sqla.engine.execution_options(writing=True).begin() as c:
            names=", ".join(f'"{t.name}"' for t in db.Base.metadata.sorted_tables)
            c.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    with pg.app.app_context(), db.unit():
        cast._move_in(shop.STRANGER)
    with pg.app.app_context():
        cast.number_on_from_the_cast()
    kw={"market":pg}
    if "bought" in inspect.signature(f).parameters: kw["bought"]=shop.order(pg,{1:2})
    f(**kw)
