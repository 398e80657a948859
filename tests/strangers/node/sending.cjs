// Units from a seller's shelf to a buyer of another shop with amazon-sp-api: a shipment in, received, and an order out of it.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const { SellingPartner } = require('amazon-sp-api');

const US = 'ATVPDKIKX0DER';
const NUMBER = 'SHOP-1';
const PATIENCE = 60;
const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const books = { msku: given.sent, labelOwner: 'SELLER', prepOwner: 'NONE' };
const warehouse = {
  name: 'Harbor Goods',
  addressLine1: '300 Turnbull Ave',
  city: 'Detroit',
  stateOrProvinceCode: 'MI',
  postalCode: '48123',
  countryCode: 'US',
  phoneNumber: '+1 313 555 0100',
};
const buyer = {
  name: 'Ann Lee',
  addressLine1: '12 Elm St',
  city: 'Portland',
  stateOrRegion: 'OR',
  postalCode: '97201',
  countryCode: 'US',
};
const box = {
  quantity: 4,
  items: [{ ...books, quantity: 10 }],
  contentInformationSource: 'BOX_CONTENT_PROVIDED',
  weight: { unit: 'LB', value: 20 },
  dimensions: { unitOfMeasurement: 'IN', length: 16, width: 12, height: 10 },
};

// That time passes is no part of Amazon's API: that is asked of the market itself.
const advance = (by) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/clock/advance`, options, (answer) => {
    answer.resume().on('end', done);
  });
  asked.on('error', failed).end(JSON.stringify({ by }));
});

const begins = (link) => new Promise((done, failed) => {
  https.get(link, (answer) => {
    const pieces = [];
    answer.on('data', (piece) => pieces.push(piece));
    answer.on('end', () => done(Buffer.concat(pieces).subarray(0, 5).toString('latin1')));
  }).on('error', failed);
});

async function tell() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const said = { operations: [] };
  const inbound = (operation, more) =>
    sp.callAPI({ endpoint: 'fulfillmentInbound', operation, options: { version: '2024-03-20' }, ...more });
  const done = async ({ operationId }) => {
    await advance('PT20S');
    const found = await inbound('getInboundOperationStatus', { path: { operationId } });
    said.operations.push([found.operation, found.operationStatus]);
  };

  const planned = await inbound('createInboundPlan', {
    body: { destinationMarketplaces: [US], sourceAddress: warehouse, items: [{ ...books, quantity: 40 }] },
  });
  await done(planned);
  const plan = { inboundPlanId: planned.inboundPlanId };
  const act = async (operation, more, body) => done(await inbound(operation, { path: { ...plan, ...more }, body }));

  await act('generatePackingOptions');
  const [packing] = (await inbound('listPackingOptions', { path: plan })).packingOptions;
  await act('confirmPackingOption', { packingOptionId: packing.packingOptionId });
  const groupings = [{ packingGroupId: packing.packingGroups[0], boxes: [box] }];
  await act('setPackingInformation', {}, { packageGroupings: groupings });

  await act('generatePlacementOptions', {}, {});
  const [placement] = (await inbound('listPlacementOptions', { path: plan })).placementOptions;
  const { placementOptionId } = placement;
  await act('confirmPlacementOption', { placementOptionId });
  const [shipmentId] = placement.shipmentIds;
  const shipment = { ...plan, shipmentId };

  const wish = { shipmentId, readyToShipWindow: { start: given.now } };
  await act('generateTransportationOptions', {}, { placementOptionId, shipmentTransportationConfigurations: [wish] });
  const offered = await inbound('listTransportationOptions', { path: plan, query: { shipmentId } });
  const partner = offered.transportationOptions.find((one) =>
    one.shippingSolution === 'AMAZON_PARTNERED_CARRIER' && one.shippingMode === 'GROUND_SMALL_PARCEL');
  const { transportationOptionId } = partner;
  await act('confirmTransportationOptions', {}, { transportationSelections: [{ shipmentId, transportationOptionId }] });

  const number = (await inbound('getShipment', { path: shipment })).shipmentConfirmationId;
  const older = (operation, query) => sp.callAPI({
    endpoint: 'fulfillmentInbound', operation, options: { version: 'v0' }, path: { shipmentId: number }, query,
  });
  const labels = await older('getLabels', { PageType: 'PackageLabel_Plain_Paper', LabelType: 'BARCODE_2D' });
  said.labels = await begins(labels.DownloadURL);

  const seen = [];
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const { status } = await inbound('getShipment', { path: shipment });
    if (!seen.includes(status)) seen.push(status);
    if (status === 'CLOSED') break;
    await advance('P1D');
  }
  const items = (await older('getShipmentItemsByShipmentId', { MarketplaceId: US })).ItemData;
  said.first = seen[0];
  said.last = seen[seen.length - 1];
  said.steps = seen.length > 2;
  said.received = items.reduce((sum, one) => sum + one.QuantityReceived, 0);
  const shelf = async () => {
    const query = { details: true, granularityType: 'Marketplace', granularityId: US, marketplaceIds: [US], sellerSkus: [given.sent] };
    const found = await sp.callAPI({ endpoint: 'fbaInventory', operation: 'getInventorySummaries', options: { version: 'v1' }, query });
    return found.inventorySummaries[0].inventoryDetails.fulfillableQuantity;
  };
  said['on the shelf'] = (await shelf()) === said.received;

  const outbound = (operation, more) =>
    sp.callAPI({ endpoint: 'fulfillmentOutbound', operation, options: { version: '2020-07-01' }, ...more });
  await outbound('createFulfillmentOrder', {
    body: {
      sellerFulfillmentOrderId: NUMBER,
      displayableOrderId: NUMBER,
      displayableOrderDate: given.now,
      displayableOrderComment: 'Thank you',
      shippingSpeedCategory: 'Standard',
      destinationAddress: buyer,
      items: [{ sellerSku: given.sent, sellerFulfillmentOrderItemId: '1', quantity: 3 }],
    },
  });
  const read = () => outbound('getFulfillmentOrder', { path: { sellerFulfillmentOrderId: NUMBER } });
  const stands = (order) => order.fulfillmentOrder.fulfillmentOrderStatus;
  const before = stands(await read());
  let order = {};
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    await advance('PT6H');
    order = await read();
    if (stands(order) === 'Complete') break;
  }
  const [{ fulfillmentShipmentPackage: [parcel] }] = order.fulfillmentShipments;
  let tracked = {};
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    tracked = await outbound('getPackageTrackingDetails', { query: { packageNumber: parcel.packageNumber } });
    if (tracked.currentStatus === 'DELIVERED') break;
    await advance('P1D');
  }
  said.order = [before, stands(order)];
  said.tracked = [tracked.trackingNumber === parcel.trackingNumber, tracked.currentStatus];
  said.left = (await shelf()) - said.received;
  process.stdout.write(JSON.stringify(said));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
