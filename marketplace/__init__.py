"""A market for the OCOP products of Vietnam: makers sell, coordinators approve, buyers pay the maker directly.

Read in this order; a package imports only from packages below it in this list reversed (import-linter keeps it so):

- `kit` knows nothing of OCOP: database units, clock, money, text, state tables, the edge.
- `places`, `law`: provinces and communes, old names and new; every legal figure with its source.
- `delivery`: fees and reach.
- `accounts`: people, signing in, areas.
- `producers`: the OCOP subject, its stall, the account that is paid.
- `catalog`: products, variants, stock, photos.
- `certificates`: recognitions with dates and evidence.
- `shelf`: what a stranger may see; the one definition of "on sale".
- `search`, `cart`: finding, and what a buyer is about to buy.
- `orders`, `payments`: one producer's part of a checkout; placing, money facts, cancelling.
- `cases`: problems that people report.
- `reviews`: what buyers say of delivered goods.
- `notices`: what people are told, and through which channel.
- `web`: the doors, one per audience. `app`, `cli`, `worker` put the house together.
"""
