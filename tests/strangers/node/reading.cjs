// Two reports with amazon-sp-api, asked for, waited for, downloaded and read; the second takes a restricted data token.
'use strict';

const http = require('http');
const { SellingPartner } = require('amazon-sp-api');

const US = 'ATVPDKIKX0DER';
const SINCE = process.env.SHIP_DATE;
const WANTED = [
  ['all', 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL', ['amazon-order-id', 'sku', 'quantity', 'item-price', 'currency']],
  ['unshipped', 'GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING', ['order-id', 'quantity-to-ship', 'recipient-name']],
];

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
  const call = (operation, more) =>
    sp.callAPI({ endpoint: 'reports', operation, options: { version: '2021-06-30' }, ...more });
  const said = {};
  for (const [name, reportType, columns] of WANTED) {
    const body = { reportType, marketplaceIds: [US], dataStartTime: SINCE };
    const { reportId } = await call('createReport', { body });
    let report = {};
    for (let tries = 0; tries < 20; tries += 1) {
      await advance('PT10S');
      report = await call('getReport', { path: { reportId } });
      if (!['IN_QUEUE', 'IN_PROGRESS'].includes(report.processingStatus)) break;
    }
    const { reportDocumentId } = report;
    const more = { path: { reportDocumentId } };
    if (name === 'unshipped') {
      const path = `/reports/2021-06-30/documents/${reportDocumentId}`;
      const answer = await sp.callAPI({
        endpoint: 'tokens',
        operation: 'createRestrictedDataToken',
        options: { version: '2021-03-01' },
        body: { restrictedResources: [{ method: 'GET', path }] },
      });
      more.restricted_data_token = answer.restrictedDataToken;
    }
    const document = await call('getReportDocument', more);
    const rows = await sp.download(document, { json: true });
    said[name] = rows.map((row) => columns.map((column) => row[column])).sort();
  }
  process.stdout.write(JSON.stringify(said));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
