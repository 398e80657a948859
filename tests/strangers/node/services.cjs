// A job of a service with amazon-sp-api, which calls Amazon's hosts, as far as it knows.
'use strict';

const { createCipheriv } = require('crypto');
const fs = require('fs');
const http = require('http');
const https = require('https');
const { SellingPartner } = require('amazon-sp-api');

const US = 'ATVPDKIKX0DER';
const PDF = Buffer.from('%PDF-1.7 signed\n');
const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

const market = (path, body) => new Promise((done, failed) => {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const asked = http.request(`${process.env.SPAPI_MARKET}/market/v1/${path}`, options, (answer) => {
    answer.resume().on('end', done);
  });
  asked.on('error', failed).end(JSON.stringify(body));
});

const put = (link, content) => new Promise((done, failed) => {
  const options = { method: 'PUT', headers: { 'Content-Length': content.length } };
  https.request(link, options, (answer) => {
    answer.resume().on('end', () => done(answer.statusCode));
  }).on('error', failed).end(content);
});

async function tell() {
  const sp = new SellingPartner({ region: 'na', refresh_token: process.env.SP_API_REFRESH_TOKEN });
  const call = (operation, more) => sp.callAPI({ endpoint: 'services', operation, options: { version: 'v1' }, ...more });
  const said = {};

  const { jobs: [job] } = await call('getServiceJobs', {
    query: { marketplaceIds: [US], createdAfter: '2026-11-01T00:00:00Z', serviceOrderIds: [given.order] },
  });
  const serviceJobId = job.serviceJobId;
  said.found = [job.serviceJobStatus, job.scopeOfWork.asin === given.asin];

  const window = { marketplaceIds: [US], startTime: given.from, endTime: given.until };
  // This SDK spells the name of this operation in two ways, so that it can be called by its path alone.
  const query = { asin: given.asin, storeId: given.store, ...window };
  const byProduct = await sp.callAPI({ api_path: '/service/v1/appointmentSlots', method: 'GET', query });
  const byJob = await call('getAppointmentSlotsByJobId', { path: { serviceJobId }, query: window });
  const slots = byJob.appointmentSlots;
  said.slots = [JSON.stringify(byJob) === JSON.stringify(byProduct), slots.map((one) => one.capacity)];

  const [first, second] = slots.map((one) => one.startTime);
  const added = await call('addAppointmentForServiceJobByServiceJobId', {
    path: { serviceJobId }, body: { appointmentTime: { startTime: first } },
  });
  said.again = await call('addAppointmentForServiceJobByServiceJobId', {
    path: { serviceJobId }, body: { appointmentTime: { startTime: second } },
  }).then(() => [], (refused) => [refused.code, refused.message.split(' reason : ')[1]]);

  const moved = await call('rescheduleAppointmentForServiceJobByServiceJobId', {
    path: { serviceJobId, appointmentId: added.appointmentId },
    body: { appointmentTime: { startTime: second }, rescheduleReasonCode: 'R1' },
  });
  const path = { serviceJobId, appointmentId: moved.appointmentId };
  await call('assignAppointmentResources', { path, body: { resources: [{ resourceId: given.technician }] } });
  await market('clock/advance', { by: 'PT45M' });

  const there = await call('createServiceDocumentUploadDestination', {
    body: { contentType: 'PDF', contentLength: PDF.length },
  });
  const { key, initializationVector } = there.encryptionDetails;
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(key, 'base64'), Buffer.from(initializationVector, 'base64'));
  said.sent = await put(there.url, Buffer.concat([cipher.update(PDF), cipher.final()]));
  await call('setAppointmentFulfillmentData', {
    path,
    body: {
      fulfillmentTime: { startTime: second, endTime: given.done },
      fulfillmentDocuments: [{ uploadDestinationId: there.uploadDestinationId }],
    },
  });
  await call('completeServiceJobByServiceJobId', { path: { serviceJobId } });

  const done = await call('getServiceJobByServiceJobId', { path: { serviceJobId } });
  said.done = [done.serviceJobStatus, done.appointments.map((one) => one.appointmentStatus)];
  said.proof = done.appointments[1].poa.poaType;
  process.stdout.write(JSON.stringify(said));
}

tell().catch((fault) => {
  process.stderr.write(`${fault.stack || fault}\n`);
  process.exit(1);
});
