"""The facts that a market tells of, to ask for: `market.facts(OrderShipped)`."""

from __future__ import annotations

from sellingpartner.market.events.accounts import *  # noqa: F403
from sellingpartner.market.events.appointments import *  # noqa: F403
from sellingpartner.market.events.catalog import *  # noqa: F403
from sellingpartner.market.events.content import *  # noqa: F403
from sellingpartner.market.events.data_kiosk import *  # noqa: F403
from sellingpartner.market.events.distribution import *  # noqa: F403
from sellingpartner.market.events.documents import *  # noqa: F403
from sellingpartner.market.events.external import *  # noqa: F403
from sellingpartner.market.events.feedback import *  # noqa: F403
from sellingpartner.market.events.feeds import *  # noqa: F403
from sellingpartner.market.events.inbound import *  # noqa: F403
from sellingpartner.market.events.integrations import *  # noqa: F403
from sellingpartner.market.events.inventory import *  # noqa: F403
from sellingpartner.market.events.invoicing import *  # noqa: F403
from sellingpartner.market.events.listings import *  # noqa: F403
from sellingpartner.market.events.messaging import *  # noqa: F403
from sellingpartner.market.events.money import *  # noqa: F403
from sellingpartner.market.events.offers import *  # noqa: F403
from sellingpartner.market.events.orders import *  # noqa: F403
from sellingpartner.market.events.outbound import *  # noqa: F403
from sellingpartner.market.events.removals import *  # noqa: F403
from sellingpartner.market.events.reports import *  # noqa: F403
from sellingpartner.market.events.reviews import *  # noqa: F403
from sellingpartner.market.events.shipping import *  # noqa: F403
from sellingpartner.market.events.subscriptions import *  # noqa: F403
from sellingpartner.market.events.supply import *  # noqa: F403
