// A packer's hour with amazon-sp-api, which calls Amazon's hosts, as far as it knows.
'use strict';

const fs = require('fs');
const http = require('http');
const { SellingPartner } = require('amazon-sp-api');

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

// That a carrier delivers is no part of Amazon's API: that is asked of the market itself.
const deliver = (parcel) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/parcels/${parcel}/move`, options, (answer) => {
    answer.resume().on('end', done);
  });
  asked.on('error', failed).end(JSON.stringify({ status: 'Delivered' }));
});

async function tell() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const call = (operation, more) =>
    sp.callAPI({ endpoint: 'shipping', operation, options: { version: 'v2' }, ...more });
  const followed = async (trackingId) =>
    (await call('getTracking', { query: { trackingId, carrierId: given.carrier } })).summary.status;
  const found = await call('getRates', { body: given.rates });
  const rate = found.rates.find((one) => one.serviceId === given.service);
  const said = { offered: rate !== undefined };
  const purchase = { requestToken: found.requestToken, rateId: rate.rateId, ...given.purchase };
  const bought = await call('purchaseShipment', { body: purchase });
  const papers = bought.packageDocumentDetails[0];
  said.again = await call('purchaseShipment', { body: purchase }).then(() => 0, (refused) => (
    refused.code === 'InvalidInput' ? 400 : refused.code
  ));
  const printed = await call('getShipmentDocuments', {
    path: { shipmentId: bought.shipmentId }, query: { packageClientReferenceId: given.reference },
  });
  said['same label'] =
    printed.packageDocumentDetail.packageDocuments[0].contents === papers.packageDocuments[0].contents;
  said.begins = await followed(papers.trackingId);
  await deliver(bought.shipmentId);
  said.ends = await followed(papers.trackingId);
  const other = await call('oneClickShipment', { body: given['one click'] });
  await call('cancelShipment', { path: { shipmentId: other.shipmentId } });
  said.canceled = true;
  process.stdout.write(JSON.stringify(said));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
