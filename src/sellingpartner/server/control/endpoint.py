"""The endpoint of the control API: its operations, an explicit list, and the pipeline that serves them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any, TypeVar
from uuid import uuid4

import msgspec
import structlog

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InternalFailure, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.market_v1.calls import WATCHING
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.accounts.model import Actor, ActorKind
from sellingpartner.server.control.access import app_notifications, applications, audit, grants, queues, sellers, users
from sellingpartner.server.control.admission import admit
from sellingpartner.server.control.buying import (
    feedback,
    messages,
    orders,
    returns,
    reviews,
    services,
    shipments,
    subscriptions,
)
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.documents import data_kiosk, feeds, reports
from sellingpartner.server.control.lint.report import lint_calls
from sellingpartner.server.control.listing import listings, offers, products, promotions, restrictions
from sellingpartner.server.control.never_right import as_argument, told_apart
from sellingpartner.server.control.paying import fees, invoicing, money, wallets
from sellingpartner.server.control.running import clock, faults, sandbox, worlds
from sellingpartner.server.control.stocking import distribution, inbound, outbound, removals, stock, stores, supply
from sellingpartner.server.control.watching import deliveries, listening, recordings, requests, status, story
from sellingpartner.server.gateway.decode import Decoder
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import without_secrets
from sellingpartner.server.gateway.routes import Routes
from sellingpartner.storage.anew import anew
from sellingpartner.storage.events import CAUSE

log = structlog.get_logger(__name__)

PREFIX = "/market/v1/"
"""Where the control API begins."""

CLOCK = f"{PREFIX}clock"
"""Where it moves the clock, which takes as long as what happens on the way."""

RESET = f"{PREFIX}sandbox"
"""Where it asks for the sandbox, and resets it."""

WORLDS = f"{PREFIX}worlds"
"""Where it saves and loads worlds, which takes as long as the market is large."""

PLACING = f"{PREFIX}orders"
"""Where a buyer's order is placed, of which many may come at once."""

_API = "market v1"
_NO_CONTENT = 204
_LEAST_REFUSED = 400
_REFUSED = frozenset({400, 404, 409, 422})

Answer = TypeVar("Answer")


class Controlled(msgspec.Struct, frozen=True):
    """One operation with what runs it."""

    operation: Operation
    decoder: Decoder
    run: Callable[[Desk, Any], object]


def _by(request: type[Request[Answer]], run: Callable[[Desk, Any], Answer]) -> Controlled:
    return Controlled(request.operation, Decoder(request, is_lenient=False), run)


