// From the token to orders with @sp-api-sdk, which calls Amazon's hosts, as far as it knows.
'use strict';

const { SellingPartnerApiAuth } = require('@sp-api-sdk/auth');
const { OrdersApiClient } = require('@sp-api-sdk/orders-api-v0');

async function tell() {
  const auth = new SellingPartnerApiAuth({
    clientId: process.env.LWA_APP_ID,
    clientSecret: process.env.LWA_CLIENT_SECRET,
    refreshToken: process.env.SP_API_REFRESH_TOKEN,
  });
  const orders = new OrdersApiClient({ auth, region: 'na' });
  const listed = await orders.getOrders({ marketplaceIds: ['ATVPDKIKX0DER'], createdAfter: '2020-01-01T00:00:00Z' });
  const orderId = listed.data.payload.Orders[0].AmazonOrderId;
  const items = await orders.getOrderItems({ orderId });
  process.stdout.write(JSON.stringify({
    orders: listed.data.payload.Orders.map((one) => one.OrderStatus),
    items: items.data.payload.OrderItems.map((one) => one.SellerSKU),
  }));
}

tell().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
