// A bookkeeper's morning in Brazil with amazon-sp-api, which calls Amazon's hosts, as far as it knows.
'use strict';

const fs = require('fs');
const http = require('http');
const { SellingPartner } = require('amazon-sp-api');

const BR = 'A2Q3Y263D00KWC';
const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

// That time passes is no part of Amazon's API: that is asked of the market itself.
const advance = (by) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/clock/advance`, options, (answer) => {
    answer.resume().on('end', done);
  });
  asked.on('error', failed).end(JSON.stringify({ by }));
});

async function tell() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const path = { shipmentId: given.shipment };
  const call = (operation, more) =>
    sp.callAPI({ endpoint: 'shipmentInvoicing', operation, path, options: { version: 'v0' }, ...more });
  const status = async () => (await call('getInvoiceStatus')).Shipments.InvoiceStatus;
  const said = { before: await status() };
  const answer = await sp.callAPI({
    endpoint: 'tokens',
    operation: 'createRestrictedDataToken',
    options: { version: '2021-03-01' },
    body: { restrictedResources: [{ method: 'GET', path: `/fba/outbound/brazil/v0/shipments/${given.shipment}` }] },
  });
  const details = await call('getShipmentDetails', { restricted_data_token: answer.restrictedDataToken });
  said.order = details.AmazonOrderId;
  await call('submitInvoice', {
    body: { InvoiceContent: given.content, ContentMD5Value: given.md5, MarketplaceId: BR },
  });
  said['handed in'] = await status();
  await advance('PT10M');
  said.after = await status();
  const found = await sp.callAPI({
    api_path: '/tax/invoices/2024-06-19/invoices', method: 'GET', query: { marketplaceId: BR },
  });
  said.listed = found.invoices.map((one) => one.status);
  process.stdout.write(JSON.stringify(said));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