def _operations() -> tuple[Controlled, ...]:
    return (
        _by(v1.GetMarketStatus, status.get_market_status),
        _by(v1.ListRequests, requests.list_requests),
        _by(v1.GetRequest, story.get_request),
        _by(v1.ListUsage, requests.list_usage),
        _by(v1.LintCalls, lint_calls),
        _by(v1.ListRecordings, recordings.list_recordings),
        _by(v1.CreateSeller, sellers.create_seller),
        _by(v1.ListSellers, sellers.list_sellers),
        _by(v1.GetAccountStatus, sellers.get_account_status),
        _by(v1.SetAccountStatus, sellers.set_account_status),
        _by(v1.CreateApplication, applications.create_application),
        _by(v1.ListApplications, applications.list_applications),
        _by(v1.GetApplication, applications.get_application),
        _by(v1.ChangeApplication, applications.change_application),
        _by(v1.RegisterQueue, queues.register_queue),
        _by(v1.GetQueue, queues.get_queue),
        _by(v1.RotateClientSecret, queues.rotate_client_secret),
        _by(v1.CreateGrant, grants.create_grant),
        _by(v1.ListGrants, grants.list_grants),
        _by(v1.NarrowGrant, grants.narrow_grant),
        _by(v1.RevokeGrant, grants.revoke_grant),
        _by(v1.CreateUser, users.create_user),
        _by(v1.ListUsers, users.list_users),
        _by(v1.SetPassword, users.set_password),
        _by(v1.ListAudit, audit.list_audit),
        _by(v1.ListMarketFeeds, feeds.list_market_feeds),
        _by(v1.ShowFeed, feeds.show_feed),
        _by(v1.ListMarketReports, reports.list_market_reports),
        _by(v1.ShowReport, reports.show_report),
        _by(v1.MakeReport, reports.make_report),
        _by(v1.ListMarketQueries, data_kiosk.list_market_queries),
        _by(v1.ShowQuery, data_kiosk.show_query),
        _by(v1.PlaceOrder, orders.place_order),
        _by(v1.ShowOrder, orders.show_order),
        _by(v1.PayOrder, orders.pay_order),
        _by(v1.CancelOrder, orders.cancel_order),
        _by(v1.ListReturns, returns.list_returns),
        _by(v1.AskReturn, returns.ask_return),
        _by(v1.SendReturn, returns.send_return),
        _by(v1.ReceiveReturn, returns.receive_return),
        _by(v1.RefundOrder, returns.refund_order),
        _by(v1.FindProducts, products.find_products),
        _by(v1.GetProduct, products.get_product),
        _by(v1.CreateProduct, products.create_product),
        _by(v1.ListListings, listings.list_listings),
        _by(v1.GetListing, listings.get_listing),
        _by(v1.GetListingExample, listings.get_listing_example),
        _by(v1.PutListing, listings.put_listing),
        _by(v1.DeleteListing, listings.delete_listing),
        _by(v1.SuppressListing, listings.suppress_listing),
        _by(v1.LiftSuppression, listings.lift_suppression),
        _by(v1.ListFeedback, feedback.list_feedback),
        _by(v1.LeaveFeedback, feedback.leave_feedback),
        _by(v1.ReviewItem, reviews.review_item),
        _by(v1.ListMessages, messages.list_messages),
        _by(v1.AnswerMessage, messages.answer_message),
        _by(v1.ListAppNotifications, app_notifications.list_app_notifications),
        _by(v1.ListAppTemplates, app_notifications.list_app_templates),
        _by(v1.PutAppTemplate, app_notifications.put_app_template),
        _by(v1.GetInvoicing, invoicing.get_invoicing),
        _by(v1.SetInvoicing, invoicing.set_invoicing),
        _by(v1.ListStores, stores.list_stores),
        _by(v1.OpenStore, stores.open_store),
        _by(v1.CloseStore, stores.close_store),
        _by(v1.ListStoreShipments, stores.list_store_shipments),
        _by(v1.ListSources, supply.list_sources),
        _by(v1.GetSource, supply.get_source),
        _by(v1.CreateSource, supply.create_source),
        _by(v1.SetSourceStatus, supply.set_source_status),
        _by(v1.SetSourceStock, supply.set_source_stock),
        _by(v1.ListInboundPlans, inbound.list_inbound_plans),
        _by(v1.GetInboundPlan, inbound.get_inbound_plan),
        _by(v1.ListInboundShipments, inbound.list_inbound_shipments),
        _by(v1.GetInboundShipment, inbound.get_inbound_shipment),
        _by(v1.CarryInboundShipment, inbound.carry_inbound_shipment),
        _by(v1.ListDistributionOrders, distribution.list_distribution_orders),
        _by(v1.GetDistributionOrder, distribution.get_distribution_order),
        _by(v1.CarryDistributionOrder, distribution.carry_distribution_order),
        _by(v1.StoreDistributionUnits, distribution.store_distribution_units),
        _by(v1.ListReplenishmentPolicies, distribution.list_replenishment_policies),
        _by(v1.SetReplenishmentPolicy, distribution.set_replenishment_policy),
        _by(v1.ListServiceResources, services.list_service_resources),
        _by(v1.RegisterServiceStore, services.register_service_store),
        _by(v1.RegisterTechnician, services.register_technician),
        _by(v1.ListOfferedServices, services.list_offered_services),
        _by(v1.OfferService, services.offer_service),
        _by(v1.ListServiceJobs, services.list_service_jobs),
        _by(v1.ShowServiceJob, services.show_service_job),
        _by(v1.OrderService, services.order_service),
        _by(v1.CarryServiceJob, services.carry_service_job),
        _by(v1.ListBuyerSubscriptions, subscriptions.list_buyer_subscriptions),
        _by(v1.SubscribeBuyer, subscriptions.subscribe_buyer),
        _by(v1.CancelBuyerSubscription, subscriptions.cancel_buyer_subscription),
        _by(v1.EnrollOffer, subscriptions.enroll_offer),
        _by(v1.ListStock, stock.list_stock),
        _by(v1.GetStock, stock.get_stock),
        _by(v1.SetStock, stock.set_stock),
        _by(v1.AddStockIncident, stock.add_incident),
        _by(v1.TransferStock, stock.transfer_stock),
        _by(v1.ListStranded, stock.list_stranded),
        _by(v1.ListOffers, offers.list_offers),
        _by(v1.Compete, offers.compete),
        _by(v1.WithdrawOffer, offers.withdraw_offer),
        _by(v1.ListOutboundOrders, outbound.list_orders),
        _by(v1.GetOutboundOrder, outbound.get_order),
        _by(v1.CreateOutboundOrder, outbound.create_order),
        _by(v1.ShipOutboundOrder, outbound.ship_order),
        _by(v1.CancelOutboundOrder, outbound.cancel_order),
        _by(v1.MissOutboundUnits, outbound.miss_units),
        _by(v1.ListRemovals, removals.list_removals),
        _by(v1.GetRemoval, removals.get_removal),
        _by(v1.CreateRemoval, removals.create_removal),
        _by(v1.CancelRemoval, removals.cancel),
        _by(v1.ListPromotions, promotions.list_promotions),
        _by(v1.CreatePromotion, promotions.create_promotion),
        _by(v1.EndPromotion, promotions.end_promotion),
        _by(v1.ListRestrictions, restrictions.list_restrictions),
        _by(v1.AddRestriction, restrictions.add_restriction),
        _by(v1.RemoveRestriction, restrictions.remove_restriction),
        _by(v1.ApproveSeller, restrictions.approve_seller),
        _by(v1.EstimateFees, fees.estimate_fees),
        _by(v1.ListBalances, money.list_balances),
        _by(v1.ListPeriods, money.list_periods),
        _by(v1.GetStatement, money.get_statement),
        _by(v1.GetOrderMoney, money.get_order_money),
        _by(v1.GetMoneyPolicy, money.get_money_policy),
        _by(v1.ChangeMoneyPolicy, money.change_money_policy),
        _by(v1.ChargeService, money.charge_service),
        _by(v1.DecideClaim, money.decide_claim),
        _by(v1.ListMoneyPayouts, money.list_money_payouts),
        _by(v1.ChangePayout, money.change_payout),
        _by(v1.AdjustLabel, money.adjust_label),
        _by(v1.ListWallets, wallets.list_wallets),
        _by(v1.OpenWallet, wallets.open_wallet),
        _by(v1.ChangeWallet, wallets.change_wallet),
        _by(v1.ListWalletTransactions, wallets.list_wallet_transactions),
        _by(v1.DecideWalletTransaction, wallets.decide_wallet_transaction),
        _by(v1.ListBankAccounts, wallets.list_bank_accounts),
        _by(v1.AddBankAccount, wallets.add_bank_account),
        _by(v1.ListDeliveries, deliveries.list_deliveries),
        _by(v1.GetDelivery, deliveries.get_delivery),
        _by(v1.RetryDelivery, deliveries.retry_delivery),
        _by(v1.ListSubscriptions, deliveries.list_subscriptions),
        _by(v1.ListDestinations, deliveries.list_destinations),
        _by(v1.CreateWebhook, deliveries.create_webhook),
        _by(v1.SubscribeListener, listening.subscribe_listener),
        _by(v1.GetDisturbance, deliveries.get_disturbance),
        _by(v1.SetDisturbance, deliveries.set_disturbance),
        _by(v1.ListFaults, faults.list_faults),
        _by(v1.CreateFault, faults.create_fault),
        _by(v1.DeleteFault, faults.delete_fault),
        _by(v1.ClearFaults, faults.clear_faults),
        _by(v1.ApplyProfile, faults.apply_profile),
        _by(v1.ListParcels, shipments.list_parcels),
        _by(v1.GetParcel, shipments.get_parcel),
        _by(v1.GetParcelLabel, shipments.get_parcel_label),
        _by(v1.MoveParcel, shipments.move_parcel),
        _by(v1.DelayParcel, shipments.delay_parcel),
        _by(v1.ChangeShippingSettings, shipments.change_shipping_settings),
        _by(v1.GetSandbox, sandbox.get_sandbox),
        _by(v1.ResetSandbox, sandbox.reset_sandbox),
        _by(v1.SaveWorld, worlds.save_world),
        _by(v1.ListWorlds, worlds.list_worlds),
        _by(v1.GetWorld, worlds.get_world),
        _by(v1.CompareWorlds, worlds.compare_worlds),
        _by(v1.LoadWorld, worlds.load_world),
        _by(v1.DeleteWorld, worlds.delete_world),
        _by(v1.GetClock, clock.get_clock),
        _by(v1.AdvanceClock, clock.advance_clock),
        _by(v1.FreezeClock, clock.freeze_clock),
        _by(v1.RunClock, clock.run_clock),
        _by(v1.StopClock, clock.stop_clock),
        _by(v1.TravelClock, clock.travel_clock),
    )


