// A feed in six steps with amazon-sp-api, which calls Amazon's hosts, as far as it knows.
'use strict';

const http = require('http');
const { SellingPartner } = require('amazon-sp-api');

const US = 'ATVPDKIKX0DER';
const TYPE = 'JSON_LISTINGS_FEED';
const CONTENT_TYPE = 'application/json; charset=UTF-8';

// That time passes is no part of Amazon's API: that is asked of the market itself.
const advance = (by) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/clock/advance`, options, (answer) => {
    answer.on('data', () => {}).on('end', done);
  });
  asked.on('error', failed).end(JSON.stringify({ by }));
});

const message = (messageId, quantity) => ({
  messageId,
  sku: 'MUG-BLUE',
  operationType: 'PATCH',
  productType: 'MUG',
  patches: [{
    op: 'replace',
    path: '/attributes/fulfillment_availability',
    value: [{ fulfillment_channel_code: 'DEFAULT', quantity }],
  }],
});

async function send() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const call = (operation, more) =>
    sp.callAPI({ endpoint: 'feeds', operation, options: { version: '2021-06-30' }, ...more });
  const header = { sellerId: process.env.SP_API_SELLER_ID, version: '2.0', issueLocale: 'en_US' };
  const content = JSON.stringify({ header, messages: [message(1, 7), message(2, -7)] });

  const made = await call('createFeedDocument', { body: { contentType: CONTENT_TYPE } });
  await sp.upload(made, { content, contentType: CONTENT_TYPE });
  const { feedId } = await call('createFeed', {
    body: { feedType: TYPE, marketplaceIds: [US], inputFeedDocumentId: made.feedDocumentId },
  });
  const status = () => call('getFeed', { path: { feedId } });
  const said = { waits: (await status()).processingStatus };
  await advance('PT1M');
  const ended = await status();
  said.status = ended.processingStatus;
  const listed = await call('getFeeds', { query: { feedTypes: [TYPE] } });
  said.listed = listed.feeds.some((one) => one.feedId === feedId);
  const found = await call('getFeedDocument', { path: { feedDocumentId: ended.resultFeedDocumentId } });
  const report = JSON.parse(await sp.download(found));
  said.summary = report.summary;
  said.messages = [...new Set(report.issues.map((issue) => issue.messageId))].sort();
  process.stdout.write(JSON.stringify(said));
}

send().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
