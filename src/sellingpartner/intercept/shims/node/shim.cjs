// Lead Amazon's hosts to the market in any Node program: `spapi run` has Node require this file first.
//
// Clients of Node heed no proxy before version 24, and some bring their own list of whom they trust. All of them connect
// with `tls.connect`: the `https` module looks it up in the `tls` module at each call, and so does the `fetch` that comes
// with Node. Whatever goes wrong here is kept to itself.
'use strict';

try {
  const said = JSON.parse(process.env.SPAPI_INTERCEPT);
  const fs = require('fs');
  const tls = require('tls');
  const hosts = new Set(said.hosts);
  const authority = fs.readFileSync(said.ca, 'utf8');
  const connect = tls.connect;
  const own = /^(localhost|127\..*|\[?::1\]?)$/;

  const refused = (asked) => {
    const socket = new (require('net').Socket)();
    const why = new Error(`spapi run --offline leads to Amazon's hosts alone, not to ${asked}`);
    process.nextTick(() => socket.destroy(Object.assign(why, { code: 'EHOSTUNREACH' })));
    return socket;
  };

  const led = (options) => {
    const asked = String(options.host || options.hostname || options.servername || '').toLowerCase();
    if (options.socket || options.path || !hosts.has(asked) || Number(options.port || 443) !== 443) return options;
    const moved = Object.assign({}, options, { host: said.host, port: said.port, servername: options.servername || asked });
    delete moved.hostname;
    delete moved.lookup; // the name is one of Amazon's; where it leads is known
    return moved;
  };

  const trusting = (options) => {
    const asked = String(options.servername || options.host || options.hostname || '').toLowerCase();
    if (!options.ca || !hosts.has(asked)) return options;
    return Object.assign({}, options, { ca: [].concat(options.ca, authority) });
  };

  tls.connect = function (...given) {
    try {
      if (typeof given[0] === 'object' && given[0] !== null) {
        given[0] = led(trusting(given[0]));
      } else if (typeof given[1] === 'string') { // port, host, options
        const more = typeof given[2] === 'object' && given[2] !== null ? given[2] : {};
        const rest = given.slice(2).filter((one) => typeof one === 'function');
        given = [led(trusting(Object.assign({}, more, { port: given[0], host: given[1] }))), ...rest];
      }
    } catch (_) {
      // as it was asked for
    }
    const options = given[0];
    if (said.offline && options && typeof options === 'object' && !options.socket && !options.path) {
      const asked = String(options.host || options.hostname || 'localhost').toLowerCase();
      if (asked !== said.host && !own.test(asked)) return refused(asked);
    }
    return connect.apply(this, given);
  };
} catch (_) {
  // without it, as any other program
}