@cache
def _routes() -> Routes[Controlled]:
    """The same for every market: to make them takes longer than all else that an endpoint does at first."""
    routes: Routes[Controlled] = Routes()
    for controlled in _operations():
        routes.add(controlled.operation.method, controlled.operation.path, controlled)
    return routes


def _plainly(error: SellingPartnerError) -> SellingPartnerError:
    """The refusal with the log's words, where Amazon's own say less: whoever drives the market is no stranger to it."""
    if error.details is not None and error.status in _REFUSED and error.reason not in error.told:
        error.details = error.reason
    elif error.told == error.message:  # where details are said, they say nothing of the case
        error.details = ""
    return error


def _decoded(decoder: Decoder, request: HttpRequest, path_values: list[str]) -> object:
    """The typed request; raises `InvalidArgument`, which needs no more words than it has, for one that is none."""
    try:
        return decoder.decode(request, path_values)
    except InvalidInput as wrong:
        raise as_argument(wrong) from None


def _is_watching(request: HttpRequest, answer: HttpAnswer) -> bool:
    """Whether somebody looks again at what they look at all the time: a log of that would soon hold little else."""
    return request.method == "GET" and request.header(WATCHING) is not None and answer.status < _LEAST_REFUSED


class Control:
    """Answers the control API of one market."""

    def __init__(self, desk: Desk, control_key: str | None = None, *, is_public: bool = False) -> None:
        self._desk = desk
        self._key = control_key
        self._is_public = is_public
        self._routes = _routes()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer one call; never raises."""
        started, request_id = perf_counter(), str(uuid4())
        found = self._routes.find(request.method, request.path)
        operation = None if found is None else found[0].operation
        refusal: SellingPartnerError | None = None
        cause = CAUSE.set(request_id)
        try:
            answer = self._serve(request, found)
        except SellingPartnerError as error:
            refusal = told_apart(error)
            answer = render(_plainly(refusal))
        except Exception:
            log.exception("a control call failed by a defect", request_id=request_id, path=request.path)
            refusal = InternalFailure("The market failed on this request; its log has the reason.")
            answer = render(refusal)
        finally:
            CAUSE.reset(cause)
        answer.headers.append(("x-amzn-RequestId", request_id))
        if not _is_watching(request, answer):
            self._desk.journal.add(
                Call(
                    at=self._desk.market.clock.now(),
                    request_id=request_id,
                    method=request.method[:10],
                    path=without_secrets(request.path) if operation is None else operation.path,
                    operation="" if operation is None else operation.name,
                    api=_API,
                    status=answer.status,
                    code="" if refusal is None else refusal.code,
                    reason="" if refusal is None else without_secrets(refusal.reason),
                    milliseconds=(perf_counter() - started) * 1000,
                )
            )
        return answer

    def _serve(self, request: HttpRequest, found: tuple[Controlled, list[str]] | None) -> HttpAnswer:
        admit(request, self._key, is_public=self._is_public)
        if found is None:
            message = f"The market's control API has no {request.method} {without_secrets(request.path)}."
            raise NotFound(message)
        controlled, path_values = found
        sandbox.check_no_account(self._desk, controlled.operation.name)
        desk = msgspec.structs.replace(self._desk, by=Actor(ActorKind.OPERATOR, address=request.peer))
        wanted = _decoded(controlled.decoder, request, path_values)
        result = anew(lambda: controlled.run(desk, wanted))
        status_code = controlled.operation.status
        if status_code == _NO_CONTENT:
            return HttpAnswer(status_code)
        return HttpAnswer(status_code, to_json(result), [("Content-Type", "application/json")])
