// The limit that the house is held against: node:http that reads a webhook and answers with fixed TwiML. It checks,
// stores and sends nothing. `node bench/bare-http.ts PORT`.

import { createServer } from 'node:http';

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(TWIML) });
    response.end(TWIML);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
