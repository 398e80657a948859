// A seller's day in fifteen steps with amazon-sp-api, which calls Amazon's hosts, as far as it knows.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const { SellingPartner } = require('amazon-sp-api');

const US = 'ATVPDKIKX0DER';
const SELLER = process.env.SP_API_SELLER_ID;
const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

// What buyers do, and that time passes, is no part of Amazon's API: that is asked of the market itself.
const market = (path, body) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/${path}`, options, (answer) => {
    let text = '';
    answer.on('data', (piece) => { text += piece; }).on('end', () => done(JSON.parse(text)));
  });
  asked.on('error', failed).end(JSON.stringify(body));
});

const fetched = (link) => new Promise((done, failed) => {
  https.get(link, (answer) => {
    let text = '';
    answer.on('data', (piece) => { text += piece; }).on('end', () => done(JSON.parse(text)));
  }).on('error', failed);
});

async function tell() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const call = (endpoint, operation, version, more) =>
    sp.callAPI({ endpoint, operation, options: { version }, ...more });
  const said = {};

  const entered = await call('sellers', 'getMarketplaceParticipations', 'v1');
  said.participations = entered.map((one) => one.marketplace.id);

  const resourceSpecification = { sqs: { arn: given.arn } };
  const made = await call('notifications', 'createDestination', 'v1', { body: { name: 'orders', resourceSpecification } });
  const processingDirective = { eventFilter: { eventFilterType: 'ORDER_CHANGE' } };
  const subscribed = await call('notifications', 'createSubscription', 'v1', {
    path: { notificationType: 'ORDER_CHANGE' },
    body: { payloadVersion: '1.0', destinationId: made.destinationId, processingDirective },
  });
  said.subscribed = subscribed.payloadVersion;

  const definition = await call('productTypeDefinitions', 'getDefinitionsProductType', '2020-09-01', {
    path: { productType: 'MUG' }, query: { marketplaceIds: [US] },
  });
  const link = definition.schema.link.resource;
  const schema = await fetched(link);
  said.schema = [link.split('/schemas')[0], schema.required.every((name) => name in given.attributes)];

  const body = { productType: 'MUG', requirements: 'LISTING', attributes: given.attributes };
  const listing = { path: { sellerId: SELLER, sku: given.sku } };
  const put = async (more) => (await call('listingsItems', 'putListingsItem', '2021-08-01', {
    ...listing, query: { marketplaceIds: [US], ...more }, body,
  })).status;
  said.preview = await put({ mode: 'VALIDATION_PREVIEW' });
  said.put = await put({});
  await market('clock/advance', { by: 'PT2M' });

  const stock = async () => (await call('listingsItems', 'getListingsItem', '2021-08-01', {
    ...listing, query: { marketplaceIds: [US], includedData: ['fulfillmentAvailability'] },
  })).fulfillmentAvailability.reduce((sum, one) => sum + one.quantity, 0);
  const before = await stock();
  const { orderId } = await market('orders', { lines: [{ sku: given.sku, quantity: 2 }] });
  await market('clock/advance', { by: 'PT5M' });

  const listed = await call('orders', 'getOrders', 'v0', {
    query: { MarketplaceIds: [US], CreatedAfter: '2020-01-01T00:00:00Z' },
  });
  said.listed = listed.Orders.some((one) => one.AmazonOrderId === orderId);
  const order = () => call('orders', 'getOrder', 'v0', { path: { orderId } });
  said.order = (await order()).OrderStatus;
  const items = (await call('orders', 'getOrderItems', 'v0', { path: { orderId } })).OrderItems;
  said.items = items.map((item) => [item.SellerSKU, item.QuantityOrdered]);

  said.hidden = (await order()).ShippingAddress.AddressLine1 || null;
  const path = `/orders/v0/orders/${orderId}/address`;
  const { restrictedDataToken } = await call('tokens', 'createRestrictedDataToken', '2021-03-01', {
    body: { restrictedResources: [{ method: 'GET', path }] },
  });
  const shown = await call('orders', 'getOrderAddress', 'v0', { path: { orderId }, restricted_data_token: restrictedDataToken });
  said.address = Boolean(shown.ShippingAddress.AddressLine1);

  await call('orders', 'confirmShipment', 'v0', {
    path: { orderId },
    body: {
      marketplaceId: US,
      packageDetail: {
        packageReferenceId: '1',
        carrierCode: 'UPS',
        trackingNumber: '1Z999AA10123456784',
        shipDate: process.env.SHIP_DATE,
        orderItems: items.map((item) => ({ orderItemId: item.OrderItemId, quantity: item.QuantityOrdered })),
      },
    },
  });
  said.shipped = (await order()).OrderStatus;
  said.left = (await stock()) - before;
  process.stdout.write(JSON.stringify(said));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
